package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.ARRANGEMENT;
import static org.memloop.sim.array.CellRecords.CHANNELS;
import static org.memloop.sim.array.CellRecords.CONDUCTANCE_FACTOR;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.RESERVOIR;
import static org.memloop.sim.array.CellRecords.RESET_SPEED;
import static org.memloop.sim.array.CellRecords.SET_SPEED;
import static org.memloop.sim.array.CellRecords.THRESHOLD_VOLTS;
import static org.memloop.sim.array.CellRecords.TRANSCONDUCTANCE;

import org.memloop.bench.Geometry;
import org.memloop.sim.device.Technology;
import org.memloop.sim.random.CellRandom;

/** Draw what makes each cell of a die itself, once, when the die is made; and keep the part that is seldom needed. */
final class Fabrication {
    private static final long TAG = 1;
    private static final long LINE_TAG = 10;

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
        int cells = geometry.cells();
        this.technology = technology;
        this.records = records;
        virginSiemens = new float[cells];
        strengthVolts = new float[cells];
        lifetime = new double[cells];
        enduranceCycles = new float[cells];
        for (int cell = 0; cell < cells; cell++) {
            make(cell, new CellRandom(records.event(cell, 0), TAG));
        }
        if (technology.defects().brokenLines() > 0) {
            breakLines(geometry);
        }
    }

    /** Break word lines (one for each row), then bit and source lines (one each for each column). */
    private void breakLines(Geometry geometry) {
        int rows = geometry.rows();
        int columns = geometry.columns();
        for (int line = 0; line < rows + 2 * columns; line++) {
            // cells have the numbers from 0 on, so that a line's number is no cell's
            double uniform = new CellRandom(records.event(-1 - line, 0), LINE_TAG).nextDouble();
            if (uniform < technology.defects().brokenLines()) {
                for (int i = 0; i < (line < rows ? columns : rows); i++) {
                    int cell = line < rows ? geometry.cell(line, i) : geometry.cell(i, (line - rows) % columns);
                    records.live(cell, CellState.UNREACHABLE);
                }
            }
        }
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
        records.set(cell, RESET_SPEED, Math.exp(m.resetLog() * random.nextGaussian()
                + m.resetByThresholdPerVolt() * shiftVolts + m.resetByTransconductance() * stronger));
        Technology.Forming f = technology.forming();
        virginSiemens[cell] = (float) (f.virginSiemens() * Math.exp(f.virginSpread() * random.nextGaussian()));
        strengthVolts[cell] = (float) (f.breakdownVolts() + f.breakdownSpreadVolts() * random.nextGaussian());
        lifetime[cell] = Math.pow(random.nextExponential(), 1 / f.breakdownShape());
        records.set(cell, RESERVOIR, f.reservoirChannels() * Math.exp(f.reservoirSpread() * random.nextGaussian()));
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
