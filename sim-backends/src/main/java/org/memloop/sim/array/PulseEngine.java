package org.memloop.sim.array;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.StepTiming;

/**
 * Run programs on the cells of a die, at the pace of a router. Threads share out the cells, and fill in the readings of
 * their own: what a cell does in a program depends on its own pulses alone, so that any number of threads gives the same
 * result. What cells feel of one another they feel between programs.
 *
 * @param <C> a condition made ready
 */
final class PulseEngine<C> {
    private static final long WORTH_SPLITTING_PULSES = 20_000;

    private final PulsedDie<C> die;
    private final int threads;
    private final StepTiming timing = StepTiming.USUAL;

    PulseEngine(PulsedDie<C> die, int threads) {
        this.die = die;
        this.threads = threads;
    }

    /**
     * Tell what came of a program.
     *
     * @param readings what was measured
     * @param endSeconds the simulated time at its end
     */
    record Outcome(Readings readings, double endSeconds) {}

    Outcome run(PulseProgram program, double nowSeconds) {
        List<C> conditions = new ArrayList<>();
        for (Pulse pulse : program.pulses()) {
            conditions.add(die.compile(pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds()));
        }
        die.begin(program, nowSeconds);
        Share whole = new Share(program, conditions, nowSeconds);
        double end = threads > 1 && program.pulseCount() >= WORTH_SPLITTING_PULSES
                ? split(whole)
                : whole.run(0, die.geometry().cells());
        die.end(program, conditions, end);
        return new Outcome(whole.readings(), end);
    }

    private double split(Share whole) {
        int cells = die.geometry().cells();
        Thread[] others = new Thread[threads - 1];
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < others.length; i++) {
            int from = (int) ((long) cells * i / threads);
            int to = (int) ((long) cells * (i + 1) / threads);
            others[i] = new Thread(() -> whole.run(from, to), "simulate cells " + from + " to " + to);
            others[i].setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
            others[i].start();
        }
        double end = whole.run((int) ((long) cells * others.length / threads), cells);
        for (Thread other : others) {
            join(other);
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the simulation failed on another thread", failures.getFirst());
        }
        return end;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One program and the columns its readings go to. */
    private final class Share {
        private final PulseProgram program;
        private final List<C> conditions;
        private final boolean[] measured;
        private final double[] columnVolts;
        private final double[] restSeconds;
        private final double startSeconds;
        private final int[] steps;
        private final double[] volts;
        private final double[] amps;
        private final double[] seconds;
        /** Keeps the loads of {@link #touch} from being left out as useless. */
        private int touched;

        Share(PulseProgram program, List<C> conditions, double startSeconds) {
            this.program = program;
            this.conditions = conditions;
            this.startSeconds = startSeconds;
            int kinds = conditions.size();
            measured = new boolean[kinds];
            columnVolts = new double[kinds];
            restSeconds = new double[kinds];
            for (int kind = 0; kind < kinds; kind++) {
                Pulse pulse = program.pulses().get(kind);
                measured[kind] = pulse.measured();
                columnVolts[kind] = pulse.columnVolts();
                restSeconds[kind] = pulse.widthSeconds() + timing.recoverySeconds();
            }
            steps = new int[program.readingCount()];
            volts = new double[program.readingCount()];
            amps = new double[program.readingCount()];
            seconds = new double[program.readingCount()];
        }

        /** Apply the steps of some of the cells. {@return the time at the end of the whole program} */
        double run(int fromCell, int toCell) {
            Pass pass = new Pass(0, 0, startSeconds, fromCell, toCell);
            for (int from = 0; from < program.size();) {
                int to = program.segmentEnd(from);
                if (echoed(from, to)) {
                    // pulses and readings of a few cells at a time: each comes out of main memory once
                    Pass echo = new Pass(to, pass.reading, pass.timeAfter(to), fromCell, toCell);
                    while (pass.step < to) {
                        int end = Math.min(pass.step + Batch.ROOM, to);
                        echo.touch(end - from + to);
                        pass.apply(end);
                        echo.apply(end - from + to);
                    }
                    pass = echo;
                } else {
                    while (pass.step < to) {
                        int end = Math.min(pass.step + Batch.ROOM, to);
                        pass.touch(end);
                        pass.apply(end);
                    }
                }
                from = pass.step;
            }
            return pass.now;
        }

