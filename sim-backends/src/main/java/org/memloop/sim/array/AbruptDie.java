package org.memloop.sim.array;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.random.CellRandom;

/**
 * Simulate a die of 1T1R cells whose filaments break abruptly, each with its own history, variability and noise.
 *
 * <p>What a cell does depends on the seed, its number, and the pulses it got and when; not on the other cells. Different
 * threads may pulse different cells at the same time.
 */
public final class AbruptDie implements SimulatedDie {
    private static final long MAKING_TAG = 21;
    private static final long SETTING_TAG = 22;
    private static final long PULSE_TAG = 23;
    /** Volts of a heated gap for which {@link AbruptFilament.Collapse#depth} holds. */
    private static final double DEPTH_VOLTS = 2;
    /** Drive at which the waiting time holds: 3 V on the column and 1 V across the cell. */
    private static final double DRIVE_VOLTS = Math.sqrt(3);

    /** Share of a filament that is left at least as long as it has not broken. */
    private static final double LEAST_LEFT = 0.5;

    private final Geometry geometry;
    private final AbruptFilament technology;
    private final long seedBits;
    private final AbruptCells cells;
    private final AbruptNoise noise;

    /**
     * Make a virgin die.
     *
     * @param geometry its shape
     * @param technology its cells
     * @param seed everything random follows from it
     */
    public AbruptDie(Geometry geometry, AbruptFilament technology, long seed) {
        this.geometry = geometry;
        this.technology = technology;
        seedBits = CellRandom.seedBits(seed);
        cells = new AbruptCells(geometry.cells());
        noise = new AbruptNoise(technology, geometry.cells(), seedBits);
        for (int cell = 0; cell < geometry.cells(); cell++) {
            make(cell);
        }
    }

    private void make(int cell) {
        CellRandom random = random(cell, 0, MAKING_TAG);
        boolean stuck = random.nextDouble() < technology.forming().stuckFraction();
        cells.ownStrength[cell] = stuck ? Float.POSITIVE_INFINITY : (float) random.nextGaussian();
        cells.ownThreshold[cell] = (float) random.nextGaussian();
        cells.ownLevel[cell] = (float) random.nextGaussian();
        cells.ownDepth[cell] = (float) random.nextGaussian();
        AbruptFilament.Forming forming = technology.forming();
        cells.virgin[cell] = true;
        cells.fullSiemens[cell] = forming.virginSiemens() * Math.exp(forming.virginSpread() * random.nextGaussian());
        cells.setSiemens[cell] = cells.fullSiemens[cell];
        cells.programmedSeconds[cell] = Double.NEGATIVE_INFINITY;
        redraw(cell, random);
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
        cells.received[cell]++;
        if (columnVolts > Pulse.NON_DISTURBING_VOLTS) {
            program(cell, polarity, columnVolts, gateVolts, widthSeconds, startSeconds + widthSeconds);
            noise.arrange(cell, cells.received[cell]);
        }
        return amps(cell, polarity, columnVolts, gateVolts, startSeconds)
                + noise.testerAmps(cell, cells.received[cell]);
    }

    private double amps(int cell, Polarity polarity, double columnVolts, double gateVolts, double nowSeconds) {
        double present = noise.present(cell, cells.received[cell], siemens(cell),
                nowSeconds - cells.programmedSeconds[cell], nowSeconds);
        return present * technology.cellVolts(present, overdriveVolts(cell, gateVolts), columnVolts,
                polarity == Polarity.RESET);
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
        cells.received[cell]++;
        return amps(cell, Polarity.SET, columnVolts, gateVolts, nowSeconds);
    }

    /**
     * Let a prepared cell count as programmed at a moment, so that it relaxes from then on.
     *
     * @param cell the cell's number
     * @param nowSeconds the moment
     */
    public void programmed(int cell, double nowSeconds) {
        cells.programmedSeconds[cell] = nowSeconds;
        noise.settled(cell);
    }

