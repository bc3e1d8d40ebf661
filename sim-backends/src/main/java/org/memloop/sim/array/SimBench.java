package org.memloop.sim.array;

import java.util.List;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
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

    private final PulseEngine<?> engine;
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
    public SimBench(String description, SimulatedDie die, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a bench needs at least one thread, not " + threads);
        }
        engine = switch (die) {
            case Die hfox -> new PulseEngine<>(hfox, threads);
            case AbruptDie abrupt -> new PulseEngine<>(abrupt, threads);
        };
        capabilities = new Capabilities(description, die.geometry(), die instanceof Die ? LIMITS : DirectBench.LIMITS,
                new Capabilities.ReadAccuracy(0, 0), List.of())
                .withPause(StepTiming.USUAL.settleSeconds() + StepTiming.USUAL.recoverySeconds());
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
        PulseEngine.Outcome outcome = engine.run(program, nowSeconds);
        nowSeconds = outcome.endSeconds();
        return outcome.readings();
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
