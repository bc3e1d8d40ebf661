package org.memloop.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Safeguard;

/**
 * Stand for an array that outlives its host, with a router in front that remembers what it fired last. The host can be
 * killed after any trigger.
 */
final class Matter {
    static final Geometry ARRAY = new Geometry(4, 4);
    private static final int STRETCH = 3;

    /** End a host at once, as a signal does: nobody catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    final int[] wearing = new int[ARRAY.cells()];
    final int[] reads = new int[ARRAY.cells()];
    int boot = 77;
    int opened;
    int grounded;
    long killAtTrigger = Long.MAX_VALUE;
    RuntimeException failure;
    Limits limits = new Limits(2.5, 2.5, 5, 1e-7, 1e-3, 10_000);
    boolean remembers = true;
    private long triggers;
    private int begun;
    private Load last = new Load(77, 0, 0);

    /** Lose the router's memory, as a power cut does. */
    void powerCut() {
        boot++;
        begun = 0;
        last = new Load(boot, 0, 0);
    }

    /** {@return how many triggers the router gave, in its life} */
    long triggers() {
        return triggers;
    }

    Bench open() {
        opened++;
        return new Host(last);
    }

    private final class Host implements Bench {
        private final Load atOpening;
        private final Capabilities capabilities = new Capabilities("matter", ARRAY, limits,
                new Capabilities.ReadAccuracy(0, 0), List.of(new Capabilities.Identity("router", "a router", "here")));
        private final Safeguard safeguard = new Safeguard(capabilities);
        private Consumer<Notice> listener = _ -> {};
        private double now;

        Host(Load atOpening) {
            this.atOpening = atOpening;
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
            return remembers ? Optional.of(atOpening) : Optional.empty();
        }

        @Override
        public Readings run(PulseProgram program) {
            safeguard.admit(program);
            if (failure != null) {
                throw failure;
            }
            Readings.Builder readings = Readings.builder(program.readingCount());
            for (int from = 0; from < program.size();) {
                int to = Math.min(program.segmentEnd(from), from + STRETCH);
                stretch(program, from, to, readings);
                from = to;
            }
            return readings.build();
        }

        private void stretch(PulseProgram program, int from, int to, Readings.Builder readings) {
            long pulses = 0;
            for (int step = from; step < to; step++) {
                pulses += program.count(step);
            }
            int id = ++begun;
            listener.accept(new Notice.Loaded(new Load(boot, id, pulses), from, to));
            last = new Load(boot, id, 0);
            for (int step = from; step < to; step++) {
                Pulse pulse = program.pulse(step);
                int cell = program.cell(step);
                for (int k = 0; k < program.count(step); k++) {
                    if (triggers++ == killAtTrigger) {
                        throw new Killed();
                    }
                    last = new Load(boot, id, last.triggers() + 1);
                    (pulse.wears() ? wearing : reads)[cell]++;
                    now += 1e-4;
                    if (pulse.measured()) {
                        readings.add(step, pulse.columnVolts(), 1e-6 * (1 + wearing[cell]), now,
                                Readings.Quality.GOOD);
                    }
                }
            }
        }

        @Override
        public void rest(double seconds) {
            now += seconds;
        }

        @Override
        public void close() {
            grounded++;
        }
    }
}
