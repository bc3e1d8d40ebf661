package org.memloop.instrument.raspberry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.StepTiming;

/**
 * Route the array with the pins of the Raspberry Pi that this program runs on: the registers hang on its SPI port, a latch and
 * a trigger on two other pins. The bits are those of {@code docs/router-protocol.md}, "Address map", bit 255 first:
 *
 * <pre>
 *   first byte                                   last byte
 *   source lines 63..0 | bit lines 63..0 | word lines 127..0
 * </pre>
 *
 * <p>Pauses are at least as long as asked; the operating system may make any of them longer, which delays the next trigger and
 * harms nothing, since nothing is driven between pulses.
 *
 * <p><b>There is no watchdog.</b> A microcontroller grounds the lines when its host falls silent; here host and router are one
 * program, and when it is killed the registers stay as they are. No pulse follows then, since triggers come from this program
 * too, but lines stay connected to the generator. A board that needs more has to clear its registers by itself.
 *
 * <p>It cannot follow the triggers of a pulse-measure unit: no one can promise when Linux notices an edge.
 */
public final class RaspberryRouter implements ArrayRouter {
    private static final Logger LOG = LoggerFactory.getLogger(RaspberryRouter.class);
    private static final int MAX_STEPS = 1 << 20;

    private final RegisterPins pins;
    private final Capabilities.Identity identity;
    private final Geometry geometry;
    private final StepTiming timing;
    private final Object register = new Object();
    private PulseProgram program = PulseProgram.builder().build();
    private int from;
    private int to;
    private volatile boolean stopped;
    private boolean closed;

    /**
     * Take the pins; every line is grounded then.
     *
     * @param pins the pins; closed with the driver
     * @param geometry shape of the array
     * @param timing the pauses around every pulse
     * @param role what the laboratory file calls this instrument, for messages
     * @param resource where the pins are, for messages
     */
    public RaspberryRouter(RegisterPins pins, Geometry geometry, StepTiming timing, String role, String resource) {
        this.pins = pins;
        this.geometry = geometry;
        this.timing = timing;
        identity = new Capabilities.Identity(role, pins.describe(), resource);
        ground();
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public StepTiming timing() {
        return timing;
    }

    @Override
    public int maxSteps() {
        return MAX_STEPS;
    }

    @Override
    public void load(PulseProgram batch, int first, int end) {
        forget();
        if (first < 0 || end > batch.size() || first >= end) {
            throw new IllegalArgumentException("steps " + first + " to " + (end - 1) + " are no stretch of " + batch);
        }
        for (int step = first; step < end; step++) {
            if (batch.kind(step) != batch.kind(first)) {
                throw new IllegalArgumentException("step " + step + " has another pulse than step " + first);
            }
            if (!geometry.contains(batch.cell(step))) {
                throw new LimitException(identity.role() + ": step " + step + ": cell " + batch.cell(step)
                        + " is not on the " + geometry + " array; nothing was fired");
            }
        }
        program = batch;
        from = first;
        to = end;
    }

    private void forget() {
        program = PulseProgram.builder().build();
        from = 0;
        to = 0;
    }

    @Override
    public long fire() {
        if (from == to) {
            throw new InstrumentException(identity.role(), "FIRE", "nothing is loaded", "load a program first");
        }
        PulseProgram batch = program;
        int step = from;
        int end = to;
        forget();
        stopped = false;
        long triggers = 0;
        try {
            for (; step < end; step++) {
                select(batch.cell(step), batch.pulse(step).polarity());
                triggers += pulse(batch.pulse(step), batch.count(step));
            }
            return triggers;
        } finally {
            put(new byte[bytes()]);
        }
    }

    private long pulse(Pulse pulse, int count) {
        long settle = nanos(timing.settleSeconds());
        long after = nanos(pulse.widthSeconds() + timing.recoverySeconds());
        for (int i = 0; i < count; i++) {
            pins.pause(settle);
            if (stopped || Thread.currentThread().isInterrupted()) {
                throw new LinkException(identity.role(), "FIRE", "stopped between two pulses", null)
                        .withFiring(Firing.POSSIBLE);
            }
            pins.trigger();
            pins.pause(after);
        }
        return count;
    }

    private static long nanos(double seconds) {
        return (long) Math.ceil(seconds * 1e9 - 1e-3);
    }

    private int bytes() {
        return (geometry.rows() + 2 * geometry.columns() + 7) / 8;
    }

    /** Set the two bits of a cell; every other line stays on ground. */
    private void select(int cell, Pulse.Polarity polarity) {
        byte[] bits = new byte[bytes()];
        set(bits, geometry.row(cell));
        set(bits, geometry.rows() + (polarity == Pulse.Polarity.SET ? 0 : geometry.columns()) + geometry.column(cell));
        put(bits);
    }

    /** Bit 0 goes in last: it is the lowest of the last byte. */
    private static void set(byte[] bits, int line) {
        bits[bits.length - 1 - line / 8] |= (byte) (1 << line % 8);
    }

    private void put(byte[] bits) {
        synchronized (register) {
            pins.shift(bits);
            pins.latch();
        }
    }

    @Override
    public double followSeconds(double widthSeconds) {
        throw new ConfigurationException(identity.role() + ": a Raspberry Pi cannot step by the triggers of a"
                + " pulse-measure unit; use a Nucleo board, or a generator and an oscilloscope");
    }

    @Override
    public long follow(double periodSeconds, Runnable triggers) {
        throw new UnsupportedOperationException("a Raspberry Pi follows nobody");
    }

    /** Stop a program between two pulses, connect every line to ground, and forget what was loaded. */
    @Override
    public void ground() {
        stopped = true;
        forget();
        put(new byte[bytes()]);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            ground();
        } catch (RuntimeException e) {
            LOG.warn("{}: could not be grounded before its pins were let go: {}", identity.role(), e.getMessage());
        } finally {
            pins.close();
        }
    }
}