        /**
         * {@return whether a segment that is not measured is followed by one, measured, of the same cells in the same
         * order, each of them once}
         */
        private boolean echoed(int from, int to) {
            int steps = to - from;
            if (measured[program.kind(from)] || to + steps > program.size() || program.segmentEnd(to) != to + steps
                    || !measured[program.kind(to)]) {
                return false;
            }
            int last = -1;
            for (int step = from; step < to; step++) {
                int cell = program.cell(step);
                if (cell <= last || program.cell(step + steps) != cell) {
                    return false;
                }
                last = cell;
            }
            return true;
        }

        /** Goes over steps in order, and over those of some of the cells only. */
        private final class Pass {
            private final int fromCell;
            private final int toCell;
            private final Batch batch = die.batch(Math.min(Batch.ROOM, program.readingCount()));
            private final int[] places = new int[batch.cells.length];
            private int step;
            private int reading;
            private double now;

            Pass(int step, int reading, double now, int fromCell, int toCell) {
                this.step = step;
                this.reading = reading;
                this.now = now;
                this.fromCell = fromCell;
                this.toCell = toCell;
            }

            /** {@return the time after the steps up to one} */
            double timeAfter(int end) {
                double rest = restSeconds[program.kind(step)];
                double time = now;
                for (int at = step; at < end; at++) {
                    for (int k = program.count(at); k > 0; k--) {
                        time = time + timing.settleSeconds() + rest;
                    }
                }
                return time;
            }

            /** Apply the steps up to one, all of one kind. */
            void apply(int end) {
                int kind = program.kind(step);
                if (measured[kind]) {
                    measure(end, kind);
                } else {
                    train(end, kind);
                }
                step = end;
            }

            /** Touch the cells of the steps up to one. */
            void touch(int end) {
                C condition = conditions.get(program.kind(step));
                int sum = 0;
                for (int at = step; at < end; at++) {
                    int cell = program.cell(at);
                    sum += cell >= fromCell && cell < toCell ? die.touch(cell, condition) : 0;
                }
                touched = sum;
            }

            private void train(int end, int kind) {
                C condition = conditions.get(kind);
                double rest = restSeconds[kind];
                for (int at = step; at < end; at++) {
                    int cell = program.cell(at);
                    int count = program.count(at);
                    if (cell >= fromCell && cell < toCell) {
                        now = die.train(cell, condition, count, now + timing.settleSeconds(), timing) + rest;
                    } else {
                        for (int k = 0; k < count; k++) {
                            now = now + timing.settleSeconds() + rest;
                        }
                    }
                }
            }

            private void measure(int end, int kind) {
                double rest = restSeconds[kind];
                for (int at = step; at < end; at++) {
                    int cell = program.cell(at);
                    boolean mine = cell >= fromCell && cell < toCell;
                    for (int k = program.count(at); k > 0; k--, reading++) {
                        now += timing.settleSeconds();
                        if (mine) {
                            if (batch.count == places.length) {
                                finish(kind);
                            }
                            places[batch.count] = reading;
                            batch.add(cell, now);
                            steps[reading] = at;
                            volts[reading] = columnVolts[kind];
                            seconds[reading] = now;
                        }
                        now += rest;
                    }
                }
                finish(kind);
            }

            private void finish(int kind) {
                die.pulse(batch, conditions.get(kind));
                for (int i = 0; i < batch.count; i++) {
                    amps[places[i]] = batch.amps[i];
                }
                batch.count = 0;
            }
        }

        Readings readings() {
            return Readings.good(steps, volts, amps, seconds);
        }
    }
}
