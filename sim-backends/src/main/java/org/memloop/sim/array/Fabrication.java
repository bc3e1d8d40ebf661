package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.ARRANGEMENT;
import static org.memloop.sim.array.CellRecords.CHANNELS;
import static org.memloop.sim.array.CellRecords.CONDUCTANCE_FACTOR;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.SET_SPEED;
import static org.memloop.sim.array.CellRecords.THRESHOLD_VOLTS;
import static org.memloop.sim.array.CellRecords.TRANSCONDUCTANCE;

import org.memloop.bench.Geometry;
import org.memloop.sim.device.Technology;
import org.memloop.sim.random.CellRandom;

/** Draw what makes each cell of a die itself, once, when the die is made; and keep the part that is seldom needed. */
final class Fabrication {
    private static final long TAG = 1;

    /** Standard normal number that tells this turn of direction from others. */
    final float[] draw;
    /** Own factor on the speed of RESET. */
    final float[] resetSpeed;
    /** Highest state that its vacancies allow, channels. */
    final float[] reservoir;
    /** How many times it was SET after a RESET. */
    final int[] cycles;
    /** Conductance without a filament. */
    final float[] virginSiemens;
    /** Volts at which the mean time to breakdown is the technology's. */
    final float[] strengthVolts;
    /** How much of its mean time to breakdown the virgin oxide still withstands; pulses use it up. */
    final double[] lifetime;
    /** After how many cycles it fails. */
    final float[] enduranceCycles;

    private final Technology technology;
    private final CellRecords records;

    Fabrication(Technology technology, CellRecords records, Geometry geometry) {
        int count = geometry.cells();
        this.technology = technology;
        this.records = records;
        draw = new float[count];
        resetSpeed = new float[count];
        reservoir = new float[count];
        cycles = new int[count];
        virginSiemens = new float[count];
        strengthVolts = new float[count];
        lifetime = new double[count];
        enduranceCycles = new float[count];
        for (int cell = 0; cell < count; cell++) {
            make(cell, new CellRandom(records.event(cell, 0), TAG));
        }
        BrokenLines.breakSome(geometry, technology.defects().brokenLines(), records.seedBits(),
                cell -> records.live(cell, CellState.UNREACHABLE));
    }

    private void make(int cell, CellRandom random) {
        Technology.Mismatch m = technology.mismatch();
        double shiftVolts = m.thresholdVolts() * random.nextGaussian();
        double stronger = m.transconductance() * random.nextGaussian();
        records.set(cell, THRESHOLD_VOLTS, technology.transistor().thresholdVolts() + shiftVolts);
        records.set(cell, TRANSCONDUCTANCE,
                technology.transistor().transconductanceAmpsPerSquareVolt() * (1 + stronger));
        records.set(cell, CONDUCTANCE_FACTOR, Math.max(0.1, 1 + m.conductance() * random.nextGaussian()));
        records.set(cell, SET_SPEED,
                Math.exp(m.setLog() * random.nextGaussian() + m.setByThresholdPerVolt() * shiftVolts
                        + m.setByTransconductance() * stronger));
        resetSpeed[cell] = (float) Math.exp(m.resetLog() * random.nextGaussian()
                + m.resetByThresholdPerVolt() * shiftVolts + m.resetByTransconductance() * stronger);
        Technology.Forming f = technology.forming();
        virginSiemens[cell] = (float) (f.virginSiemens() * Math.exp(f.virginSpread() * random.nextGaussian()));
        strengthVolts[cell] = (float) (f.breakdownVolts() + f.breakdownSpreadVolts() * random.nextGaussian());
        lifetime[cell] = Math.pow(random.nextExponential(), 1 / f.breakdownShape());
        reservoir[cell] = (float) (f.reservoirChannels() * Math.exp(f.reservoirSpread() * random.nextGaussian()));
        Technology.Defects d = technology.defects();
        enduranceCycles[cell] = (float) (d.enduranceCycles()
                * Math.pow(random.nextExponential(), 1 / d.enduranceShape()));
        boolean stuck = random.nextDouble() < d.stuckFraction();
        boolean low = random.nextDouble() < d.stuckLowShare();
        CellState life = stuck ? low ? CellState.STUCK_LOW : CellState.STUCK_HIGH : CellState.VIRGIN;
        records.live(cell, life);
        records.set(cell, CHANNELS, d.stuckChannels());
        records.set(cell, ARRANGEMENT, random.nextGaussian());
        records.set(cell, RELAXATION, random.nextGaussian());
    }
}
