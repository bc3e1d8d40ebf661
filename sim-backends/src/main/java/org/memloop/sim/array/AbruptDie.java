package org.memloop.sim.array;

import java.util.List;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.random.CellRandom;

/**
 * Simulate a die of 1T1R cells whose filaments break abruptly, each with its own history, variability and noise.
 *
 * <p>What a cell does depends on the seed, its number, and the pulses it got and when. Of pulses on other cells of its column
 * it feels what its shut transistor lets through ({@link Beside}), where that is worth following ({@link AbruptNeighbours}).
 * Different threads may pulse different cells at the same time.
 */
public final class AbruptDie implements SimulatedDie, PulsedDie<AbruptPulse> {
    private static final CellState[] LIVES = CellState.values();
    private static final long MAKING_TAG = 21;
    private static final long PULSE_TAG = 23;
    private static final long BESIDE_TAG = 25;

    private final Geometry geometry;
    private final AbruptFilament technology;
    private final AbruptCircuit circuit;
    private final long seedBits;
    private final AbruptCells cells;
    private final AbruptNoise noise;
    private final AbruptSwitching switching;
    private final AbruptNeighbours neighbours;
    private final Beside<AbruptPulse> beside;

    /**
     * Make a virgin die.
     *
     * @param geometry its shape
     * @param technology its cells
     * @param seed everything random follows from it
     */
    public AbruptDie(Geometry geometry, AbruptFilament technology, long seed) {
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
    public AbruptDie(Geometry geometry, AbruptFilament technology, long seed, boolean disturbed) {
        this.geometry = geometry;
        this.technology = technology;
        circuit = new AbruptCircuit(technology);
        seedBits = CellRandom.seedBits(seed);
        cells = new AbruptCells(geometry.cells());
        noise = new AbruptNoise(technology, geometry.cells(), seedBits);
        switching = new AbruptSwitching(technology, circuit, cells, seedBits);
        neighbours = new AbruptNeighbours(technology, circuit, disturbed && geometry.rows() > 1);
        beside = new Beside<>(geometry, this::settle);
        for (int cell = 0; cell < geometry.cells(); cell++) {
            make(cell);
        }
        BrokenLines.breakSome(geometry, technology.defects().brokenLines(), seedBits,
                cell -> cells.live(cell, CellState.UNREACHABLE));
    }

    private void make(int cell) {
        CellRandom random = random(cell, 0, MAKING_TAG);
        AbruptFilament.Defects defects = technology.defects();
        boolean stuck = random.nextDouble() < defects.stuckFraction();
        boolean low = random.nextDouble() < defects.stuckLowShare();
        cells.live(cell, stuck ? low ? CellState.STUCK_LOW : CellState.STUCK_HIGH : CellState.VIRGIN);
        cells.ownStrength[cell] = (float) random.nextGaussian();
        cells.ownThreshold[cell] = (float) random.nextGaussian();
        cells.ownLevel[cell] = (float) random.nextGaussian();
        cells.ownDepth[cell] = (float) random.nextGaussian();
        cells.enduranceCycles[cell] = (float) (defects.enduranceCycles()
                * Math.pow(random.nextExponential(), 1 / defects.enduranceShape()));
        AbruptFilament.Forming forming = technology.forming();
        double virgin = forming.virginSiemens() * Math.exp(forming.virginSpread() * random.nextGaussian());
        cells.fullSiemens[cell] = stuck && low ? defects.stuckSiemens() : virgin;
        cells.setSiemens[cell] = cells.fullSiemens[cell];
        cells.programmedSeconds[cell] = Double.NEGATIVE_INFINITY;
        cells.redraw(cell, random);
    }

    private CellRandom random(int cell, long event, long tag) {
        return new CellRandom(CellRandom.event(CellRandom.key(seedBits, cell), event), tag);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public double pulse(int cell, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        AbruptPulse pulse = compile(polarity, columnVolts, gateVolts, widthSeconds);
        beside.begin(cell);
        double amps = pulse(cell, pulse, startSeconds);
        neighbours.dose(pulse).ifPresent(dose -> beside.end(cell, dose));
        return amps;
    }

    @Override
    public void begin(PulseProgram program, double nowSeconds) {
        beside.begin(program);
    }

    @Override
    public void end(PulseProgram program, List<AbruptPulse> kinds, double nowSeconds) {
        beside.end(program, kinds.stream().map(neighbours::dose).toList());
    }

    private void settle(int cell) {
        CellRandom random = besideRandom(cell);
        beside.tell(cell, (shut, pulses) -> switching.beside(cell, shut, pulses, random));
        beside.settled(cell);
    }

    private CellRandom besideRandom(int cell) {
        return random(cell, Double.doubleToRawLongBits(beside.felt(cell)), BESIDE_TAG);
    }

    /** {@return what a cell will be when it has felt all, with number 0} */
    private AbruptCells felt(int cell) {
        AbruptCells one = cells.one(cell);
        CellRandom random = besideRandom(cell);
        AbruptSwitching there = new AbruptSwitching(technology, circuit, one, seedBits);
        beside.tell(cell, (shut, pulses) -> there.beside(0, shut, pulses, random));
        return one;
    }

    @Override
    public AbruptPulse compile(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        return new AbruptPulse(polarity, columnVolts, gateVolts, widthSeconds);
    }

    @Override
    public double pulse(int cell, AbruptPulse pulse, double startSeconds) {
        cells.received[cell]++;
        if (pulse.wears()) {
            program(cell, pulse, startSeconds);
        }
        return amps(cell, pulse, startSeconds) + noise.testerAmps(cell, cells.received[cell]);
    }

    @Override
    public double train(int cell, AbruptPulse pulse, int count, double firstSeconds, StepTiming timing) {
        double start = firstSeconds;
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                start = start + (pulse.widthSeconds() + timing.recoverySeconds()) + timing.settleSeconds();
            }
            cells.received[cell]++;
            if (pulse.wears()) {
                program(cell, pulse, start);
            } else {
                amps(cell, pulse, start);
            }
        }
        return start;
    }

