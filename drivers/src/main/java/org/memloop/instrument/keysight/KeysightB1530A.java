package org.memloop.instrument.keysight;

import static org.memloop.instrument.keysight.WgfmuFunction.ABORT;
import static org.memloop.instrument.keysight.WgfmuFunction.ADD_SEQUENCE;
import static org.memloop.instrument.keysight.WgfmuFunction.CLEAR;
import static org.memloop.instrument.keysight.WgfmuFunction.CLOSE_SESSION;
import static org.memloop.instrument.keysight.WgfmuFunction.CONNECT;
import static org.memloop.instrument.keysight.WgfmuFunction.DCFORCE_VOLTAGE;
import static org.memloop.instrument.keysight.WgfmuFunction.DISCONNECT;
import static org.memloop.instrument.keysight.WgfmuFunction.EXECUTE;
import static org.memloop.instrument.keysight.WgfmuFunction.GET_CHANNEL_IDS;
import static org.memloop.instrument.keysight.WgfmuFunction.GET_CHANNEL_ID_SIZE;
import static org.memloop.instrument.keysight.WgfmuFunction.GET_MEASURE_VALUES;
import static org.memloop.instrument.keysight.WgfmuFunction.GET_MEASURE_VALUE_SIZE;
import static org.memloop.instrument.keysight.WgfmuFunction.GET_STATUS;
import static org.memloop.instrument.keysight.WgfmuFunction.INITIALIZE;
import static org.memloop.instrument.keysight.WgfmuFunction.OPEN_SESSION;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_FORCE_VOLTAGE_RANGE;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_MEASURE_CURRENT_RANGE;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_MEASURE_ENABLED;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_MEASURE_MODE;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_OPERATION_MODE;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_TIMEOUT;
import static org.memloop.instrument.keysight.WgfmuFunction.SET_TRIGGER_OUT_MODE;
import static org.memloop.instrument.keysight.WgfmuFunction.UPDATE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.instrument.PulseMeasureUnit;
import org.memloop.instrument.PulseSource;
import org.memloop.instrument.UnitWiring;

/**
 * Drive two channels of a Keysight B1530A (WGFMU) in a B1500A mainframe through Keysight's library: one on the column, which
 * also measures the current, one on the gate. {@link WgfmuPattern} draws one pulse; a sequence repeats it.
 *
 * <p>Both channels are in fast IV mode. The column measures in the 100 uA range while that settles within a third of the
 * pulse, in a larger one otherwise (user's guide, table 4-22), averaged from 10 % to 90 % of the plateau. The trigger output
 * of the column's channel goes to the router's trigger input.
 *
 * <p>The unit is reached through a C library of Windows, and there is one of it for a process: one driver at a time.
 */
public final class KeysightB1530A implements PulseMeasureUnit {
    private static final int FAST_IV = 2001;
    private static final int MEASURE_VOLTAGE = 4000;
    private static final int MEASURE_CURRENT = 4001;
    private static final int DISABLED = 7000;
    private static final int ENABLED = 7001;
    private static final int TRIGGER_AT_EVENT = 8004;
    private static final int POSITIVE = 8100;
    private static final int RUNNING = 10002;
    private static final int COMPLETED = 10000;
    private static final int DONE = 10001;

    private static final int PULSES_MAX = 1_000_000;
    private static final double TIMEOUT_SECONDS = 20;
    private static final double SATURATED_FROM = 0.98;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final Limits INSTRUMENT = new Limits(WgfmuRange.VOLTS_MAX, WgfmuRange.VOLTS_MAX,
            WgfmuRange.VOLTS_MAX,
            WgfmuPattern.WIDTH_SECONDS_MIN, WgfmuPattern.WIDTH_SECONDS_MAX, Long.MAX_VALUE);

