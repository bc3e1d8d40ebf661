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
 * their own: what a cell does depends on its own pulses alone, so that any number of threads gives the same result.
 *
 * @param <C> a condition made ready
 */
final class PulseEngine<C> {
    private static final int TOUCHED_STEPS = 32;
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
        Share whole = new Share(program, conditions, nowSeconds);
        double end = threads > 1 && program.pulseCount() >= WORTH_SPLITTING_PULSES
                ? split(whole)
                : whole.run(0, die.geometry().cells());
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
            double now = startSeconds;
            int reading = 0;
            for (int step = 0; step < program.size(); step++) {
                if (step % TOUCHED_STEPS == 0) {
                    touch(step, Math.min(step + TOUCHED_STEPS, program.size()), fromCell, toCell);
                }
                int cell = program.cell(step);
                int count = program.count(step);
                int kind = program.kind(step);
                C condition = conditions.get(kind);
                boolean mine = cell >= fromCell && cell < toCell;
                double rest = restSeconds[kind];
                if (measured[kind]) {
                    for (int k = 0; k < count; k++, reading++) {
                        now += timing.settleSeconds();
                        if (mine) {
                            steps[reading] = step;
                            volts[reading] = columnVolts[kind];
                            seconds[reading] = now;
                            amps[reading] = die.pulse(cell, condition, now);
                        }
                        now += rest;
                    }
                } else if (mine) {
                    now = die.train(cell, condition, count, now + timing.settleSeconds(), timing) + rest;
                } else {
                    for (int k = 0; k < count; k++) {
                        now = now + timing.settleSeconds() + rest;
                    }
                }
            }
            return now;
        }

        private void touch(int fromStep, int toStep, int fromCell, int toCell) {
            int sum = 0;
            for (int step = fromStep; step < toStep; step++) {
                int cell = program.cell(step);
                sum += cell >= fromCell && cell < toCell ? die.touch(cell, conditions.get(program.kind(step))) : 0;
            }
            touched = sum;
        }

        Readings readings() {
            return Readings.good(steps, volts, amps, seconds);
        }
    }
}
