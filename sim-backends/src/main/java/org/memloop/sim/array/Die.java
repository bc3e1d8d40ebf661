package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.LIFE;
import static org.memloop.sim.array.CellRecords.RECEIVED;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.random.CellRandom;

/**
 * Simulate a die of 1T1R cells, each with its own history, variability and noise.
 *
 * <p>What a cell does depends on the seed, its number, and the pulses it got and when; not on the other cells, nor on
 * how its pulses were grouped into calls. Different threads may pulse different cells at the same time, once the
 * conditions are compiled.
 */
public final class Die implements SimulatedDie, PulsedDie<Condition> {
    private static final CellState[] LIVES = CellState.values();
    private static final long READING_TAG = 6;

    private final Geometry geometry;
    private final ConditionCache conditions;
    private final CellRecords records;
    private final CellNoise noise;
    private final Conduction conduction;
    private final Switching switching;

    /**
     * Make a virgin die.
     *
     * @param geometry its shape
     * @param technology its cells
     * @param seed everything random follows from it
     */
    public Die(Geometry geometry, Technology technology, long seed) {
        this.geometry = geometry;
        CellSolver solver = new CellSolver(technology);
        conditions = new ConditionCache(technology, solver);
        records = new CellRecords(geometry.cells(), seed);
        Fabrication made = new Fabrication(technology, records, geometry);
        noise = new CellNoise(technology, records, geometry.cells());
        conduction = new Conduction(technology, solver, records, made);
        PulseEffect idle = technology.cell().effect(solver, Polarity.SET, 0, 0);
        switching = new Switching(technology, idle, records, made, conduction);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public double pulse(int cell, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        return pulse(cell, compile(polarity, columnVolts, gateVolts, widthSeconds), startSeconds);
    }

    @Override
    public int touch(int cell, Condition condition) {
        return condition.wears() ? records.touchHalf(cell) : records.touch(cell);
    }

    @Override
    public Condition compile(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        return conditions.get(polarity, columnVolts, gateVolts, widthSeconds);
    }

    /**
     * Apply one pulse and measure it. The state moves fast at first and hardly at the end, so the mean current is that
     * of the state the pulse leaves behind. Noise moves on in time at pulses that do not wear; at others it is held, so
     * that it makes no difference whether a programming pulse is measured.
     */
    @Override
    public double pulse(int cell, Condition condition, double startSeconds) {
        if (!condition.wears()) {
            return read(cell, condition, startSeconds);
        }
        train(cell, condition, 1, startSeconds, StepTiming.USUAL);
        if (records.is(cell, CellState.UNREACHABLE)) {
            return 0;
        }
        OperatingPoint point = conduction.during(cell, condition);
        return amps(point, noise.held(cell, point, condition.widthSeconds(), startSeconds), condition);
    }

    private double read(int cell, Condition condition, double startSeconds) {
        if (records.is(cell, CellState.UNREACHABLE)) {
            records.receive(cell);
            return 0;
        }
        switching.disturb(cell, condition, startSeconds);
        OperatingPoint point = conduction.during(cell, condition);
        CellRandom random = new CellRandom(records.receive(cell), READING_TAG);
        return amps(point, noise.advance(cell, point, condition.widthSeconds(), startSeconds, random), condition);
    }

    /** {@return the current of a filament whose conductance differs from its mean by a share of it} */
    private static double amps(OperatingPoint point, double share, Condition condition) {
        // the transistor in series dilutes what the filament does; without any volts there is nothing to dilute
        return point.cellVolts() > 0 ? point.amps() * (1 + share * point.cellVolts() / condition.columnVolts()) : 0;
    }

    @Override
    public double train(int cell, Condition condition, int count, double firstSeconds, StepTiming timing) {
        if (condition.wears()) {
            return switching.train(cell, condition, count, firstSeconds, timing);
        }
        double start = firstSeconds;
        read(cell, condition, start);
        for (int i = 1; i < count; i++) {
            start = condition.next(start, timing);
            read(cell, condition, start);
        }
        return start;
    }

    @Override
    public double conductanceSiemens(int cell) {
        return records.is(cell, CellState.UNREACHABLE) ? 0 : conduction.readSiemens(cell);
    }

    @Override
    public CellState state(int cell) {
        return LIVES[records.get(cell, LIFE)];
    }

    @Override
    public long pulsesReceived(int cell) {
        return records.get(cell, RECEIVED);
    }
}