    private final Wgfmu library;
    private final String instrument;
    private final int column;
    private final int gate;
    private final Limits allowed;
    private final Capabilities.Identity identity;
    private Optional<WgfmuPattern> pattern = Optional.empty();
    private int pulses;
    private boolean connected;
    private boolean closed;

    /**
     * Begin a session with the mainframe, make sure that it has the two channels, and reset them.
     *
     * @param library the B1530A's library
     * @param resource VISA address of the mainframe, for example {@code GPIB0::17::INSTR}
     * @param role what it does for the bench, for messages
     * @param wiring which channel feeds column and gate
     * @param ceiling what the array bears
     * @throws ConfigurationException when the mainframe has no such channels
     */
    public KeysightB1530A(Wgfmu library, String resource, String role, UnitWiring wiring, Limits ceiling) {
        this.library = library;
        instrument = role + " at " + resource;
        column = wiring.columnChannel();
        gate = wiring.gateChannel();
        allowed = INSTRUMENT.tightest(ceiling);
        library.call(SET_TIMEOUT, TIMEOUT_SECONDS);
        library.call(OPEN_SESSION, resource);
        try {
            identity = identify(role, resource);
            library.call(INITIALIZE);
            library.call(CLEAR);
            double columnVolts = Math.max(allowed.bitLineVoltsMax(), allowed.sourceLineVoltsMax());
            prepareChannel(column, columnVolts, MEASURE_CURRENT);
            prepareChannel(gate, allowed.wordLineVoltsMax(), MEASURE_VOLTAGE);
            library.call(SET_MEASURE_ENABLED, gate, DISABLED);
            library.call(SET_TRIGGER_OUT_MODE, column, TRIGGER_AT_EVENT, POSITIVE);
        } catch (BenchException e) {
            closeSession(e);
            throw e;
        }
    }

    private Capabilities.Identity identify(String role, String resource) {
        int[] size = {0};
        library.call(GET_CHANNEL_ID_SIZE, size);
        int[] ids = new int[Math.max(1, size[0])];
        library.call(GET_CHANNEL_IDS, ids, size);
        List<Integer> channels = Arrays.stream(ids).limit(size[0]).boxed().toList();
        if (!channels.containsAll(List.of(column, gate))) {
            throw new ConfigurationException(instrument + " should have B1530A channels '" + column + "' and '" + gate
                    + "' but answered '" + channels + "'; check the slots and the wiring of the laboratory file");
        }
        return new Capabilities.Identity(role, "B1530A, channels " + channels, resource);
    }

