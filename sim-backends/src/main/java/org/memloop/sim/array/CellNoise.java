package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.FIRST_TRAP;
import static org.memloop.sim.array.CellRecords.PROGRAMMED_SECONDS;
import static org.memloop.sim.array.CellRecords.READ_SECONDS;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.SUMMED_DECADES;
import static org.memloop.sim.array.CellRecords.TRAPS;
import static org.memloop.sim.array.CellRecords.flicker;

import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.Technology;
import org.memloop.sim.random.CellRandom;
import org.memloop.sim.random.Poisson;

/**
 * Let the readings of each cell fluctuate in simulated time: random telegraph noise of its traps, white noise, 1/f noise as one
 * Ornstein-Uhlenbeck process for each decade of time, and relaxation after programming.
 *
 * <p>Traps and decades move on exactly from one reading to the next, however long it takes. A trap's step is taken
 * around its mean, so that a cell's conductance is the mean of its readings; what is faster than a reading averages out.
 */
final class CellNoise {
    private static final long TAG = 2;
    private static final double[] DECADE_HERTZ = {1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3};
    private static final double NATURAL_PER_DECADE = Math.log(10);
    private static final double DECADES_PER_OCTAVE = Math.log10(2);
    private static final int MOST_TRAPS = 12;
    private static final double LEAST_SHARE = -0.9;
    /** Columns of a trap: its relative step, capture and emission rate together, share of the time it is full, 1 when full. */
    private static final int STEP = 0;
    private static final int HERTZ = 1;
    private static final int SHARE = 2;
    private static final int FULL = 3;
    private static final int COLUMNS = 4;

    private final Technology.Noise constants;
    private final double referenceSiemens;
    private final CellRecords records;
    private final float[] traps;

