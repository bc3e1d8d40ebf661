package org.memloop.sim.instrument;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Emulate a Keysight MSOS204A oscilloscope (Infiniium) with the current on channel 1 and the trigger line at AUX. It
 * records one segment for each trigger edge while it is armed, in simulated time.
 *
 * <p>{@code :DIGitize} waits for its triggers: nothing further is carried out until they have come, or until a device
 * clear. Not emulated: free-running (AUTO sweep) acquisitions, triggering on a channel.
 */
public final class KeysightMsos204AEmulator implements EmulatedInstrument, Wiring.Recorder {
    private static final Identity IDENTITY = new Identity("KEYSIGHT TECHNOLOGIES", "MSOS204A", "MY00000002",
            "06.70.00901");
    private static final int CHANNELS = 4;
    private static final double TRIGGER_LINE_VOLTS = 3.3;
    private static final double RATE_MAX = 10e9;
    private static final double MEMORY_POINTS = 50e6;
    private static final int POINTS_MIN = 16;
    private static final int POINTS_AUTO = 1000;
    private static final double CLIPPED_SHARE = 0.5;

    private enum State {
        STOP,
        RUN,
        SING
    }

    private final Wiring wiring;
    private final RandomGenerator random;
    private final ScpiEngine engine;
    private final double[] triggerLevels = new double[CHANNELS + 1];

    private final ScpiSettings.Flag shown;
    private final ScpiSettings.Number range;
    private final ScpiSettings.Number offset;
    private final ScpiSettings.Choice input;
    private final ScpiSettings.Number timeRange;
    private final ScpiSettings.Number timePosition;
    private final ScpiSettings.Choice timeReference;
    private final ScpiSettings.Choice mode;
    private final ScpiSettings.Number segmentCount;
    private final ScpiSettings.Choice triggerSource;
    private final ScpiSettings.Choice triggerSlope;
    private double pointsWanted; // 0 for automatic
    private double rateWanted; // 0 for automatic

    private State state = State.STOP;
    private boolean digitizing;
    private boolean overloaded;
    private SegmentMemory memory = new SegmentMemory(null, 0,
            new SegmentMemory.Scales(POINTS_AUTO, 1, 0, 1, 0, true, false));
    private boolean armedEvent;
    private boolean triggerEvent;
    private boolean doneEvent;
    private boolean processedEvent;

    /**
     * Put an oscilloscope into a laboratory.
     *
     * @param wiring the laboratory, whose oscilloscope it becomes
     * @param seed what its noise grows from
     */
    @SuppressWarnings("this-escape") // connected last, when everything is in its place
    public KeysightMsos204AEmulator(Wiring wiring, long seed) {
        this.wiring = wiring;
        random = new SplittableRandom(seed);
        ScpiTable table = new ScpiTable(CHANNELS);
        ScpiSettings settings = new ScpiSettings(table);

        shown = settings.flag(":CHANnel<n>:DISPlay", true);
        range = settings.number(":CHANnel<n>:RANGe", new ScpiSettings.Range("V", 8e-3, 8, 0.8));
        settings.derived(":CHANnel<n>:SCALe", new ScpiSettings.Range("V", 1e-3, 1, 0.1), i -> range.get(i) / 8,
                (i, volts) -> range.set(i, volts * 8));
        offset = settings.number(":CHANnel<n>:OFFSet", new ScpiSettings.Range("V", -4, 4, 0));
        input = settings.choice(":CHANnel<n>:INPut", "DC50|DC|AC|LFR1|LFR2");
        settings.flag(":CHANnel<n>:INVert", false);
        settings.choice(":CHANnel<n>:UNITs", "VOLT|AMPere|WATT|UNKNown");
        settings.flag(":TIMebase:ROLL:ENABle", false);
        settings.number(":TRIGger:HOLDoff", new ScpiSettings.Range("S", 100e-9, 10, 100e-9));
        settings.choice(":ACQuire:BANDwidth", "AUTO|MAX");
        settings.number(":CHANnel<n>:PROBe", new ScpiSettings.Range("", 1e-4, 1e3, 1));

        timeRange = settings.number(":TIMebase:RANGe", new ScpiSettings.Range("S", 5e-12, 20, 1e-6));
        settings.derived(":TIMebase:SCALe", new ScpiSettings.Range("S", 5e-13, 2, 1e-7), _ -> timeRange.get() / 10,
                (_, seconds) -> timeRange.set(0, seconds * 10));
        timePosition = settings.number(":TIMebase:POSition", new ScpiSettings.Range("S", -20, 20, 0));
        timeReference = settings.choice(":TIMebase:REFerence", "CENTer|LEFT|RIGHt");

        mode = settings.choice(":ACQuire:MODE", "RTIMe|ETIMe|PDETect|HRESolution|SEGMented|SEGPdetect|SEGHres");
        segmentCount = settings.number(":ACQuire:SEGMented:COUNt", new ScpiSettings.Range("", 2, 8192, 2), 1,
                (_, _) -> {});
        settings.flag(":ACQuire:INTerpolate", true);
        settings.flag(":ACQuire:AVERage", false);
        settings.number(":ACQuire:AVERage:COUNt", new ScpiSettings.Range("", 2, 65534, 2), 1, (_, _) -> {});
        settings.number(":ACQuire:COMPlete", new ScpiSettings.Range("", 0, 100, 90), 1, (_, _) -> {});
        sampling(table);

        settings.choice(":TRIGger:MODE", "EDGE|GLITch|WIDTh");
        settings.choice(":TRIGger:SWEep", "AUTO|TRIGgered|SINGle");
        triggerSource = settings.choice(":TRIGger:EDGE:SOURce", "CHANnel1|CHANnel2|CHANnel3|CHANnel4|AUX|LINE");
        triggerSlope = settings.choice(":TRIGger:EDGE:SLOPe", "POSitive|NEGative|EITHer");
        triggerLevel(table);

        engine = new ScpiEngine(wiring, IDENTITY, table);
        engine.onClear(this::clearEvents);
        engine.status().sumErrorsInto(0); // this maker's status byte has no bit for the queue
        engine.blockedWhile(() -> digitizing);
        engine.onAbort(this::stop);
        operation(table);
        system(settings, table);
        running(table);
        new WaveformTransfer(settings, table, () -> memory);
        table.onReset(this::stop);
        wiring.connect(this);
    }

