package org.memloop.instrument;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Safeguard;

/**
 * Make one Bench of a router, a pulse generator and an oscilloscope. This is the only place that knows their order:
 *
 * <pre>
 *   route    router.load        the cells of one stretch, all with the same pulse
 *   arm      generator.shape    heights and width            oscilloscope.arm   when the pulse is measured
 *   fire     router.fire        one trigger a pulse, the router steps on its own
 *   fetch    oscilloscope.fetch all segments in one transfer
 * </pre>
 *
 * After any failure the array is grounded and the generator's outputs are off before the exception leaves.
 */
public final class Rack implements Bench {
    private final ArrayRouter router;
    private final PulseGenerator generator;
    private final Oscilloscope oscilloscope;
    private final BenchClock clock;
    private final Capabilities capabilities;
    private final Safeguard safeguard;
    private Consumer<Notice> listener = _ -> {};
    private boolean closed;

    /**
     * Put a rack together.
     *
     * @param description one line for a person
     * @param router what selects the cells
     * @param generator what pulses them
     * @param oscilloscope what reads the current
     * @param laboratory limits of the laboratory; the instruments' own limits hold as well
     * @param clock the bench's clock
     */
    public Rack(String description, ArrayRouter router, PulseGenerator generator, Oscilloscope oscilloscope,
            Limits laboratory, BenchClock clock) {
        this.router = router;
        this.generator = generator;
        this.oscilloscope = oscilloscope;
        this.clock = clock;
        Limits limits = generator.limits().tightest(laboratory);
        capabilities = new Capabilities(description, router.geometry(), limits, oscilloscope.accuracy(),
                List.of(router.identity(), generator.identity(), oscilloscope.identity()))
                .withPause(router.timing().settleSeconds() + router.timing().recoverySeconds());
        safeguard = new Safeguard(capabilities);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Readings run(PulseProgram program) {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
        refuseLongTrains(program);
        safeguard.admit(program);
        Readings.Builder readings = Readings.builder(program.readingCount());
        Firing firing = Firing.NONE;
        try {
            int from = 0;
            while (from < program.size()) {
                int to = stretchEnd(program, from);
                fire(program, from, to, readings);
                firing = Firing.POSSIBLE;
                from = to;
            }
            return readings.build();
        } catch (BenchException e) {
            stop(e);
            throw firing == Firing.POSSIBLE && e.firing() == Firing.NONE ? e.withFiring(Firing.POSSIBLE) : e;
        } catch (RuntimeException e) {
            stop(e);
            throw e;
        }
    }

    @Override
    public void tell(Consumer<Notice> hears) {
        listener = hears;
    }

    @Override
    public Optional<Load> lastLoad() {
        return router.lastLoad();
    }

    private void refuseLongTrains(PulseProgram program) {
        for (int step = 0; step < program.size(); step++) {
            if (program.pulse(step).measured() && program.count(step) > oscilloscope.maxSegments()) {
                throw new LimitException(
                        "step " + step + ": " + program.count(step) + " readings in one step are more than the "
                                + oscilloscope.maxSegments()
                                + " segments of the oscilloscope; split the step. Nothing was fired");
            }
        }
    }

    /** A stretch shares one pulse, fits the router's memory and, when measured, the oscilloscope's. */
    private int stretchEnd(PulseProgram program, int from) {
        int end = Math.min(program.segmentEnd(from), from + router.maxSteps());
        if (!program.pulse(from).measured()) {
            return end;
        }
        int to = from;
        for (int segments = 0; to < end; to++) {
            segments += program.count(to);
            if (segments > oscilloscope.maxSegments()) {
                break;
            }
        }
        return to;
    }

    private void fire(PulseProgram program, int from, int to, Readings.Builder readings) {
        Pulse pulse = program.pulse(from);
        router.load(program, from, to);
        generator.shape(pulse);
        generator.arm();
        if (pulse.measured()) {
            oscilloscope.arm(pulsesIn(program, from, to), pulse.widthSeconds());
        }
        router.loaded().ifPresent(load -> listener.accept(new Notice.Loaded(load, from, to)));
        double startSeconds = clock.nowSeconds();
        router.fire();
        if (pulse.measured()) {
            try {
                collect(program, from, to, startSeconds, oscilloscope.fetch(), readings);
            } catch (BenchException e) {
                throw e.withFiring(Firing.POSSIBLE);
            }
        }
    }

    private static int pulsesIn(PulseProgram program, int from, int to) {
        int pulses = 0;
        for (int step = from; step < to; step++) {
            pulses += program.count(step);
        }
        return pulses;
    }

    private void collect(PulseProgram program, int from, int to, double startSeconds, Oscilloscope.Segments segments,
            Readings.Builder readings) {
        Pulse pulse = program.pulse(from);
        double periodSeconds = router.timing().periodSeconds(pulse.widthSeconds());
        int segment = 0;
        for (int step = from; step < to; step++) {
            for (int k = 0; k < program.count(step); k++, segment++) {
                readings.add(step, pulse.columnVolts(), segments.volts()[segment] / oscilloscope.inputOhms(),
                        startSeconds + router.timing().settleSeconds() + segment * periodSeconds,
                        segments.saturated()[segment] ? Readings.Quality.SATURATED : Readings.Quality.GOOD);
            }
        }
    }

    /** Outputs go off and lines to ground before the time passes; the next program arms and routes by itself. */
    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
        if (seconds == 0) {
            return;
        }
        try {
            generator.disarm();
            router.ground();
        } catch (RuntimeException e) {
            stop(e);
            throw e;
        }
        try {
            clock.pass(seconds);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private void stop(RuntimeException because) {
        quietly(generator::disarm, because);
        quietly(router::ground, because);
    }

    private static void quietly(Runnable step, RuntimeException because) {
        try {
            step.run();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    /** Switch the pulses off, ground the array, and close every instrument, whatever fails on the way. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException trouble = new IllegalStateException("the rack did not close cleanly");
        quietly(generator::close, trouble);
        quietly(router::close, trouble);
        quietly(oscilloscope::close, trouble);
        if (trouble.getSuppressed().length > 0) {
            throw trouble;
        }
    }
}