    /** Give every cell its traps, and a history longer than any memory. */
    CellNoise(Technology technology, CellRecords records, int cells) {
        constants = technology.noise();
        referenceSiemens = constants.referenceSiemens();
        this.records = records;
        int total = 0;
        for (int cell = 0; cell < cells; cell++) {
            int count = Math.min(MOST_TRAPS, Poisson.small(constants.traps(), random(cell).nextDouble()));
            records.set(cell, FIRST_TRAP, total);
            records.set(cell, TRAPS, count);
            total += count;
        }
        traps = new float[COLUMNS * total];
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
        int first = COLUMNS * records.get(cell, FIRST_TRAP);
        for (int t = first; t < first + COLUMNS * records.get(cell, TRAPS); t += COLUMNS) {
            traps[t + STEP] = (float) (constants.trapAmplitude()
                    * Math.exp(constants.trapSpread() * random.nextGaussian()));
            double captureHertz = trapHertz(random);
            double hertz = captureHertz + trapHertz(random);
            traps[t + HERTZ] = (float) hertz;
            traps[t + SHARE] = (float) (captureHertz / hertz);
            traps[t + FULL] = random.nextDouble() < traps[t + SHARE] ? 1 : 0;
        }
        for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
            records.set(cell, flicker(decade), random.nextGaussian());
        }
    }

    private double trapHertz(CellRandom random) {
        double range = constants.trapSlowestSeconds() / constants.trapFastestSeconds();
        return 1 / (constants.trapFastestSeconds() * Math.pow(range, random.nextDouble()));
    }

    /** Load a cell's traps. {@return nothing of meaning, so that the load counts as used} */
    float touch(int cell) {
        int first = COLUMNS * records.get(cell, FIRST_TRAP);
        int end = first + COLUMNS * records.get(cell, TRAPS);
        return first < end ? traps[first] + traps[end - 1] : 0;
    }

    /**
     * Let a cell's traps and 1/f noise move on to the time of a reading, and tell by which share of its mean the
     * filament's conductance differs from it then.
     *
     * @param cell its number
     * @param point volts and current at the mean conductance
     * @param widthSeconds how long the reading averages over fast traps
     * @param nowSeconds when it is read
     * @param random numbers of this event
     * @return a share around 0
     */
    double advance(int cell, OperatingPoint point, double widthSeconds, double nowSeconds, CellRandom random) {
        double passed = Math.max(0, nowSeconds - records.get(cell, READ_SECONDS));
        records.set(cell, READ_SECONDS, nowSeconds);
        double thinness = thinness(point);
        double steps = 0;
        int first = COLUMNS * records.get(cell, FIRST_TRAP);
        int end = first + COLUMNS * records.get(cell, TRAPS);
        for (int t = first; t < end; t += COLUMNS) {
            double share = traps[t + SHARE];
            double kept = (traps[t + FULL] - share) * Decay.left(passed * traps[t + HERTZ]);
            // 1 when the random number is below, without a branch that nobody could predict
            traps[t + FULL] = Double.doubleToRawLongBits(random.nextDouble() - (share + kept)) >>> 63;
            steps += step(t, thinness, widthSeconds);
        }
        double decades = advanceFlicker(cell, passed, random);
        double white = constants.whitePerHertz() > 0 ? white(thinness, widthSeconds) * random.nextGaussian() : 0;
        return share(cell, thinness, steps + white, decades, nowSeconds);
    }

    /** Tell the same without moving on in time: for a pulse that programs and is measured. */
    double held(int cell, OperatingPoint point, double widthSeconds, double nowSeconds) {
        double thinness = thinness(point);
        double steps = 0;
        int first = COLUMNS * records.get(cell, FIRST_TRAP);
        int end = first + COLUMNS * records.get(cell, TRAPS);
        for (int t = first; t < end; t += COLUMNS) {
            steps += step(t, thinness, widthSeconds);
        }
        double decades = 0;
        for (int decade = Math.max(1, records.get(cell, SUMMED_DECADES)) - 1; decade < DECADE_HERTZ.length; decade++) {
            decades += records.get(cell, flicker(decade));
        }
        return share(cell, thinness, steps, decades, nowSeconds);
    }

    /** {@return the standard deviation of white noise averaged over a reading: a spectrum S gives S / 2t} */
    private double white(double thinness, double widthSeconds) {
        return Math.sqrt(constants.whitePerHertz() * thinness / (2 * widthSeconds));
    }

    private double thinness(OperatingPoint point) {
        return referenceSiemens * point.cellVolts() / point.amps();
    }

    /** {@return the share by which a trap lowers or raises the conductance now} */
    private double step(int t, double thinness, double widthSeconds) {
        double step = Math.min(traps[t + STEP] * thinness, constants.trapMax());
        return step * (traps[t + SHARE] - traps[t + FULL]) / Math.sqrt(Math.max(1, traps[t + HERTZ] * widthSeconds));
    }

    private double share(int cell, double thinness, double steps, double decades, double nowSeconds) {
        // a spectrum A/f holds the variance A ln 10 in each decade
        double flicker = decades
                * Math.sqrt(Math.min(constants.flicker() * thinness, constants.flickerMax()) * NATURAL_PER_DECADE);
        double since = Math.max(0, nowSeconds - records.get(cell, PROGRAMMED_SECONDS))
                / constants.relaxationOnsetSeconds();
        double relaxation = Math.min(constants.relaxation() * 3 * thinness, constants.relaxationMax())
                * records.get(cell, RELAXATION) * DECADES_PER_OCTAVE * Log2.of(1 + since);
        return Math.max(LEAST_SHARE, steps + flicker + relaxation);
    }

    /**
     * Let the 1/f noise move on. Decades that have forgotten everything need no numbers of their own as long as they go
     * on forgetting: only their sum is drawn, and kept in the last of them. Should some be remembered at the next
     * reading, they are drawn then, one after the other, from normal distributions given what is left of the sum.
     *
     * @return the sum of all decades
     */
    private double advanceFlicker(int cell, double passed, CellRandom random) {
        int forgotten = 0;
        while (forgotten < DECADE_HERTZ.length && passed * DECADE_HERTZ[forgotten] >= Decay.END) {
            forgotten++;
        }
        int summed = records.get(cell, SUMMED_DECADES);
        if (summed > forgotten) {
            divide(cell, summed, forgotten, random);
        }
        records.set(cell, SUMMED_DECADES, forgotten);
        double sum = 0;
        if (forgotten > 0) {
            sum = Math.sqrt(forgotten) * random.nextGaussian();
            records.set(cell, flicker(forgotten - 1), sum);
        }
        for (int decade = forgotten; decade < DECADE_HERTZ.length; decade++) {
            double kept = Decay.left(passed * DECADE_HERTZ[decade]);
            double moved = kept * records.get(cell, flicker(decade))
                    + Math.sqrt(1 - kept * kept) * random.nextGaussian();
            records.set(cell, flicker(decade), moved);
            sum += moved;
        }
        return sum;
    }

    /** Give the slower of the decades that are known by their sum numbers of their own. */
    private void divide(int cell, int summed, int faster, CellRandom random) {
        double sum = records.get(cell, flicker(summed - 1));
        for (int decade = summed - 1; decade >= faster; decade--) {
            double own = sum / (decade + 1) + Math.sqrt(decade / (decade + 1.0)) * random.nextGaussian();
            records.set(cell, flicker(decade), own);
            sum -= own;
        }
    }
}
