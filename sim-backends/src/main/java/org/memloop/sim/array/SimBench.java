package org.memloop.sim.array;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Safeguard;
import org.memloop.instrument.StepTiming;

/**
 * Pulse a die directly, with no instruments between. The simulated clock takes the time a router would, so that a
 * laboratory around the same die sees the same cells at the same moments.
 */
public final class SimBench implements Bench {
    /** What the simulated array bears: 3.3 V on its columns, 5 V on its gates, 10 ns to 10 ms, ten million pulses a cell. */
    public static final Limits LIMITS = new Limits(3.3, 3.3, 5.0, 10e-9, 10e-3, 10_000_000);

    private static final int TOUCHED_STEPS = 32;
    private static final long WORTH_SPLITTING_PULSES = 20_000;

    private final Die die;
    private final int threads;
    private final StepTiming timing = StepTiming.USUAL;
    private final Capabilities capabilities;
    private final Safeguard safeguard;
    private double nowSeconds;
    private boolean closed;

    /**
     * Put a die on a bench.
     *
     * @param description one line for a person
     * @param die the die
     * @param threads among how many threads the cells of a large program are shared out, at least 1
     */
    public SimBench(String description, Die die, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a bench needs at least one thread, not " + threads);
        }
        this.die = die;
        this.threads = threads;
        capabilities = new Capabilities(description, die.geometry(), LIMITS, new Capabilities.ReadAccuracy(0, 0),
                List.of()).withPause(timing.settleSeconds() + timing.recoverySeconds());
        safeguard = new Safeguard(capabilities);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Readings run(PulseProgram program) {
        requireOpen();
        safeguard.admit(program);
        List<Condition> conditions = new ArrayList<>();
        for (Pulse pulse : program.pulses()) {
            conditions.add(die.compile(pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds()));
        }
        Share whole = new Share(program, conditions, new double[program.readingCount()],
                new double[program.readingCount()]);
        nowSeconds = threads > 1 && program.pulseCount() >= WORTH_SPLITTING_PULSES
                ? split(whole)
                : whole.run(0, die.geometry().cells());
        return whole.readings();
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

    /** One program and the columns its readings go to. Threads fill in the readings of their own cells. */
    private final class Share {
        private final PulseProgram program;
        private final Condition[] conditions;
        private final boolean[] measured;
        private final double[] amps;
        private final double[] seconds;
        /** Keeps the loads of {@link #touch} from being left out as useless. */
        private float touched;

        Share(PulseProgram program, List<Condition> conditions, double[] amps, double[] seconds) {
            this.program = program;
            this.conditions = conditions.toArray(Condition[]::new);
            this.measured = new boolean[this.conditions.length];
            for (int kind = 0; kind < measured.length; kind++) {
                measured[kind] = program.pulses().get(kind).measured();
            }
            this.amps = amps;
            this.seconds = seconds;
        }

        /** Apply the steps of some of the cells. {@return the time at the end of the whole program} */
        double run(int fromCell, int toCell) {
            double now = nowSeconds;
            int reading = 0;
            for (int step = 0; step < program.size(); step++) {
                if (step % TOUCHED_STEPS == 0) {
                    touch(step, Math.min(step + TOUCHED_STEPS, program.size()), fromCell, toCell);
                }
                int cell = program.cell(step);
                int count = program.count(step);
                Condition condition = conditions[program.kind(step)];
                boolean mine = cell >= fromCell && cell < toCell;
                double rest = condition.widthSeconds() + timing.recoverySeconds();
                if (measured[program.kind(step)]) {
                    for (int k = 0; k < count; k++, reading++) {
                        now += timing.settleSeconds();
                        if (mine) {
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
            float sum = 0;
            for (int step = fromStep; step < toStep; step++) {
                int cell = program.cell(step);
                sum += cell >= fromCell && cell < toCell ? die.touch(cell, conditions[program.kind(step)]) : 0;
            }
            for (int step = fromStep; step < toStep; step++) {
                int cell = program.cell(step);
                sum += cell >= fromCell && cell < toCell ? die.touchNoise(cell, conditions[program.kind(step)]) : 0;
            }
            touched = sum;
        }

        Readings readings() {
            Readings.Builder readings = Readings.builder(amps.length);
            int reading = 0;
            for (int step = 0; step < program.size(); step++) {
                Pulse pulse = program.pulse(step);
                for (int k = 0; pulse.measured() && k < program.count(step); k++, reading++) {
                    readings.add(step, pulse.columnVolts(), amps[reading], seconds[reading], Readings.Quality.GOOD);
                }
            }
            return readings.build();
        }
    }

    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        requireOpen();
        nowSeconds += seconds;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
