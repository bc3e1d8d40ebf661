package org.memloop.instrument;

import java.util.ArrayList;
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
 * Make one Bench of a router, a source of pulses and supplies. This is the only place that knows their order:
 *
 * <pre>
 *   look     supplies           within tolerance, at constant voltage; at most once a second
 *   route    router.load        the cells of one stretch, all with the same pulse
 *   prepare  pulses.prepare     heights, width, how many; ready to measure
 *   fire     pulses.fire        the stretch, and what it brought
 * </pre>
 *
 * After any failure, before the exception leaves, and when the rack is closed:
 *
 * <pre>
 *   pulses off (column, then gate)  ->  lines on ground  ->  supplies off
 * </pre>
 *
 * Each of these is tried whatever becomes of the others. A chip whose supplies went off after a failure stays so: a rack
 * with supplies runs no more then.
 */
public final class Rack implements Bench {
    private final ArrayRouter router;
    private final PulseSource pulses;
    private final SupplyWatch supplies;
    private final BenchClock clock;
    private final Capabilities capabilities;
    private final Safeguard safeguard;
    private Consumer<Notice> listener = _ -> {};
    private String stopped = "";
    private boolean closed;

    /**
     * Put a rack together, and switch its supplies on. Fails like any later failure: everything off.
     *
     * @param description one line for a person
     * @param router what selects the cells
     * @param pulses what pulses them and reads the current
     * @param supplies what feeds the chip, in the order in which they are switched on; empty when that is nobody's concern
     * @param laboratory limits of the laboratory; the instruments' own limits hold as well
     * @param clock the bench's clock
     */
    public Rack(String description, ArrayRouter router, PulseSource pulses, List<PowerSupply> supplies,
            Limits laboratory, BenchClock clock) {
        this.router = router;
        this.pulses = pulses;
        this.supplies = new SupplyWatch(supplies);
        this.clock = clock;
        Limits limits = pulses.limits().tightest(laboratory);
        List<Capabilities.Identity> identities = new ArrayList<>(List.of(router.identity()));
        identities.addAll(pulses.identities());
        supplies.forEach(supply -> identities.add(supply.identity()));
        capabilities = new Capabilities(description, router.geometry(), limits, pulses.accuracy(), identities)
                .withPause(router.timing().settleSeconds() + router.timing().recoverySeconds());
        safeguard = new Safeguard(capabilities);
        try {
            this.supplies.up();
            this.supplies.look(clock.nowSeconds(), listener);
        } catch (RuntimeException e) {
            stop(e);
            throw e;
        }
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void tell(Consumer<Notice> hears) {
        listener = hears;
    }

    @Override
    public Optional<Load> lastLoad() {
        return router.lastLoad();
    }

    @Override
    public Readings run(PulseProgram program) {
        requireReady();
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

    private void requireReady() {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
        if (!stopped.isEmpty()) {
            throw new IllegalStateException("the chip's supplies were switched off after a failure (" + stopped
                    + "); open the bench again");
        }
    }

    private void refuseLongTrains(PulseProgram program) {
        for (int step = 0; step < program.size(); step++) {
            int most = pulses.maxPulses(program.pulse(step).measured());
            if (program.count(step) > most) {
                throw new LimitException("step " + step + ": " + program.count(step)
                        + (program.pulse(step).measured() ? " readings" : " pulses")
                        + " in one step are more than the " + most
                        + " that the instruments take at once; split the step. Nothing was fired");
            }
        }
    }

    /** A stretch shares one pulse, fits the router's memory and that of whatever pulses and measures. */
    private int stretchEnd(PulseProgram program, int from) {
        int end = Math.min(program.segmentEnd(from), from + router.maxSteps());
        int most = pulses.maxPulses(program.pulse(from).measured());
        int to = from;
        for (long count = 0; to < end; to++) {
            count += program.count(to);
            if (count > most) {
                break;
            }
        }
        return to;
    }

    private void fire(PulseProgram program, int from, int to, Readings.Builder readings) {
        supplies.look(clock.nowSeconds(), listener);
        Pulse pulse = program.pulse(from);
        router.load(program, from, to);
        pulses.prepare(router, pulse, pulsesIn(program, from, to));
        router.loaded().ifPresent(load -> listener.accept(new Notice.Loaded(load, from, to)));
        double startSeconds = clock.nowSeconds();
        PulseSource.Currents currents = pulses.fire(router);
        if (pulse.measured()) {
            collect(program, from, to, startSeconds, currents, readings);
        }
    }

    private static int pulsesIn(PulseProgram program, int from, int to) {
        long count = 0;
        for (int step = from; step < to; step++) {
            count += program.count(step);
        }
        return (int) Math.min(count, Integer.MAX_VALUE); // beyond that only a generator goes, which does not count
    }

    private void collect(PulseProgram program, int from, int to, double startSeconds, PulseSource.Currents currents,
            Readings.Builder readings) {
        Pulse pulse = program.pulse(from);
        double settleSeconds = router.timing().settleSeconds();
        int index = 0;
        for (int step = from; step < to; step++) {
            for (int k = 0; k < program.count(step); k++, index++) {
                readings.add(step, pulse.columnVolts(), currents.amps()[index],
                        startSeconds + settleSeconds + index * currents.periodSeconds(),
                        currents.qualities()[index]);
            }
        }
    }

    /** Outputs go off and lines to ground before the time passes; the next program arms and routes by itself. */
    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        requireReady();
        if (seconds == 0) {
            return;
        }
        try {
            pulses.off();
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
        List<Runnable> steps = new ArrayList<>(List.of(pulses::off, router::ground));
        steps.addAll(supplies.down());
        Steps.after(because, steps.toArray(Runnable[]::new));
        if (supplies.present()) {
            stopped = String.valueOf(because.getMessage());
        }
    }

    /** Take the pulses off, ground the array, switch the supplies off, and close every instrument, whatever fails. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Runnable> steps = new ArrayList<>(List.of(pulses::close, router::close));
        steps.addAll(supplies.close());
        Steps.all("the rack did not close cleanly", steps.toArray(Runnable[]::new));
    }
}
