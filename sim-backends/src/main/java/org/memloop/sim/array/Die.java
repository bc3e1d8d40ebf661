package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.LIFE;
import static org.memloop.sim.array.CellRecords.RECEIVED;

import java.util.List;
import java.util.Optional;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.HalfSelected;
import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.device.Technology;

/**
 * Simulate a die of 1T1R cells, each with its own history, variability and noise.
 *
 * <p>What a cell does depends on the seed, its number, and the pulses it got and when; not on how its pulses were grouped
 * into calls. Of pulses on other cells of its column it feels what a shut transistor lets through ({@link Beside}), if a
 * lifetime of them can move it at all ({@link HalfSelected#matters}). Different threads may pulse different cells at the same
 * time, once the conditions are compiled.
 */
public final class Die implements SimulatedDie, PulsedDie<Condition> {
    private static final CellState[] LIVES = CellState.values();

    private final Geometry geometry;
    private final ConditionCache conditions;
    private final CellRecords records;
    private final CellNoise noise;
    private final Conduction conduction;
    private final Switching switching;
    private final Technology technology;
    private final PulseEffect idle;
    private final Fabrication made;
    private final Beside<Shut> beside;
    private double nowSeconds;

    /**
     * Make a virgin die.
     *
     * @param geometry its shape
     * @param technology its cells
     * @param seed everything random follows from it
     */
    public Die(Geometry geometry, Technology technology, long seed) {
        this(geometry, technology, seed, true);
    }