    private void program(int cell, AbruptPulse pulse, double startSeconds) {
        if (switching.program(cell, pulse)) {
            cells.programmedSeconds[cell] = startSeconds + pulse.widthSeconds();
            noise.settled(cell, cells.received[cell]);
        }
        noise.reconnect(cell, cells.received[cell]);
    }

    /** {@return the current; noise moves on in time at readings, and is held while a pulse programs} */
    private double amps(int cell, AbruptPulse pulse, double nowSeconds) {
        if (cells.is(cell, CellState.UNREACHABLE)) {
            return 0;
        }
        double siemens = cells.siemens(cell)
                * (1 + technology.reading().polarisationPerVolt() * cells.polarisingVolts[cell]);
        double present = pulse.wears()
                ? noise.held(cell, siemens)
                : noise.present(cell, cells.received[cell], siemens, nowSeconds - cells.programmedSeconds[cell],
                        nowSeconds);
        return present * circuit.cellVolts(present, switching.overdriveVolts(cell, pulse.gateVolts()),
                pulse.columnVolts(), pulse.polarity() == Polarity.RESET);
    }

    /**
     * Read a cell with an instrument that has no noise of its own.
     *
     * @param cell the cell's number
     * @param columnVolts volts on the bit line, low enough not to program
     * @param gateVolts volts on the word line
     * @param nowSeconds when
     * @return amperes
     */
    public double quietAmps(int cell, double columnVolts, double gateVolts, double nowSeconds) {
        beside.begin(cell);
        cells.received[cell]++;
        return amps(cell, new AbruptPulse(Polarity.SET, columnVolts, gateVolts, 0), nowSeconds);
    }

    /**
     * Let a prepared cell count as programmed at a moment, so that it relaxes from then on.
     *
     * @param cell the cell's number
     * @param nowSeconds the moment
     */
    public void programmed(int cell, double nowSeconds) {
        cells.programmedSeconds[cell] = nowSeconds;
        noise.settled(cell, cells.received[cell]);
    }

    /**
     * Tell what a noiseless reading of a cell would give: the conductance of filament, transistor and lines.
     *
     * @param cell the cell's number
     * @param columnVolts volts of the reading
     * @param gateVolts volts on the word line
     * @return siemens
     */
    public double conductanceSiemens(int cell, double columnVolts, double gateVolts) {
        if (cells.is(cell, CellState.UNREACHABLE)) {
            return 0;
        }
        if (beside.isBehind(cell)) {
            AbruptCells felt = felt(cell);
            return readSiemens(felt.siemens(0), new AbruptSwitching(technology, circuit, felt, seedBits)
                    .overdriveVolts(0, gateVolts), columnVolts);
        }
        return readSiemens(cells.siemens(cell), switching.overdriveVolts(cell, gateVolts), columnVolts);
    }

    private double readSiemens(double siemens, double overdriveVolts, double columnVolts) {
        return siemens * circuit.cellVolts(siemens, overdriveVolts, columnVolts, false) / columnVolts;
    }

    @Override
    public double conductanceSiemens(int cell) {
        return conductanceSiemens(cell, Pulse.READ.columnVolts(), Pulse.READ.gateVolts());
    }

    @Override
    public CellState state(int cell) {
        return LIVES[beside.isBehind(cell) ? felt(cell).life[0] : cells.life[cell]];
    }

    @Override
    public long pulsesReceived(int cell) {
        return cells.received[cell];
    }

    /**
     * Bring a cell to a conductance, as programming with verification would, without its pulses.
     *
     * @param cell the cell's number
     * @param readSiemens what a noiseless reading at 0.2 V and a gate of 2.5 V shall give
     * @param cycles how many SET and RESET it has gone through
     * @param broken whether it came there by RESET
     */
    public void prepare(int cell, double readSiemens, int cycles, boolean broken) {
        beside.begin(cell);
        CellRandom random = random(cell, ++cells.received[cell], PULSE_TAG);
        cells.live(cell, CellState.FORMED);
        cells.cycles[cell] = cycles;
        cells.threshold[cell] = (float) random.nextGaussian();
        cells.redraw(cell, random);
        double siemens = circuit.filamentSiemens(readSiemens, switching.overdriveVolts(cell, Read.GATE_VOLTS),
                Read.VOLTS);
        cells.fullSiemens[cell] = siemens;
        cells.setSiemens[cell] = siemens;
        cells.strain[cell] = broken ? 1 : 0;
        cells.programmedSeconds[cell] = Double.NEGATIVE_INFINITY;
    }

    /** The reading that {@link #prepare} speaks of. */
    private static final class Read {
        static final double VOLTS = 0.2;
        static final double GATE_VOLTS = 2.5;
    }
}