    private void program(int cell, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double endSeconds) {
        double before = siemens(cell);
        if (polarity == Polarity.SET) {
            set(cell, columnVolts, gateVolts, widthSeconds);
        } else if (!cells.virgin[cell]) {
            reset(cell, columnVolts, gateVolts, widthSeconds);
        }
        if (siemens(cell) != before) {
            cells.programmedSeconds[cell] = endSeconds;
            noise.settled(cell);
        }
    }

    private void set(int cell, double columnVolts, double gateVolts, double seconds) {
        CellRandom random = random(cell, cells.received[cell], SETTING_TAG);
        double onset = random.nextGaussian();
        boolean forming = cells.virgin[cell];
        if (columnVolts < (forming ? strengthVolts(cell, seconds) : onsetVolts(onset, seconds))) {
            return;
        }
        AbruptFilament.Cycling cycling = technology.cycling();
        double cycleThreshold = random.nextGaussian();
        double shift = mixed(cells.ownThreshold[cell], cycleThreshold, cycling.levelShare());
        double level = mixed(cells.ownLevel[cell], random.nextGaussian(), cycling.levelShare());
        double overdrive = gateVolts - technology.access().thresholdVolts()
                - technology.access().thresholdSpreadVolts() * shift;
        double to = technology.levelSiemens(overdrive, columnVolts, seconds)
                * Math.exp(technology.setting().levelSpread() * level);
        if (forming) {
            cells.virgin[cell] = false;
            to *= technology.forming().share() * Math.exp(technology.forming().shareSpread() * random.nextGaussian());
        }
        if (cells.turned[cell]) {
            cells.turned[cell] = false;
            cells.cycles[cell]++;
        }
        if (to <= siemens(cell)) {
            return;
        }
        cells.threshold[cell] = (float) cycleThreshold;
        cells.setSiemens[cell] = to;
        cells.fullSiemens[cell] = to;
        redraw(cell, random);
    }

    private double strengthVolts(int cell, double seconds) {
        AbruptFilament.Forming forming = technology.forming();
        double shift = cells.ownStrength[cell];
        return forming.strengthVolts() + (Double.isFinite(shift) ? forming.strengthSpreadVolts() * shift : shift)
                - forming.strengthPerDecadeVolts() * Math.log10(seconds / 1e-6);
    }

    private double onsetVolts(double draw, double seconds) {
        AbruptFilament.Setting setting = technology.setting();
        return setting.onsetVolts() + setting.onsetSpreadVolts() * draw
                - setting.onsetPerDecadeVolts() * Math.log10(seconds / 100e-9);
    }

    /** Begin a new filament: no gap, and its own chances under RESET. */
    private void redraw(int cell, CellRandom random) {
        cells.gap[cell] = 0;
        cells.strain[cell] = 0;
        cells.growth[cell] = (float) random.nextGaussian();
        cells.waiting[cell] = (float) random.nextGaussian();
        cells.patience[cell] = (float) random.nextExponential();
        cells.depth[cell] = (float) random.nextGaussian();
        cells.duration[cell] = (float) random.nextGaussian();
    }

    private void reset(int cell, double columnVolts, double gateVolts, double seconds) {
        cells.turned[cell] = true;
        double overdrive = overdriveVolts(cell, gateVolts);
        double left = seconds;
        if (cells.strain[cell] < 1) {
            // of the filament as it was SET, so that it makes no difference how long pulses are divided into short ones
            double volts = technology.cellVolts(cells.setSiemens[cell], overdrive, columnVolts, true);
            AbruptFilament.Growth g = technology.growth();
            double waitSeconds = waitSeconds(cell, volts, columnVolts);
            double needed = (1 - cells.strain[cell]) * waitSeconds;
            double growing = Math.min(seconds, needed);
            double size = g.sizeSiemens() * (1 + g.sizeSpread() * cells.growth[cell])
                    * Math.pow(volts, g.cellExponent()) * Math.pow(columnVolts / 3, g.columnExponent());
            double target = Math.max(LEAST_LEFT * cells.setSiemens[cell], cells.setSiemens[cell] + size);
            cells.fullSiemens[cell] += (target - cells.fullSiemens[cell]) * -Math.expm1(-growing / g.timeSeconds());
            cells.strain[cell] = needed <= seconds ? 1 : cells.strain[cell] + seconds / waitSeconds;
            left = seconds - growing;
        }
        if (left > 0) {
            open(cell, Math.max(0, Math.min(columnVolts, overdrive)), left);
        }
    }

