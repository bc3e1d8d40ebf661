package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.DECADES;
import static org.memloop.sim.array.CellRecords.PROGRAMMED_SECONDS;
import static org.memloop.sim.array.CellRecords.READ_SECONDS;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.TRAPS;

import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.Technology;
import org.memloop.sim.random.CellRandom;
import org.memloop.sim.random.Poisson;

/**
 * Let the readings of each cell fluctuate in simulated time: random telegraph noise of its traps, white noise, 1/f noise as one
 * Ornstein-Uhlenbeck process for each decade of time, and relaxation after programming.
 *
 * <p>Traps and decades move on from one reading to the next as they would have in between, however long it takes.
 */
final class CellNoise {
    private static final long TAG = 2;
    /** How many normal numbers a reading takes: one for each decade, and one for white noise. */
    static final int NORMALS = DECADES + 1;
    private static final double NATURAL_PER_DECADE = Math.log(10);
    private static final double DECADES_PER_OCTAVE = Math.log10(2);
    private static final double LEAST_SHARE = -0.9;
    private final Technology.Noise constants;
    private final double referenceSiemens;
    private final double whiteRoot;
    private final double flickerRoot;
    private final double flickerMost;
    private final double onsetHertz;
    private final CellRecords records;
    private final Traps traps;

    /** Give every cell its traps, and a history longer than any memory. */
    CellNoise(Technology technology, CellRecords records, int cells) {
        constants = technology.noise();
        referenceSiemens = constants.referenceSiemens();
        whiteRoot = Math.sqrt(constants.whitePerHertz() / 2);
        // a spectrum A/f holds the variance A ln 10 in each decade
        flickerRoot = Math.sqrt(constants.flicker() * NATURAL_PER_DECADE);
        flickerMost = Math.sqrt(constants.flickerMax() * NATURAL_PER_DECADE);
        onsetHertz = 1 / constants.relaxationOnsetSeconds();
        this.records = records;
        for (int cell = 0; cell < cells; cell++) {
            records.set(cell, TRAPS,
                    Math.min(Traps.MOST, Poisson.small(constants.traps(), random(cell).nextDouble())));
        }
        traps = new Traps(technology, records, cells);
        for (int cell = 0; cell < cells; cell++) {
            make(cell);
        }
    }

    private CellRandom random(int cell) {
        return new CellRandom(records.event(cell, 0), TAG);
    }

    private void make(int cell) {
        CellRandom random = random(cell);
        random.nextDouble(); // told how many traps there are
        traps.make(cell, random);
        for (int decade = 0; decade < DECADES; decade++) {
            records.setFlicker(cell, decade, (float) random.nextGaussian());
        }
    }

    /**
     * Let the traps and the 1/f noise of the cells of some readings move on to the times of these, and tell by which
     * share of its mean each filament's conductance differs from it then.
     *
     * @param batch readings with random bits, and with the volts and the current at the mean conductance
     * @param widthSeconds how long a reading averages over what is faster
     */
    void advance(Batch batch, double widthSeconds) {
        batch.normals.draw(batch.lowBits, batch.highBits, batch.count);
        pass(batch);
        thin(batch);
        traps.move(batch, widthSeconds);
        addFlicker(batch, widthSeconds);
    }

    private void pass(Batch batch) {
        for (int i = 0; i < batch.count; i++) {
            int cell = batch.cells[i];
            double now = batch.startSeconds[i];
            batch.passedSeconds[i] = Math.max(0, now - records.get(cell, READ_SECONDS));
            records.set(cell, READ_SECONDS, now);
        }
    }

    private void thin(Batch batch) {
        double[] cellVolts = batch.cellVolts;
        double[] amps = batch.amps;
        double[] thinness = batch.thinness;
        double[] roots = batch.thinnessRoot;
        double reference = referenceSiemens;
        int count = batch.count;
        for (int i = 0; i < count; i++) {
            double thin = reference * cellVolts[i] / amps[i];
            thinness[i] = thin;
            roots[i] = Math.sqrt(thin);
        }
    }

    /** Let the 1/f noise move on, and add it, white noise and relaxation. */
    private void addFlicker(Batch batch, double widthSeconds) {
        // a spectrum S averaged over a reading gives the variance S / 2t
        double white = whiteRoot / Math.sqrt(widthSeconds);
        for (int i = 0; i < batch.count; i++) {
            int cell = batch.cells[i];
            int row = FlickerSteps.row(batch.passedSeconds[i]);
            double decades = 0;
            for (int decade = 0; decade < DECADES; decade++) {
                float before = records.flicker(cell, decade);
                float now = before - FlickerSteps.lost(row, decade) * before
                        + FlickerSteps.entering(row, decade) * batch.normals.get(decade, i);
                records.setFlicker(cell, decade, now);
                decades += now;
            }
            double root = batch.thinnessRoot[i];
            double steps = batch.shares[i] + white * root * batch.normals.get(DECADES, i);
            batch.shares[i] = share(cell, batch.thinness[i], root, steps, decades, batch.startSeconds[i]);
        }
    }

    /** Tell the same of a cell without moving on in time: for a pulse that programs and is measured. */
    double held(int cell, OperatingPoint point, double widthSeconds, double nowSeconds) {
        double thinness = thinness(point);
        double steps = traps.held(cell, thinness, widthSeconds);
        double decades = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            decades += records.flicker(cell, decade);
        }
        return share(cell, thinness, Math.sqrt(thinness), steps, decades, nowSeconds);
    }

    private double thinness(OperatingPoint point) {
        return referenceSiemens * point.cellVolts() / point.amps();
    }

    private double share(int cell, double thinness, double root, double steps, double decades, double nowSeconds) {
        double flicker = decades * Math.min(flickerRoot * root, flickerMost);
        double since = Math.max(0, nowSeconds - records.get(cell, PROGRAMMED_SECONDS)) * onsetHertz;
        double relaxation = Math.min(constants.relaxation() * 3 * thinness, constants.relaxationMax())
                * records.get(cell, RELAXATION) * DECADES_PER_OCTAVE * Log2.of(1 + since);
        return Math.max(LEAST_SHARE, steps + flicker + relaxation);
    }
}