    private void prepareChannel(int channel, double voltsMax, int measures) {
        library.call(SET_OPERATION_MODE, channel, FAST_IV);
        library.call(SET_FORCE_VOLTAGE_RANGE, channel, WgfmuRange.forceCode(voltsMax));
        library.call(SET_MEASURE_MODE, channel, measures);
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public Limits limits() {
        return INSTRUMENT;
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return WgfmuPattern.accuracy(Pulse.READ);
    }

    @Override
    public int maxPulses() {
        return PULSES_MAX;
    }

    @Override
    public void prepare(Pulse pulse, int count, double leadSeconds, double periodSeconds) {
        allowed.check(pulse);
        if (count < 1 || count > PULSES_MAX) {
            throw new IllegalArgumentException(count + " pulses, 1 to " + PULSES_MAX + " are possible");
        }
        WgfmuPattern wanted = WgfmuPattern.of(pulse, leadSeconds, periodSeconds);
        pulses = 0;
        if (pattern.isEmpty() || !pattern.get().equals(wanted)) {
            pattern = Optional.empty();
        }
        library.call(CLEAR); // a sequence can only be added to
        wanted.create(library);
        library.call(SET_MEASURE_ENABLED, column, pulse.measured() ? ENABLED : DISABLED);
        if (pulse.measured()) {
            library.call(SET_MEASURE_CURRENT_RANGE, column, wanted.range().code());
        }
        library.call(ADD_SEQUENCE, column, WgfmuPattern.COLUMN, (double) count);
        library.call(ADD_SEQUENCE, gate, WgfmuPattern.GATE, (double) count);
        if (!connected) {
            connected = true;
            library.call(CONNECT, gate);
            library.call(CONNECT, column);
        }
        library.call(UPDATE);
        pattern = Optional.of(wanted);
        pulses = count;
    }

    @Override
    public PulseSource.Currents play() {
        if (pulses == 0) {
            throw new IllegalStateException("play() without prepare()");
        }
        int count = pulses;
        WgfmuPattern played = pattern.orElseThrow();
        pulses = 0;
        try {
            library.call(EXECUTE);
            awaitEnd(count * played.periodSeconds());
            return played.measured() ? fetch(played, count) : PulseSource.Currents.NONE;
        } catch (BenchException e) {
            throw e.withFiring(Firing.POSSIBLE);
        }
    }

    private void awaitEnd(double seconds) {
        long deadline = System.nanoTime() + (long) ((2 * seconds + TIMEOUT_SECONDS) * 1e9);
        int[] status = {RUNNING};
        double[] elapsed = {0};
        double[] total = {0};
        while (true) {
            library.call(GET_STATUS, status, elapsed, total);
            if (status[0] == COMPLETED || status[0] == DONE) {
                return;
            }
            if (status[0] != RUNNING) {
                throw new InstrumentException(instrument, GET_STATUS.symbol(), "status " + status[0],
                        "the sequence did not run to its end");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LinkException(instrument, GET_STATUS.symbol(),
                        "still running after " + elapsed[0] + " of " + total[0] + " s", null);
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new LinkException(instrument, GET_STATUS.symbol(), "interrupted while the sequence runs", null);
            }
        }
    }

    private PulseSource.Currents fetch(WgfmuPattern played, int count) {
        int[] measured = {0};
        int[] total = {0};
        library.call(GET_MEASURE_VALUE_SIZE, column, measured, total);
        if (measured[0] != count) {
            throw new InstrumentException(instrument, GET_MEASURE_VALUE_SIZE.symbol(),
                    measured[0] + " values of " + total[0], count + " pulses were to be measured");
        }
        double[] seconds = new double[count];
        double[] amps = new double[count];
        int[] size = {count};
        library.call(GET_MEASURE_VALUES, column, 0, size, seconds, amps);
        if (size[0] != count) {
            throw new InstrumentException(instrument, GET_MEASURE_VALUES.symbol(), size[0] + " values",
                    count + " pulses were to be measured");
        }
        boolean[] saturated = new boolean[count];
        for (int i = 0; i < count; i++) {
            saturated[i] = Math.abs(amps[i]) >= SATURATED_FROM * played.range().fullScaleAmps();
        }
        return PulseSource.Currents.sampled(amps, saturated, played.periodSeconds());
    }

    /** Stop, then column to 0 V, gate to 0 V, and both disconnected; each is tried whatever becomes of the others. */
    @Override
    public void off() {
        pulses = 0;
        if (!connected) {
            return;
        }
        List<BenchException> failures = new ArrayList<>();
        attempt(failures, ABORT);
        attempt(failures, DCFORCE_VOLTAGE, column, 0.0);
        attempt(failures, DCFORCE_VOLTAGE, gate, 0.0);
        attempt(failures, DISCONNECT, column);
        attempt(failures, DISCONNECT, gate);
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.getFirst()::addSuppressed);
            throw failures.getFirst();
        }
        connected = false;
    }

    private void attempt(List<BenchException> failures, WgfmuFunction function, Object... arguments) {
        try {
            library.call(function, arguments);
        } catch (BenchException e) {
            failures.add(e);
        }
    }

    private void closeSession(BenchException because) {
        try {
            library.call(CLOSE_SESSION);
        } catch (BenchException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            off();
        } finally {
            library.call(CLOSE_SESSION);
        }
    }
}
