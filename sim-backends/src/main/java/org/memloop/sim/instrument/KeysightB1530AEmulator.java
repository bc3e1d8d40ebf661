package org.memloop.sim.instrument;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.memloop.sim.instrument.WgfmuPattern.Event;

/**
 * Emulate a Keysight B1530A waveform generator and fast measurement unit behind the functions of its library: channels
 * 101 and 102, wired to the column and the gate net unless {@link #connect} says otherwise. Every method without a
 * description of its own is the library's function {@code WGFMU_} of that name: it returns 0 or a negative code, and
 * puts its results into the first elements of the arrays it is given. {@link #function} hands them to a native caller.
 *
 * <p>A run takes simulated time only: it is over when {@code execute} returns.
 */
public final class KeysightB1530AEmulator {
    private static final int COMPLETED = 10000;
    private static final int IDLE = 10006;
    private static final double DC_SECONDS = 10e-6;

    /** Do what one function does. */
    private interface Body {
        void run() throws WgfmuFailure;
    }

    private final Wiring wiring;
    private final SplittableRandom random;
    private final Map<Integer, WgfmuChannel> channels = new TreeMap<>(
            Map.of(101, new WgfmuChannel(), 102, new WgfmuChannel()));
    private final Map<Integer, Net> nets = new TreeMap<>(Map.of(101, Net.COLUMN, 102, Net.GATE));
    private final WgfmuPatterns patterns = new WgfmuPatterns();
    private final StringBuilder summary = new StringBuilder();
    private String lastError = "";
    private boolean open;
    private boolean executed;
    private double totalSeconds;
    private int warningLevel = 1002;
    private double timeoutSeconds = 100;

    /**
     * Put a unit into a laboratory.
     *
     * @param wiring the laboratory
     * @param seed what its noise grows from
     */
    public KeysightB1530AEmulator(Wiring wiring, long seed) {
        this.wiring = wiring;
        random = new SplittableRandom(seed);
    }

    /**
     * Wire a channel to the chip.
     *
     * @param channel 101 or 102
     * @param net where its remote switch unit goes
     */
    public void connect(int channel, Net net) {
        nets.put(channel, net);
    }