    /**
     * Make a virgin die.
     *
     * @param geometry its shape
     * @param technology its cells
     * @param seed everything random follows from it
     * @param disturbed whether cells feel pulses on others of their column
     */
    public Die(Geometry geometry, Technology technology, long seed, boolean disturbed) {
        this.geometry = geometry;
        this.technology = technology;
        CellSolver solver = new CellSolver(technology);
        conditions = new ConditionCache(technology, solver,
                disturbed ? Optional.of(new HalfSelected(technology)) : Optional.empty(), geometry.rows() - 1);
        records = new CellRecords(geometry.cells(), seed);
        made = new Fabrication(technology, records, geometry);
        noise = new CellNoise(technology, records, geometry.cells());
        conduction = new Conduction(technology, solver, records, made);
        idle = technology.cell().effect(solver, Polarity.SET, 0, 0);
        switching = new Switching(technology, idle, records, made, conduction);
        beside = new Beside<>(geometry, this::settle);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public double pulse(int cell, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        Condition condition = compile(polarity, columnVolts, gateVolts, widthSeconds);
        nowSeconds = startSeconds;
        beside.begin(cell);
        double amps = pulse(cell, condition, startSeconds);
        Shut.dose(condition).ifPresent(dose -> beside.end(cell, dose));
        return amps;
    }

    @Override
    public void begin(PulseProgram program, double now) {
        nowSeconds = now;
        beside.begin(program);
    }

    @Override
    public void end(PulseProgram program, List<Condition> kinds, double now) {
        nowSeconds = now;
        beside.end(program, kinds.stream().map(Shut::dose).toList());
    }

    private Felt felt(int cell) {
        Felt felt = new Felt(technology, idle, switching, conduction, made, records, cell);
        beside.tell(cell, felt);
        return felt;
    }

    private void settle(int cell) {
        switching.keep(cell, felt(cell), nowSeconds);
        beside.settled(cell);
    }

    @Override
    public int touch(int cell, Condition condition) {
        return condition.wears() ? records.touchHalf(cell) : records.touch(cell);
    }

    @Override
    public Condition compile(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        return conditions.get(polarity, columnVolts, gateVolts, widthSeconds);
    }

    @Override
    public double pulse(int cell, Condition condition, double startSeconds) {
        Batch one = batch(1);
        one.add(cell, startSeconds);
        pulse(one, condition);
        return one.amps[0];
    }

    @Override
    public Batch batch(int room) {
        return new Batch(room, CellNoise.NORMALS);
    }

    /**
     * Apply pulses and measure them. A state moves fast at first and hardly at the end, so the mean current is that of
     * the state the pulse leaves behind. Noise moves on in time at pulses that do not wear; at others it is held, so that
     * it makes no difference whether a programming pulse is measured.
     */
    @Override
    public void pulse(Batch batch, Condition condition) {
        if (!condition.wears()) {
            read(batch, condition);
            return;
        }
        for (int i = 0; i < batch.count; i++) {
            program(batch, i, condition);
        }
    }

    private void program(Batch batch, int pulse, Condition condition) {
        int cell = batch.cells[pulse];
        double start = batch.startSeconds[pulse];
        switching.train(cell, condition, 1, start, StepTiming.USUAL);
        if (records.is(cell, CellState.UNREACHABLE)) {
            batch.amps[pulse] = 0;
            return;
        }
        conduction.describe(batch, pulse, condition);
        conduction.solve(batch, pulse, pulse + 1, condition);
        OperatingPoint point = new OperatingPoint(batch.cellVolts[pulse], batch.amps[pulse]);
        batch.shares[pulse] = noise.held(cell, point, condition.widthSeconds(), start);
        dilute(batch, pulse, condition);
    }

    private void read(Batch batch, Condition condition) {
        boolean reached = condition.columnVolts() > 0;
        for (int i = 0; i < batch.count; i++) {
            int cell = batch.cells[i];
            batch.draw(i, records.receive(cell));
            switching.disturb(cell, condition, batch.startSeconds[i]);
            conduction.describe(batch, i, condition);
            reached &= !records.is(cell, CellState.UNREACHABLE);
        }
        conduction.solve(batch, 0, batch.count, condition);
        noise.advance(batch, condition.widthSeconds());
        for (int i = 0; i < batch.count; i++) {
            dilute(batch, i, condition);
        }
        if (!reached) {
            silence(batch, condition);
        }
    }

    /** Let the current fluctuate with the filament; the transistor in series dilutes what the filament does. */
    private static void dilute(Batch batch, int pulse, Condition condition) {
        batch.amps[pulse] *= 1 + batch.shares[pulse] * batch.cellVolts[pulse] / condition.columnVolts();
    }

    /** Without any volts, or on a broken line, there is no current. */
    private void silence(Batch batch, Condition condition) {
        for (int i = 0; i < batch.count; i++) {
            if (condition.columnVolts() == 0 || records.is(batch.cells[i], CellState.UNREACHABLE)) {
                batch.amps[i] = 0;
            }
        }
    }

    @Override
    public double train(int cell, Condition condition, int count, double firstSeconds, StepTiming timing) {
        if (condition.wears()) {
            return switching.train(cell, condition, count, firstSeconds, timing);
        }
        Batch batch = batch(Math.min(count, Batch.ROOM));
        double start = firstSeconds;
        batch.add(cell, start);
        for (int i = 1; i < count; i++) {
            if (batch.count == Batch.ROOM) {
                read(batch, condition);
                batch.count = 0;
            }
            start = condition.next(start, timing);
            batch.add(cell, start);
        }
        read(batch, condition);
        return start;
    }

    @Override
    public double conductanceSiemens(int cell) {
        if (records.is(cell, CellState.UNREACHABLE)) {
            return 0;
        }
        if (beside.isBehind(cell)) {
            Felt felt = felt(cell);
            return conduction.readSiemens(cell, felt.channels(),
                    felt.life() == CellState.VIRGIN || felt.life() == CellState.STUCK_HIGH);
        }
        return conduction.readSiemens(cell);
    }

    @Override
    public CellState state(int cell) {
        return beside.isBehind(cell) ? felt(cell).life() : LIVES[records.get(cell, LIFE)];
    }

    @Override
    public long pulsesReceived(int cell) {
        return records.get(cell, RECEIVED);
    }
}