    private void system(ScpiSettings settings, ScpiTable table) {
        table.onReset(() -> engine.headers(false));
        ScpiSettings.Flag headers = settings.flag(":SYSTem:HEADer", false);
        table.command(":SYSTem:HEADer", call -> {
            headers.set(0, ScpiData.flag(call.text(0)));
            engine.headers(headers.get());
        });
        settings.flag(":SYSTem:LONGform", false);
        table.queryWith(":SYSTem:ERRor", 1, call -> {
            boolean text = !call.data().isEmpty()
                    && ScpiData.choice(call.text(0), new String[]{"NUMBer", "STRing"}).equals("STR");
            String entry = engine.nextError();
            return text ? entry : entry.substring(0, entry.indexOf(','));
        });
    }

    /**
     * The operation register: acquisition and processing done, waiting for a trigger, overload.
     *
     * <pre>
     *   status byte    bit 0 trigger     bit 7 operation
     * </pre>
     */
    private void operation(ScpiTable table) {
        StatusGroup group = new StatusGroup(table, ":OPERegister", () -> (doneEvent ? 1 : 0) | (processedEvent ? 2 : 0)
                | (state != State.STOP ? 1 << 5 : 0) | (overloaded ? 1 << 12 : 0));
        engine.summary(() -> (triggerEvent ? 1 : 0) | (group.summary() ? 128 : 0));
    }

    private void stop() {
        state = State.STOP;
        digitizing = false;
    }

    /** Points and rate are AUTO or a number; whatever is not given follows from the other and the time range. */
    private void sampling(ScpiTable table) {
        table.keep(() -> {
            double points = pointsWanted;
            double rate = rateWanted;
            return () -> {
                pointsWanted = points;
                rateWanted = rate;
            };
        });
        table.onReset(() -> {
            pointsWanted = 0;
            rateWanted = 0;
        });
        table.command(":ACQuire:POINts[:ANALog]",
                call -> pointsWanted = Math.rint(automatic(call, POINTS_MIN, MEMORY_POINTS, "")));
        table.query(":ACQuire:POINts[:ANALog]", _ -> String.valueOf(points()));
        table.command(":ACQuire:SRATe[:ANALog]", call -> rateWanted = automatic(call, 1, RATE_MAX, "HZ"));
        table.query(":ACQuire:SRATe[:ANALog]", _ -> ScpiData.show(1 / increment()));
    }

    private static double automatic(ScpiTable.Call call, double min, double max, String unit) throws ScpiError {
        if (ScpiData.is(call.text(0), "AUTO") || ScpiData.is(call.text(0), "MAX")) {
            return 0;
        }
        double value = ScpiData.number(call.text(0), unit);
        if (!(value >= min && value <= max)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
        }
        return value;
    }

    private int points() {
        double fromRate = rateWanted > 0 ? timeRange.get() * rateWanted : POINTS_AUTO;
        return (int) Math.clamp(pointsWanted > 0 ? pointsWanted : Math.rint(fromRate), POINTS_MIN, MEMORY_POINTS);
    }