    /**
     * Hand out one function, bound to this unit, for a native stub to call.
     *
     * @param name its name, with or without {@code WGFMU_}
     * @return the function; empty when the library has none of that name
     */
    public Optional<MethodHandle> function(String name) {
        String own = name.startsWith("WGFMU_") ? name.substring("WGFMU_".length()) : name;
        Optional<Method> found = Arrays.stream(KeysightB1530AEmulator.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(own) && m.getReturnType() == int.class
                        && !java.lang.reflect.Modifier.isPrivate(m.getModifiers()))
                .findFirst();
        try {
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MethodHandles.lookup().unreflect(found.get()).bindTo(this));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private int run(String function, Body body) {
        synchronized (wiring) {
            try {
                body.run();
                return 0;
            } catch (WgfmuFailure e) {
                lastError = "WGFMU_" + function + ": " + e.getMessage();
                summary.append(lastError).append('\n');
                return e.code();
            }
        }
    }

    private WgfmuChannel channel(int id) throws WgfmuFailure {
        WgfmuChannel channel = channels.get(id);
        if (channel == null) {
            throw new WgfmuFailure(WgfmuFailure.CHANNEL, "no channel " + id + "; there are " + channels.keySet());
        }
        return channel;
    }

    private WgfmuChannel live(int id) throws WgfmuFailure {
        requireOpen();
        return channel(id);
    }

    private void requireOpen() throws WgfmuFailure {
        if (!open) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "no session is open");
        }
    }

    private static int oneOf(int value, int first, int last) throws WgfmuFailure {
        WgfmuPatterns.require(value >= first && value <= last, value + " is not one of " + first + " to " + last);
        return value;
    }

    // Session

    int openSession(String address) {
        return run("openSession", () -> {
            if (open) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "a session is open already");
            }
            if (address.isBlank()) {
                throw new WgfmuFailure(WgfmuFailure.STRING, "an address is needed, for example GPIB0::17::INSTR");
            }
            open = true;
        });
    }

    int closeSession() {
        return run("closeSession", () -> {
            requireOpen();
            open = false;
        });
    }

    int initialize() {
        return run("initialize", () -> {
            requireOpen();
            channels.values().forEach(WgfmuChannel::initialize);
        });
    }

    int setTimeout(double seconds) {
        return run("setTimeout", () -> {
            WgfmuPatterns.require(seconds >= 1, "a time-out is at least 1 s, not " + seconds);
            timeoutSeconds = seconds;
        });
    }

    int doSelfTest(int[] result, byte[] text, int[] size) {
        return passed("doSelfTest", result, text, size);
    }

    int doSelfCalibration(int[] result, byte[] text, int[] size) {
        return passed("doSelfCalibration", result, text, size);
    }

    private int passed(String function, int[] result, byte[] text, int[] size) {
        return run(function, () -> {
            requireOpen();
            result[0] = 0;
            copy("", text, size);
        });
    }

    int getChannelIdSize(int[] size) {
        size[0] = channels.size();
        return 0;
    }

    int getChannelIds(int[] ids, int[] size) {
        size[0] = Math.min(size[0], channels.size());
        Arrays.setAll(ids, i -> i < size[0] ? channels.keySet().stream().toList().get(i) : ids[i]);
        return 0;
    }

    // Errors

    int getErrorSize(int[] size) {
        size[0] = lastError.length();
        return 0;
    }

    int getError(byte[] text, int[] size) {
        copy(lastError, text, size);
        return 0;
    }

    int getErrorSummarySize(int[] size) {
        size[0] = summary.length();
        return 0;
    }

    int getErrorSummary(byte[] text, int[] size) {
        copy(summary.toString(), text, size);
        return 0;
    }

    int getWarningSummarySize(int[] size) {
        size[0] = 0;
        return 0;
    }

    int getWarningSummary(byte[] text, int[] size) {
        copy("", text, size);
        return 0;
    }

    int treatWarningsAsErrors(int level) {
        return run("treatWarningsAsErrors", () -> oneOf(level, 1000, 1003));
    }

    int setWarningLevel(int level) {
        return run("setWarningLevel", () -> warningLevel = oneOf(level, 1000, 1003));
    }

    int getWarningLevel(int[] level) {
        level[0] = warningLevel;
        return 0;
    }

    int openLogFile(String path) {
        return run("openLogFile", () -> {
            if (path.isBlank()) {
                throw new WgfmuFailure(WgfmuFailure.STRING, "a path is needed");
            }
        });
    }

    int closeLogFile() {
        return 0;
    }

    private static void copy(String from, byte[] to, int[] size) {
        byte[] bytes = from.getBytes(StandardCharsets.ISO_8859_1);
        size[0] = Math.min(Math.min(bytes.length, to.length), Math.max(0, size[0]));
        System.arraycopy(bytes, 0, to, 0, size[0]);
    }

    // Channels

    int setOperationMode(int id, int mode) {
        return run("setOperationMode", () -> live(id).mode = oneOf(mode, 2000, 2003));
    }

    int getOperationMode(int id, int[] mode) {
        return run("getOperationMode", () -> mode[0] = live(id).mode);
    }

    int setForceVoltageRange(int id, int range) {
        return run("setForceVoltageRange", () -> live(id).forceRange = oneOf(range, 3000, 3004));
    }

    int getForceVoltageRange(int id, int[] range) {
        return run("getForceVoltageRange", () -> range[0] = live(id).forceRange);
    }

    int setMeasureMode(int id, int mode) {
        return run("setMeasureMode", () -> {
            WgfmuChannel channel = live(id);
            channel.measureMode = oneOf(mode, 4000, 4001);
            channel.voltageRange = mode == WgfmuChannel.MEASURE_CURRENT ? 5001 : channel.voltageRange;
        });
    }

    int getMeasureMode(int id, int[] mode) {
        return run("getMeasureMode", () -> mode[0] = live(id).measureMode);
    }

    int setMeasureVoltageRange(int id, int range) {
        return run("setMeasureVoltageRange", () -> live(id).voltageRange = oneOf(range, 5001, 5002));
    }

    int getMeasureVoltageRange(int id, int[] range) {
        return run("getMeasureVoltageRange", () -> range[0] = live(id).voltageRange);
    }

    int setMeasureCurrentRange(int id, int range) {
        return run("setMeasureCurrentRange", () -> live(id).currentRange = oneOf(range, 6001, 6005));
    }

    int getMeasureCurrentRange(int id, int[] range) {
        return run("getMeasureCurrentRange", () -> range[0] = live(id).currentRange);
    }

    int setMeasureEnabled(int id, int status) {
        return run("setMeasureEnabled", () -> live(id).measureEnabled = oneOf(status, 7000, 7001));
    }

    int isMeasureEnabled(int id, int[] status) {
        return run("isMeasureEnabled", () -> status[0] = live(id).measureEnabled);
    }

    int setForceDelay(int id, double seconds) {
        return run("setForceDelay", () -> live(id).forceDelay = delay(seconds));
    }

    int getForceDelay(int id, double[] seconds) {
        return run("getForceDelay", () -> seconds[0] = live(id).forceDelay);
    }

    int setMeasureDelay(int id, double seconds) {
        return run("setMeasureDelay", () -> live(id).measureDelay = delay(seconds));
    }

    int getMeasureDelay(int id, double[] seconds) {
        return run("getMeasureDelay", () -> seconds[0] = live(id).measureDelay);
    }

    private static double delay(double seconds) throws WgfmuFailure {
        WgfmuPatterns.require(Math.abs(seconds) <= 50e-9, "a delay is -50 ns to 50 ns, not " + seconds + " s");
        return Math.round(seconds / 625e-12) * 625e-12;
    }

    int setTriggerOutMode(int id, int mode, int polarity) {
        return run("setTriggerOutMode", () -> {
            int wanted = oneOf(mode, 8000, 8004);
            live(id).triggerPolarity = oneOf(polarity, 8100, 8101);
            live(id).triggerMode = wanted;
        });
    }

    int getTriggerOutMode(int id, int[] mode, int[] polarity) {
        return run("getTriggerOutMode", () -> {
            mode[0] = live(id).triggerMode;
            polarity[0] = live(id).triggerPolarity;
        });
    }

    int connect(int id) {
        return run("connect", () -> live(id).connected = true);
    }

    int disconnect(int id) {
        return run("disconnect", () -> live(id).connected = false);
    }

    // Patterns

    int clear() {
        return run("clear", () -> {
            patterns.all.clear();
            channels.values().forEach(channel -> channel.sequence.clear());
        });
    }

    int createPattern(String name, double initialVolts) {
        return run("createPattern", () -> patterns.create(name, new WgfmuPattern(initialVolts)));
    }

    int addVector(String name, double seconds, double volts) {
        return run("addVector", () -> patterns.change(name, pattern -> pattern.add(seconds, volts)));
    }

    int addVectors(String name, double[] seconds, double[] volts, int size) {
        return run("addVectors", () -> patterns.change(name, pattern -> {
            for (int i = 0; i < size; i++) {
                pattern.add(seconds[i], volts[i]);
            }
        }));
    }

    int setVector(String name, double seconds, double volts) {
        return run("setVector", () -> patterns.change(name,
                pattern -> pattern.place(WgfmuPattern.steps(seconds, 0), WgfmuPattern.volts(volts))));
    }

    int setVectors(String name, double[] seconds, double[] volts, int size) {
        return run("setVectors", () -> patterns.change(name, pattern -> {
            for (int i = 0; i < size; i++) {
                pattern.place(WgfmuPattern.steps(seconds[i], 0), WgfmuPattern.volts(volts[i]));
            }
        }));
    }

    int createMergedPattern(String name, String first, String second, int axis) {
        return run("createMergedPattern", () -> patterns.merge(name, first, second, axis));
    }

    int createMultipliedPattern(String name, String from, double timeFactor, double voltsFactor) {
        return run("createMultipliedPattern", () -> {
            WgfmuPatterns.require(timeFactor > 0, "a time factor is positive, not " + timeFactor);
            patterns.create(name, patterns.get(from).copy(timeFactor, volts -> volts * voltsFactor));
        });
    }

    int createOffsetPattern(String name, String from, double seconds, double volts) {
        return run("createOffsetPattern",
                () -> patterns.create(name, patterns.get(from).offset(WgfmuPattern.steps(seconds, 0), volts)));
    }

    int getPatternForceValueSize(String name, int[] size) {
        return run("getPatternForceValueSize", () -> size[0] = patterns.get(name).vectors.size());
    }

    int getPatternForceValues(String name, int offset, int[] size, double[] seconds, double[] volts) {
        return run("getPatternForceValues", () -> {
            List<Map.Entry<Long, Double>> all = List.copyOf(patterns.get(name).vectors.entrySet());
            size[0] = count(offset, size[0], all.size());
            for (int i = 0; i < size[0]; i++) {
                seconds[i] = all.get(offset + i).getKey() * WgfmuPattern.STEP_SECONDS;
                volts[i] = all.get(offset + i).getValue();
            }
        });
    }

    int getPatternForceValue(String name, int index, double[] seconds, double[] volts) {
        return getPatternForceValues(name, index, new int[]{1}, seconds, volts);
    }

    int getPatternInterpolatedForceValue(String name, double seconds, double[] volts) {
        return run("getPatternInterpolatedForceValue",
                () -> volts[0] = patterns.get(name).voltsAt(seconds / WgfmuPattern.STEP_SECONDS));
    }

    int getPatternMeasureTimeSize(String name, int[] size) {
        return run("getPatternMeasureTimeSize", () -> size[0] = measureTimes(name).length);
    }

    int getPatternMeasureTimes(String name, int offset, int[] size, double[] seconds) {
        return run("getPatternMeasureTimes", () -> {
            double[] all = measureTimes(name);
            size[0] = count(offset, size[0], all.length);
            System.arraycopy(all, offset, seconds, 0, size[0]);
        });
    }

    private double[] measureTimes(String name) throws WgfmuFailure {
        return patterns.get(name).events.stream().flatMapToDouble(
                event -> java.util.stream.IntStream.range(0, event.samples()).mapToDouble(event::seconds)).sorted()
                .toArray();
    }

    private static int count(int offset, int wanted, int available) throws WgfmuFailure {
        WgfmuPatterns.require(offset >= 0 && offset < available && wanted >= 1,
                "index " + offset + " is not one of " + available);
        return Math.min(wanted, available - offset);
    }

    int setMeasureEvent(String pattern, String event, double seconds, int points, double interval, double average,
            int data) {
        return run("setMeasureEvent",
                () -> patterns.event(pattern, event, seconds, points, interval, average, data));
    }

    int setRangeEvent(String pattern, String event, double seconds, int range) {
        return run("setRangeEvent", () -> {
            oneOf(range, 6001, 6005);
            WgfmuPattern.steps(seconds, 0);
            patterns.change(pattern, p -> p.marks.put(event, seconds));
        });
    }

    int setTriggerOutEvent(String pattern, String event, double seconds, double duration) {
        return run("setTriggerOutEvent", () -> {
            WgfmuPattern.steps(seconds, 0);
            WgfmuPattern.steps(duration, 1);
            patterns.change(pattern, p -> p.marks.put(event, seconds));
        });
    }

    // Sequences

    int addSequence(int id, String pattern, double count) {
        return run("addSequence", () -> {
            patterns.get(pattern);
            WgfmuPatterns.require(count >= 1 && count <= 1e12, "a count is 1 to 1e12, not " + count);
            WgfmuChannel channel = channel(id);
            WgfmuPatterns.require(channel.sequence.size() < 512, "a channel plays at most 512 sequences");
            channel.sequence.add(new WgfmuChannel.Entry(pattern, Math.rint(count)));
        });
    }

    int addSequences(int id, String[] names, double[] counts, int size) {
        int status = 0;
        for (int i = 0; i < size && status == 0; i++) {
            status = addSequence(id, names[i], counts[i]);
        }
        return status;
    }

    int getMeasureEventSize(int id, int[] size) {
        return run("getMeasureEventSize", () -> {
            double count = 0;
            for (WgfmuChannel.Entry entry : channel(id).sequence) {
                count += entry.count() * patterns.get(entry.pattern()).events.size();
            }
            size[0] = (int) Math.min(count, Integer.MAX_VALUE);
        });
    }

    // Runs

    int update() {
        return run("update", this::prepared);
    }

    int updateChannel(int id) {
        return run("updateChannel", () -> live(id));
    }

    private WgfmuRun prepared() throws WgfmuFailure {
        requireOpen();
        WgfmuRun run = new WgfmuRun(wiring, random);
        for (Map.Entry<Integer, WgfmuChannel> entry : channels.entrySet()) {
            WgfmuChannel channel = entry.getValue();
            boolean plays = channel.connected
                    && (channel.mode == WgfmuChannel.FAST_IV || channel.mode == WgfmuChannel.PG);
            if (plays && channel.mode == WgfmuChannel.PG && channel.measureMode == WgfmuChannel.MEASURE_CURRENT) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "channel " + entry.getKey()
                        + " measures volts only in PG mode");
            }
            if (plays) {
                run.add(channel, nets.get(entry.getKey()), patterns.all);
            }
        }
        run.seconds();
        return run;
    }

    int execute() {
        return run("execute", () -> {
            WgfmuRun run = prepared();
            totalSeconds = run.seconds();
            run.play();
            executed = true;
        });
    }

    int waitUntilCompleted() {
        return run("waitUntilCompleted", () -> {
            if (!executed) {
                throw new WgfmuFailure(WgfmuFailure.NOT_RUNNING, "nothing was executed");
            }
        });
    }

    int abort() {
        return run("abort", this::requireOpen);
    }

    int abortChannel(int id) {
        return run("abortChannel", () -> live(id));
    }

    int getStatus(int[] status, double[] elapsed, double[] total) {
        return run("getStatus", () -> {
            requireOpen();
            status[0] = executed ? COMPLETED : IDLE;
            elapsed[0] = executed ? totalSeconds : 0;
            total[0] = totalSeconds;
        });
    }

    int getChannelStatus(int id, int[] status, double[] elapsed, double[] total) {
        int found = run("getChannelStatus", () -> live(id));
        return found == 0 ? getStatus(status, elapsed, total) : found;
    }

    // Results

    int getMeasureValueSize(int id, int[] measured, int[] total) {
        return run("getMeasureValueSize", () -> {
            measured[0] = channel(id).values.length;
            total[0] = measured[0];
        });
    }

    int getMeasureValues(int id, int offset, int[] size, double[] seconds, double[] values) {
        return run("getMeasureValues", () -> {
            WgfmuChannel channel = channel(id);
            if (!executed) {
                throw new WgfmuFailure(WgfmuFailure.NOT_READY, "nothing was executed");
            }
            size[0] = count(offset, size[0], channel.values.length);
            System.arraycopy(channel.times, offset, seconds, 0, size[0]);
            System.arraycopy(channel.values, offset, values, 0, size[0]);
        });
    }

    int getMeasureValue(int id, int index, double[] seconds, double[] value) {
        return getMeasureValues(id, index, new int[]{1}, seconds, value);
    }

    int getCompletedMeasureEventSize(int id, int[] completed, int[] total) {
        int status = getMeasureEventSize(id, total);
        completed[0] = executed ? total[0] : 0;
        return status;
    }

    int isMeasureEventCompleted(int id, String pattern, String event, int cycle, double loop, int count,
            int[] completed, int[] measureId, int[] index, int[] offset, int[] size) {
        return run("isMeasureEventCompleted", () -> {
            Event found = patterns.get(pattern).event(event);
            WgfmuChannel channel = channel(id);
            double before = 0;
            for (int i = 0; i < cycle && i < channel.sequence.size(); i++) {
                before += channel.sequence.get(i).count() * samples(channel.sequence.get(i).pattern());
            }
            before += loop * samples(pattern);
            for (Event other : patterns.get(pattern).events) {
                before += other.start() < found.start() ? other.samples() : 0;
            }
            completed[0] = executed ? 11001 : 11000;
            measureId[0] = 0;
            index[0] = (int) before;
            offset[0] = 0;
            size[0] = found.samples();
        });
    }

    private int samples(String pattern) throws WgfmuFailure {
        return patterns.get(pattern).events.stream().mapToInt(Event::samples).sum();
    }

    // Direct current

    int dcforceVoltage(int id, double volts) {
        return run("dcforceVoltage", () -> {
            WgfmuChannel channel = dc(id);
            WgfmuPatterns.require(channel.fits(volts), volts + " V is outside the force range");
            channel.dcVolts = volts;
        });
    }

    int dcmeasureValue(int id, double[] value) {
        return dcmeasureAveragedValue(id, 1, 1, value);
    }

    int dcmeasureAveragedValue(int id, int points, int interval, double[] value) {
        return run("dcmeasureAveragedValue", () -> {
            WgfmuChannel channel = dc(id);
            oneOf(points, 1, 65535);
            oneOf(interval, 1, 65535);
            double seconds = Math.max(DC_SECONDS, points * interval * 5e-9);
            double amps = wiring.drive(dcVolts(Net.COLUMN) - dcVolts(Net.RETURN),
                    dcVolts(Net.GATE) - dcVolts(Net.RETURN), seconds);
            wiring.advance(seconds);
            Net net = nets.get(id);
            double current = net == Net.COLUMN ? amps : net == Net.RETURN ? -amps : 0;
            WgfmuChannel.Accuracy accuracy = channel.accuracy();
            double noise = accuracy.noise() * Math.sqrt(accuracy.windowSeconds() / (points * 5e-9));
            double actual = channel.measureMode == WgfmuChannel.MEASURE_CURRENT ? current : channel.dcVolts;
            value[0] = Math.clamp(actual + noise * random.nextGaussian(), -accuracy.fullScale(), accuracy.fullScale());
        });
    }

    private WgfmuChannel dc(int id) throws WgfmuFailure {
        WgfmuChannel channel = live(id);
        if (channel.mode != WgfmuChannel.DC && channel.mode != WgfmuChannel.FAST_IV || !channel.connected) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "channel " + id + " is not connected in DC or fast IV mode");
        }
        return channel;
    }

    private double dcVolts(Net net) {
        return channels.entrySet().stream().filter(e -> e.getValue().connected && nets.get(e.getKey()) == net)
                .mapToDouble(e -> e.getValue().dcVolts).sum();
    }
}