    private double waitSeconds(int cell, double cellVolts, double columnVolts) {
        AbruptFilament.Collapse c = technology.collapse();
        double drive = Math.sqrt(cellVolts * columnVolts);
        return c.timeSeconds() / (1 + (technology.cycling().hastening() - 1) * experience(cell))
                * Math.exp((DRIVE_VOLTS - drive) / c.steepnessVolts() - c.spread() * cells.waiting[cell])
                * Math.pow(cells.setSiemens[cell] / AbruptFilament.REFERENCE_SIEMENS, c.sizeExponent())
                * Math.pow(cells.patience[cell], 1 / c.shape());
    }

    /** Open the gap of a broken filament further. */
    private void open(int cell, double volts, double seconds) {
        AbruptFilament.Collapse c = technology.collapse();
        AbruptFilament.Cycling cycling = technology.cycling();
        double draw = mixed(cells.ownDepth[cell], cells.depth[cell], cycling.depthShare());
        double goal = c.depth() * Math.exp(c.depthSpread() * draw) * Math.pow(volts / DEPTH_VOLTS, c.depthExponent())
                * (1 + (cycling.deepening() - 1) * experience(cell));
        double durationSeconds = c.durationSeconds() * Math.exp(c.durationSpread() * cells.duration[cell]);
        if (goal > cells.gap[cell]) {
            cells.gap[cell] += (goal - cells.gap[cell]) * -Math.expm1(-seconds / durationSeconds);
        }
    }

    private double experience(int cell) {
        return -Math.expm1(-cells.cycles[cell] / technology.cycling().cycles());
    }

    private static double mixed(double own, double drawn, double share) {
        return Math.sqrt(share) * own + Math.sqrt(1 - share) * drawn;
    }

    private double overdriveVolts(int cell, double gateVolts) {
        double shift = mixed(cells.ownThreshold[cell], cells.threshold[cell], technology.cycling().levelShare());
        return gateVolts - technology.access().thresholdVolts()
                - technology.access().thresholdSpreadVolts() * shift;
    }

    /** {@return the mean conductance of a cell's filament, without transistor} */
    private double siemens(int cell) {
        return cells.fullSiemens[cell] * Math.exp(-cells.gap[cell]);
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
        double siemens = siemens(cell);
        return siemens * technology.cellVolts(siemens, overdriveVolts(cell, gateVolts), columnVolts, false)
                / columnVolts;
    }

    @Override
    public double conductanceSiemens(int cell) {
        return conductanceSiemens(cell, Pulse.READ.columnVolts(), Pulse.READ.gateVolts());
    }

    @Override
    public CellState state(int cell) {
        return cells.virgin[cell]
                ? Float.isFinite(cells.ownStrength[cell]) ? CellState.VIRGIN : CellState.STUCK_HIGH
                : CellState.FORMED;
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
        CellRandom random = random(cell, ++cells.received[cell], PULSE_TAG);
        cells.virgin[cell] = false;
        cells.cycles[cell] = cycles;
        cells.threshold[cell] = (float) random.nextGaussian();
        redraw(cell, random);
        double siemens = technology.filamentSiemens(readSiemens, overdriveVolts(cell, Read.GATE_VOLTS), Read.VOLTS);
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
