package org.memloop.sim.array;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.random.CellRandom;

/** Move the filaments of an {@link AbruptDie}: forming, SET to the level of the gate, RESET that grows and then breaks. */
final class AbruptSwitching {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final long SETTING_TAG = 22;
    private static final long WEAR_OUT_TAG = 24;
    /** Volts of a heated gap for which {@link AbruptFilament.Collapse#depth} holds. */
    private static final double DEPTH_VOLTS = 2;
    /** Drive at which the waiting time holds: 3 V on the column and 1 V across the cell. */
    private static final double DRIVE_VOLTS = Math.sqrt(3);
    /** Share of a filament that is left at least as long as it has not broken. */
    private static final double LEAST_LEFT = 0.5;

    private final AbruptFilament technology;
    private final AbruptCircuit circuit;
    private final AbruptCells cells;
    private final long seedBits;

    AbruptSwitching(AbruptFilament technology, AbruptCircuit circuit, AbruptCells cells, long seedBits) {
        this.technology = technology;
        this.circuit = circuit;
        this.cells = cells;
        this.seedBits = seedBits;
    }

    private CellRandom random(int cell, long tag) {
        return new CellRandom(CellRandom.event(CellRandom.key(seedBits, cell), cells.received[cell]), tag);
    }

    /** Apply one pulse that wears. {@return whether it changed the filament} */
    boolean program(int cell, AbruptPulse pulse) {
        boolean set = pulse.polarity() == Polarity.SET;
        cells.polarisingVolts[cell] = set ? 0 : (float) pulse.columnVolts();
        boolean virgin = cells.is(cell, CellState.VIRGIN);
        if (!virgin && !cells.is(cell, CellState.FORMED) || virgin && !set) {
            return false;
        }
        double before = cells.siemens(cell);
        if (set) {
            set(cell, virgin, pulse);
        } else {
            reset(cell, pulse);
        }
        return cells.siemens(cell) != before;
    }

    /**
     * Apply pulses on other cells of its column to a cell, whose own gate is shut. Its transistor leaves it a share of the
     * volts, and that is what switches it; a leak counts for no cycle.
     */
    void beside(int cell, AbruptPulse shut, double pulses, CellRandom random) {
        boolean virgin = cells.is(cell, CellState.VIRGIN);
        if (shut.polarity() == Polarity.SET && (virgin || cells.is(cell, CellState.FORMED))) {
            leak(cell, virgin, shut, pulses, random);
        } else if (shut.polarity() == Polarity.RESET && cells.is(cell, CellState.FORMED)) {
            heat(cell, shut, pulses * technology.growth().heatedSeconds(shut.widthSeconds()));
        }
    }

    private void leak(int cell, boolean virgin, AbruptPulse shut, double pulses, CellRandom random) {
        double seconds = shut.widthSeconds();
        double volts = circuit.cellVolts(cells.siemens(cell), overdriveVolts(cell, shut.gateVolts()),
                shut.columnVolts(), false);
        double draw = random.nextDouble();
        boolean switches = virgin
                ? volts >= strengthVolts(cell, pulses * seconds)
                : draw < -Math.expm1(pulses * Math.log1p(-onsetChance(volts, seconds)));
        if (switches) {
            settle(cell, virgin, shut, random);
        }
    }

    /** {@return the chance that one pulse of SET finds a cell's onset below the volts it gets} */
    private double onsetChance(double cellVolts, double seconds) {
        double above = cellVolts - onsetVolts(0, seconds);
        double spread = technology.setting().onsetSpreadVolts();
        return spread > 0 ? NORMAL.cumulativeProbability(above / spread) : above >= 0 ? 1 : 0;
    }

    private void set(int cell, boolean forming, AbruptPulse pulse) {
        CellRandom random = random(cell, SETTING_TAG);
        double onset = random.nextGaussian();
        double seconds = pulse.widthSeconds();
        if (pulse.columnVolts() < (forming ? strengthVolts(cell, seconds) : onsetVolts(onset, seconds))) {
            return;
        }
        if (cells.turned[cell]) {
            cells.turned[cell] = false;
            wear(cell);
        }
        settle(cell, forming, pulse, random);
    }

    /** Let a filament that grows come to its level, that of the gate of the pulse; a virgin cell has one from now on. */
    private void settle(int cell, boolean forming, AbruptPulse pulse, CellRandom random) {
        AbruptFilament.Cycling cycling = technology.cycling();
        double cycleThreshold = random.nextGaussian();
        double shift = mixed(cells.ownThreshold[cell], cycleThreshold, cycling.levelShare());
        double level = mixed(cells.ownLevel[cell], random.nextGaussian(), cycling.levelShare());
        double to = circuit.levelSiemens(overdriveVolts(pulse.gateVolts(), shift), pulse.columnVolts(),
                pulse.widthSeconds()) * Math.exp(technology.setting().levelSpread() * level);
        if (forming) {
            cells.live(cell, CellState.FORMED);
            to *= technology.forming().share() * Math.exp(technology.forming().shareSpread() * random.nextGaussian());
        }
        raise(cell, to, cycleThreshold, random);
    }

    private void raise(int cell, double toSiemens, double cycleThreshold, CellRandom random) {
        if (toSiemens > cells.siemens(cell)) {
            cells.threshold[cell] = (float) cycleThreshold;
            cells.setSiemens[cell] = toSiemens;
            cells.fullSiemens[cell] = toSiemens;
            cells.redraw(cell, random);
        }
    }

