package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.PROGRAMMED_SECONDS;
import static org.memloop.sim.array.CellRecords.READ_SECONDS;
import static org.memloop.sim.array.CellRecords.RELAXATION;
import static org.memloop.sim.array.CellRecords.SUMMED_DECADES;
import static org.memloop.sim.array.CellRecords.TRAPS;
import static org.memloop.sim.array.CellRecords.TRAPS_WITHIN;
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
    private final Technology.Noise constants;
    private final double referenceSiemens;
    private final double whiteRoot;
    private final double flickerRoot;
    private final double flickerMost;
    private final double onsetHertz;
    private final CellRecords records;
    /** Traps of cells that have more of them than a record holds, and where those of a cell begin. */
    private final long[] farTraps;
    private final int[] firstFar;

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
        firstFar = new int[cells];
        int far = 0;
        for (int cell = 0; cell < cells; cell++) {
            int count = Math.min(MOST_TRAPS, Poisson.small(constants.traps(), random(cell).nextDouble()));
            records.set(cell, TRAPS, count);
            firstFar[cell] = far;
            far += Math.max(0, count - TRAPS_WITHIN);
        }
        farTraps = new long[far];
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
        for (int t = 0; t < records.get(cell, TRAPS); t++) {
            double step = constants.trapAmplitude() * Math.exp(constants.trapSpread() * random.nextGaussian());
            double captureHertz = trapHertz(random);
            double hertz = captureHertz + trapHertz(random);
            double share = captureHertz / hertz;
            long trap = Trap.of(hertz, step, share, random.nextDouble() < share);
            if (t < TRAPS_WITHIN) {
                records.setTrap(cell, t, trap);
            } else {
                farTraps[firstFar[cell] + t - TRAPS_WITHIN] = trap;
            }
        }
        for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
            records.set(cell, flicker(decade), random.nextGaussian());
        }
    }

    private double trapHertz(CellRandom random) {
        double range = constants.trapSlowestSeconds() / constants.trapFastestSeconds();
        return 1 / (constants.trapFastestSeconds() * Math.pow(range, random.nextDouble()));
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
        // as many steps for every cell, of traps that do nothing where there are fewer: nobody could predict their number
        for (int t = 0; t < TRAPS_WITHIN; t++) {
            long trap = moved(records.trap(cell, t), passed, random);
            records.setTrap(cell, t, trap);
            steps += step(trap, thinness, widthSeconds);
        }
        int far = farTraps(cell);
        for (int t = firstFar[cell]; far > 0; t++, far--) {
            farTraps[t] = moved(farTraps[t], passed, random);
            steps += step(farTraps[t], thinness, widthSeconds);
        }
        double decades = advanceFlicker(cell, passed, random);
        // a spectrum S averaged over a reading gives the variance S / 2t
        double root = root(thinness);
        double white = whiteRoot > 0 ? whiteRoot / Math.sqrt(widthSeconds) * root * random.nextGaussian() : 0;
        return share(cell, thinness, root, steps + white, decades, nowSeconds);
    }

    private int farTraps(int cell) {
        return records.get(cell, TRAPS) - TRAPS_WITHIN;
    }

    /** Let a trap capture or emit. */
    private static long moved(long trap, double passed, CellRandom random) {
        double share = Trap.share(trap);
        double kept = (Trap.full(trap) - share) * Decay.left(passed * Trap.hertz(trap));
        // 1 when the random number is below, without a branch that nobody could predict
        return Trap.with(trap, Double.doubleToRawLongBits(random.nextDouble() - (share + kept)) >>> 63);
    }

    /** Tell the same without moving on in time: for a pulse that programs and is measured. */
    double held(int cell, OperatingPoint point, double widthSeconds, double nowSeconds) {
        double thinness = thinness(point);
        double steps = 0;
        for (int t = 0; t < TRAPS_WITHIN; t++) {
            steps += step(records.trap(cell, t), thinness, widthSeconds);
        }
        int far = farTraps(cell);
        for (int t = firstFar[cell]; far > 0; t++, far--) {
            steps += step(farTraps[t], thinness, widthSeconds);
        }
        double decades = 0;
        for (int decade = Math.max(1, records.get(cell, SUMMED_DECADES)) - 1; decade < DECADE_HERTZ.length; decade++) {
            decades += records.get(cell, flicker(decade));
        }
        return share(cell, thinness, root(thinness), steps, decades, nowSeconds);
    }

    /** {@return a square root as exact as the floats it goes into, in a third of the time of an exact one} */
    private static double root(double square) {
        return (float) Math.sqrt((float) square);
    }

    private double thinness(OperatingPoint point) {
        return referenceSiemens * point.cellVolts() / point.amps();
    }

    /** {@return the share by which a trap lowers or raises the conductance now} */
    private double step(long trap, double thinness, double widthSeconds) {
        double step = Math.min(Trap.step(trap) * thinness, constants.trapMax());
        return step * (Trap.share(trap) - Trap.full(trap)) * Trap.seen(trap, widthSeconds);
    }

    private double share(int cell, double thinness, double root, double steps, double decades, double nowSeconds) {
        double flicker = decades * Math.min(flickerRoot * root, flickerMost);
        double since = Math.max(0, nowSeconds - records.get(cell, PROGRAMMED_SECONDS)) * onsetHertz;
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
                    + root(1 - kept * kept) * random.nextGaussian();
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