    private double increment() {
        return Math.max(rateWanted > 0 ? 1 / rateWanted : timeRange.get() / points(), 1 / RATE_MAX);
    }

    private void triggerLevel(ScpiTable table) {
        String[] sources = {"CHANnel1", "CHANnel2", "CHANnel3", "CHANnel4", "AUX"};
        table.onReset(() -> Arrays.fill(triggerLevels, 0));
        table.keep(triggerLevels);
        table.command(":TRIGger:LEVel", call -> {
            call.atMost(2);
            double volts = ScpiData.number(call.text(1), "V");
            if (Math.abs(volts) > 8) {
                throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(1));
            }
            triggerLevels[index(sources, call.text(0))] = volts;
        });
        table.queryWith(":TRIGger:LEVel", 1, call -> ScpiData.show(triggerLevels[index(sources, call.text(0))]));
    }

    private static int index(String[] words, String text) throws ScpiError {
        String found = ScpiData.choice(text, words);
        for (int i = 0; i < words.length; i++) {
            if (ScpiData.shortForm(words[i]).equals(found)) {
                return i;
            }
        }
        throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
    }

    private void running(ScpiTable table) {
        table.command(":DIGitize", call -> {
            for (String channel : call.data()) {
                ScpiData.choice(channel, new String[]{"CHANnel1", "CHANnel2", "CHANnel3", "CHANnel4"});
            }
            start(State.SING);
            digitizing = true;
        });
        table.command(":RUN", _ -> start(State.RUN)).command(":SINGle", _ -> start(State.SING));
        table.command(":STOP", _ -> stop());
        table.query(":RSTate", _ -> state.toString());
        table.query(":ASTate", _ -> state == State.STOP ? "ADONE" : memory.segments() > 0 ? "TRIG" : "ARM");
        table.query(":AER", _ -> {
            boolean event = armedEvent;
            armedEvent = false;
            return event(event);
        });
        table.query(":TER", _ -> {
            boolean event = triggerEvent;
            triggerEvent = false;
            return event(event);
        });
        table.query(":ADER", _ -> {
            boolean event = doneEvent;
            doneEvent = false;
            return event(event);
        });
        table.query(":PDER", _ -> {
            boolean event = processedEvent;
            processedEvent = false;
            return event(event);
        });
    }

    private static String event(boolean happened) {
        return happened ? "+1" : "+0";
    }

    private void clearEvents() {
        armedEvent = false;
        triggerEvent = false;
        doneEvent = false;
        processedEvent = false;
    }

    private void start(State wanted) throws ScpiError {
        int segments = mode.get().startsWith("SEG") ? (int) segmentCount.get() : 1;
        if ((double) segments * points() > MEMORY_POINTS) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "segments and points exceed the memory");
        }
        boolean fine = mode.is("HRES") || mode.is("SEGH");
        int averaged = fine ? (int) Math.clamp(increment() * RATE_MAX, 1, Digitizer.AVERAGED_MAX) : 1;
        Digitizer digitizer = new Digitizer(random, range.get(), offset.get(), averaged);
        var scales = new SegmentMemory.Scales(points(), increment(), origin(), range.get(), offset.get(),
                input.is(0, "DC50"), mode.get().startsWith("SEG"));
        memory = new SegmentMemory(digitizer, segments, scales);
        state = wanted;
        armedEvent = true;
    }

    private double origin() {
        double share = timeReference.is("LEFT") ? 0 : timeReference.is("CENT") ? 0.5 : 1;
        return timePosition.get() - share * timeRange.get();
    }

    ScpiTable table() {
        return engine.table();
    }

    @Override
    public Identity identity() {
        return IDENTITY;
    }

    @Override
    public Session open(Session.Listener listener) {
        return engine.open(listener);
    }

    @Override
    public void onTrigger(double startSeconds, double widthSeconds, double amps) {
        boolean seen = triggerSource.is("AUX") && !triggerSlope.is("NEG") && triggerLevels[CHANNELS] > 0
                && triggerLevels[CHANNELS] < TRIGGER_LINE_VOLTS;
        if (state == State.STOP || !seen) {
            return;
        }
        triggerEvent = true;
        if (shown.get(0)) {
            double share = wiring.strikes("oscilloscope", Fault.CLIPPED) ? CLIPPED_SHARE : 1;
            overloaded = Math.abs(amps * 50 - offset.get()) > range.get() / 2;
            memory.record(widthSeconds, amps * (memory.scales().fiftyOhm() ? 50 : 1e6), share);
        } else {
            memory.skip();
        }
        if (memory.full()) {
            doneEvent = true;
            processedEvent = true;
            if (state == State.SING) {
                stop();
            } else {
                memory.rewind();
            }
            engine.changed();
        }
    }
}