    /** Count a cycle; the one too many leaves the cell as it is now for ever, or with the filament it had last. */
    private void wear(int cell) {
        if (++cells.cycles[cell] > cells.enduranceCycles[cell]) {
            boolean low = random(cell, WEAR_OUT_TAG).nextDouble() < technology.defects().wornLowShare();
            cells.live(cell, low ? CellState.STUCK_LOW : CellState.STUCK_HIGH);
            cells.gap[cell] = low ? 0 : cells.gap[cell];
        }
    }

    private double strengthVolts(int cell, double seconds) {
        AbruptFilament.Forming forming = technology.forming();
        return forming.strengthVolts() + forming.strengthSpreadVolts() * cells.ownStrength[cell]
                - forming.strengthPerDecadeVolts() * Math.log10(seconds / 1e-6);
    }

    private double onsetVolts(double draw, double seconds) {
        AbruptFilament.Setting setting = technology.setting();
        return setting.onsetVolts() + setting.onsetSpreadVolts() * draw
                - setting.onsetPerDecadeVolts() * Math.log10(seconds / 100e-9);
    }

    private void reset(int cell, AbruptPulse pulse) {
        cells.turned[cell] = true;
        heat(cell, pulse, technology.growth().heatedSeconds(pulse.widthSeconds()));
    }

    private void heat(int cell, AbruptPulse pulse, double heated) {
        double columnVolts = pulse.columnVolts();
        double overdrive = overdriveVolts(cell, pulse.gateVolts());
        double left = heated;
        if (cells.strain[cell] < 1) {
            // of the filament as it was SET, so that it makes no difference how long pulses are divided into short ones
            double volts = circuit.cellVolts(cells.setSiemens[cell], overdrive, columnVolts, true);
            double waitSeconds = waitSeconds(cell, volts, columnVolts);
            double needed = (1 - cells.strain[cell]) * waitSeconds;
            double growing = Math.min(heated, needed);
            grow(cell, volts, columnVolts, growing);
            cells.strain[cell] = needed <= heated ? 1 : cells.strain[cell] + heated / waitSeconds;
            left = heated - growing;
        }
        if (left > 0) {
            open(cell, Math.max(0, Math.min(columnVolts, overdrive)), left);
        }
    }

    private void grow(int cell, double cellVolts, double columnVolts, double seconds) {
        AbruptFilament.Growth g = technology.growth();
        double set = cells.setSiemens[cell];
        double size = g.sizeSiemens() * (1 + g.sizeSpread() * cells.growth[cell])
                * Math.pow(cellVolts, g.cellExponent()) * Math.pow(columnVolts / 3, g.columnExponent());
        double target = Math.max(LEAST_LEFT * set, set + size);
        double timeSeconds = g.timeSeconds() * Math.exp(-g.timeSpread() * cells.waiting[cell]);
        cells.fullSiemens[cell] += (target - cells.fullSiemens[cell]) * -Math.expm1(-seconds / timeSeconds);
    }

    private double waitSeconds(int cell, double cellVolts, double columnVolts) {
        AbruptFilament.Collapse c = technology.collapse();
        double drive = Math.sqrt(cellVolts * columnVolts);
        return c.timeSeconds() / (1 + (technology.cycling().hastening() - 1) * experience(cell))
                * Math.exp((DRIVE_VOLTS - drive) / c.steepnessVolts() - c.spread() * cells.waiting[cell])
                * Math.pow(cells.setSiemens[cell] / AbruptFilament.REFERENCE_SIEMENS, c.sizeExponent())
                * (c.delay() + (1 - c.delay()) * Math.pow(cells.patience[cell], 1 / c.shape()));
    }

    /** Open the gap of a broken filament further. */
    private void open(int cell, double volts, double seconds) {
        AbruptFilament.Collapse c = technology.collapse();
        AbruptFilament.Cycling cycling = technology.cycling();
        double draw = mixed(cells.ownDepth[cell], cells.depth[cell], cycling.depthShare());
        double goal = c.depth() * Math.exp(c.depthSpread() * draw)
                * Math.pow(volts / DEPTH_VOLTS, c.depthExponent())
                * (1 + (cycling.deepening() - 1) * experience(cell));
        double durationSeconds = c.durationSeconds() * Math.exp(c.durationSpread() * cells.duration[cell]);
        if (goal > cells.gap[cell]) {
            cells.gap[cell] += (goal - cells.gap[cell]) * -Math.expm1(-seconds / durationSeconds);
        }
    }

    private double experience(int cell) {
        return -Math.expm1(-cells.cycles[cell] / technology.cycling().cycles());
    }

    /** {@return gate volts over the threshold of a cell in its present cycle} */
    double overdriveVolts(int cell, double gateVolts) {
        return overdriveVolts(gateVolts,
                mixed(cells.ownThreshold[cell], cells.threshold[cell], technology.cycling().levelShare()));
    }

    private double overdriveVolts(double gateVolts, double shift) {
        return gateVolts - technology.access().thresholdVolts() - technology.access().thresholdSpreadVolts() * shift;
    }

    private static double mixed(double own, double drawn, double share) {
        return Math.sqrt(share) * own + Math.sqrt(1 - share) * drawn;
    }
}
