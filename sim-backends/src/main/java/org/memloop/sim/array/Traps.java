package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.TRAPS;
import static org.memloop.sim.array.CellRecords.TRAPS_WITHIN;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.memloop.sim.device.Technology;
import org.memloop.sim.random.CellRandom;
import org.memloop.sim.random.Mixing;

/**
 * Let the traps of each cell capture and emit: random telegraph noise. A trap's step is taken around its mean, so that a
 * cell's conductance is the mean of its readings; what is faster than a reading averages out.
 *
 * <pre>
 *   full after t      share + (full - share) exp(-rate t)
 *   step seen         step / sqrt(rate w), of a trap that is faster than the width w of the reading
 * </pre>
 */
final class Traps {
    /** How many traps of a cell are kept. */
    static final int MOST = 2 * TRAPS_WITHIN;
    /** More than nine of ten cells have no more. */
    private static final int USUAL = 4;
    private static final double MOST_DECAY = 20;

    private final Technology.Noise constants;
    private final CellRecords records;
    /** Cells that have more traps than a record holds, in order, and their other traps. */
    private final int[] crowded;
    private final int[] others;

    /** Make room for the traps of cells that know how many they have. */
    Traps(Technology technology, CellRecords records, int cells) {
        constants = technology.noise();
        this.records = records;
        crowded = IntStream.range(0, cells).filter(cell -> records.get(cell, TRAPS) > TRAPS_WITHIN).toArray();
        others = new int[crowded.length * (MOST - TRAPS_WITHIN)];
    }

    /** Give a cell its traps. */
    void make(int cell, CellRandom random) {
        for (int t = 0; t < records.get(cell, TRAPS); t++) {
            double step = constants.trapAmplitude() * Math.exp(constants.trapSpread() * random.nextGaussian());
            double captureHertz = hertz(random);
            double hertz = captureHertz + hertz(random);
            int trap = Trap.of(hertz, step, captureHertz / hertz);
            set(cell, t, Trap.with(trap, random.nextDouble() < Trap.share(trap) ? 1 : 0));
        }
    }

    private double hertz(CellRandom random) {
        double range = constants.trapSlowestSeconds() / constants.trapFastestSeconds();
        return 1 / (constants.trapFastestSeconds() * Math.pow(range, random.nextDouble()));
    }

    private int get(int cell, int trap) {
        return trap < TRAPS_WITHIN ? records.trap(cell, trap) : others[other(cell, trap)];
    }

    private void set(int cell, int trap, int value) {
        if (trap < TRAPS_WITHIN) {
            records.setTrap(cell, trap, value);
        } else {
            others[other(cell, trap)] = value;
        }
    }

    private int other(int cell, int trap) {
        return Arrays.binarySearch(crowded, cell) * (MOST - TRAPS_WITHIN) + trap - TRAPS_WITHIN;
    }

    /** {@return the share by which its traps lower or raise the conductance of a cell now} */
    double held(int cell, double thinness, double widthSeconds) {
        double sum = 0;
        for (int t = 0; t < records.get(cell, TRAPS); t++) {
            int trap = get(cell, t);
            double seen = 1 / Math.sqrt(Math.max(1, Trap.hertz(trap) * widthSeconds));
            sum += step(trap, thinness) * (Trap.share(trap) - Trap.full(trap)) * seen;
        }
        return sum;
    }

    private double step(int trap, double thinness) {
        return Math.min(Trap.step(trap) * thinness, constants.trapMax());
    }

    /** Let the traps of some readings' cells move on, and add up the shares by which they change the conductances. */
    void move(Batch batch, double widthSeconds) {
        int count = list(batch);
        decay(batch.listed, count, widthSeconds);
        Arrays.fill(batch.shares, 0, batch.count, 0);
        Batch.Listed listed = batch.listed;
        for (int k = 0; k < count; k++) {
            int i = listed.trap[k] / MOST;
            int t = listed.trap[k] % MOST;
            int cell = batch.cells[i];
            int trap = get(cell, t);
            double share = Trap.share(trap);
            double below = share + (Trap.full(trap) - share) * listed.kept[k];
            double uniform = (Mixing.mix(batch.lowBits[i] - Mixing.GOLDEN * (t + 1), batch.highBits[i]) >>> 1)
                    * 0x1p-31;
            // 1 when the random number is below, without a branch that nobody could predict
            int full = (int) (Double.doubleToRawLongBits(uniform - below) >>> 63);
            set(cell, t, Trap.with(trap, full));
            batch.shares[i] += step(trap, batch.thinness[i]) * (share - full) * listed.seen[k];
        }
    }

    /**
     * List all traps of all cells. Of each cell as many are written down as most have: nobody could predict their number.
     */
    private int list(Batch batch) {
        Batch.Listed listed = batch.listed;
        int count = 0;
        for (int i = 0; i < batch.count; i++) {
            int cell = batch.cells[i];
            double passed = batch.passedSeconds[i];
            int traps = records.get(cell, TRAPS);
            for (int t = 0; t < USUAL; t++) {
                listed.add(count + t, i * MOST + t, Trap.hertz(records.trap(cell, t)), passed);
            }
            for (int t = USUAL; t < traps; t++) {
                listed.add(count + t, i * MOST + t, Trap.hertz(get(cell, t)), passed);
            }
            count += traps;
        }
        return count;
    }

    /** Work out how much is left of how full traps were, and which share of their steps a reading sees. */
    private static void decay(Batch.Listed listed, int count, double widthSeconds) {
        double[] hertz = listed.hertz;
        double[] kept = listed.kept;
        double[] seen = listed.seen;
        for (int k = 0; k < count; k++) {
            double x = Math.min(kept[k] * hertz[k], MOST_DECAY) * (-1.0 / 32);
            double e = 1 + x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720
                    + x * (1.0 / 5040)))))));
            double e2 = e * e;
            double e4 = e2 * e2;
            double e8 = e4 * e4;
            double e16 = e8 * e8;
            kept[k] = e16 * e16;
            seen[k] = 1 / Math.sqrt(Math.max(1, hertz[k] * widthSeconds));
        }
    }
}
