package org.memloop.sim.array;

import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.random.CellRandom;
import org.memloop.sim.random.Poisson;

/**
 * Let the conductance of each cell of an {@link AbruptDie} fluctuate in simulated time: 1/f noise as one
 * Ornstein-Uhlenbeck process for each decade of frequency, slow traps, and jumps after programming.
 */
final class AbruptNoise {
    private static final long TRAP_TAG = 31;
    private static final long READING_TAG = 32;
    private static final long TESTER_TAG = 33;
    private static final long CONNECTION_TAG = 34;
    private static final long RESTLESSNESS_TAG = 35;
    private static final double[] DECADE_HERTZ = {1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4};
    private static final int MOST_TRAPS = 4;
    private static final double TRAP_DECADES = 6;
    private static final double TRAP_FASTEST_SECONDS = 1e-3;

    private final AbruptFilament technology;
    private final long seedBits;
    private final float[] flicker;
    /** Standard normal number by which the tester reads otherwise since the last pulse. */
    private final float[] connection;
    private final byte[] traps;
    private final int[] full;
    private final double[] readSeconds;
    /** Logarithm of the factor by which jumps have changed the conductance since programming, and until when. */
    private final double[] jumped;
    private final double[] jumpedSeconds;
    /** How much more often the present filament jumps than the median one. */
    private final float[] restlessness;

    AbruptNoise(AbruptFilament technology, int cells, long seedBits) {
        this.technology = technology;
        this.seedBits = seedBits;
        flicker = new float[DECADE_HERTZ.length * cells];
        connection = new float[cells];
        traps = new byte[cells];
        full = new int[cells];
        readSeconds = new double[cells];
        jumped = new double[cells];
        jumpedSeconds = new double[cells];
        restlessness = new float[cells];
        for (int cell = 0; cell < cells; cell++) {
            CellRandom random = random(cell, 0, READING_TAG);
            for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
                flicker[DECADE_HERTZ.length * cell + decade] = (float) random.nextGaussian();
            }
            connection[cell] = (float) random.nextGaussian();
            traps[cell] = (byte) Math.min(MOST_TRAPS,
                    Poisson.small(technology.reading().traps(), random.nextDouble()));
            // long ago, so that as many are full as there will be
            trapped(cell, Double.POSITIVE_INFINITY, random);
        }
    }

    private CellRandom random(int cell, long event, long tag) {
        return new CellRandom(CellRandom.event(CellRandom.key(seedBits, cell), event), tag);
    }

    /** Begin to settle anew, as a filament of its own. */
    void settled(int cell, long event) {
        jumped[cell] = 0;
        jumpedSeconds[cell] = 0;
        restlessness[cell] = (float) Math.exp(
                technology.relaxation().jumpsSpread() * random(cell, event, RESTLESSNESS_TAG).nextGaussian());
    }

    /** Let the tester read otherwise than before a pulse. */
    void reconnect(int cell, long event) {
        connection[cell] = (float) random(cell, event, CONNECTION_TAG).nextGaussian();
    }

    /** {@return the noise of the tester in one reading, amperes; its slow part moves with that of the cell} */
    double testerAmps(int cell, long event) {
        AbruptFilament.Reading r = technology.reading();
        return r.currentAmps() * random(cell, event, TESTER_TAG).nextGaussian() + r.driftAmps() * slow(cell)
                + r.connectionAmps() * connection[cell];
    }

    /**
     * Let a cell move on to a moment.
     *
     * @param event number of the pulse
     * @param siemens its mean conductance
     * @param sinceSeconds how long ago it was programmed
     * @param nowSeconds the moment
     * @return its conductance now, siemens
     */
    double present(int cell, long event, double siemens, double sinceSeconds, double nowSeconds) {
        CellRandom random = random(cell, event, READING_TAG);
        double passed = Math.max(0, nowSeconds - readSeconds[cell]);
        readSeconds[cell] = nowSeconds;
        flicker(cell, passed, random);
        trapped(cell, passed, random);
        settle(cell, siemens, sinceSeconds, random);
        return held(cell, siemens);
    }

    /** Tell the conductance without moving on in time: while a pulse programs. {@return siemens} */
    double held(int cell, double siemens) {
        AbruptFilament.Reading r = technology.reading();
        double mean = siemens * Math.exp(jumped[cell]);
        double share = (1 + r.thinSiemens() / mean) * (slow(cell) * r.flicker() + steps(cell));
        return mean * (1 + Math.clamp(share, -r.largestShare(), r.largestShare()));
    }

    /** {@return the sum of all decades of the 1/f noise, each of deviation 1} */
    private double slow(int cell) {
        double sum = 0;
        for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
            sum += flicker[DECADE_HERTZ.length * cell + decade];
        }
        return sum;
    }

    private void flicker(int cell, double passed, CellRandom random) {
        for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
            int at = DECADE_HERTZ.length * cell + decade;
            double kept = Math.exp(-2 * Math.PI * passed * DECADE_HERTZ[decade]);
            flicker[at] = (float) (kept * flicker[at] + Math.sqrt(1 - kept * kept) * random.nextGaussian());
        }
    }

    /** Let traps capture and emit. */
    private void trapped(int cell, double passed, CellRandom random) {
        CellRandom made = random(cell, 0, TRAP_TAG);
        for (int trap = 0; trap < traps[cell]; trap++) {
            Trap t = trap(made);
            double kept = ((full[cell] >> trap & 1) - t.occupied) * Math.exp(-passed / t.seconds);
            boolean now = random.nextDouble() < t.occupied + kept;
            full[cell] = now ? full[cell] | 1 << trap : full[cell] & ~(1 << trap);
        }
    }

    /** {@return the share by which the traps change the conductance of a thick contact} */
    private double steps(int cell) {
        double sum = 0;
        CellRandom made = random(cell, 0, TRAP_TAG);
        for (int trap = 0; trap < traps[cell]; trap++) {
            Trap t = trap(made);
            sum += t.step * (t.occupied - (full[cell] >> trap & 1));
        }
        return sum;
    }

    /**
     * Describe one trap of a cell.
     *
     * @param step share of the conductance of a thick contact
     * @param seconds how long it remembers
     * @param occupied share of the time it is full
     */
    private record Trap(double step, double seconds, double occupied) {}

    private Trap trap(CellRandom made) {
        return new Trap(
                technology.reading().trapShare() * Math.exp(technology.reading().trapSpread() * made.nextGaussian()),
                TRAP_FASTEST_SECONDS * Math.pow(10, TRAP_DECADES * made.nextDouble()), 0.1 + 0.8 * made.nextDouble());
    }

    /** Let the jumps come that came since the last look; a reading before programming changes nothing. */
    private void settle(int cell, double siemens, double sinceSeconds, CellRandom random) {
        AbruptFilament.Relaxation r = technology.relaxation();
        if (!(sinceSeconds > jumpedSeconds[cell]) || Double.isInfinite(sinceSeconds)) {
            return;
        }
        double at = Math.log10(1 + jumpedSeconds[cell] / r.onsetSeconds());
        double now = Math.log10(1 + sinceSeconds / r.onsetSeconds());
        jumpedSeconds[cell] = sinceSeconds;
        double present = siemens * Math.exp(jumped[cell]);
        at += random.nextExponential() / jumpsPerDecade(cell, present);
        while (at < now) {
            double step = Math.log1p(r.sizeSiemens() * random.nextExponential() / (present + r.brokenSiemens()));
            double downward = (r.downward() + r.downwardPerDecade() * at)
                    / (1 + Math.pow(r.balanceSiemens() / present, r.breakage()));
            jumped[cell] += random.nextDouble() < downward ? -step : step;
            present = siemens * Math.exp(jumped[cell]);
            at += random.nextExponential() / jumpsPerDecade(cell, present);
        }
    }

    private double jumpsPerDecade(int cell, double siemens) {
        AbruptFilament.Relaxation r = technology.relaxation();
        return r.jumpsPerDecade() * restlessness[cell] / (1 + Math.pow(siemens / r.stableSiemens(), r.stability()))
                / (1 + Math.pow(r.brokenSiemens() / siemens, r.breakage()));
    }
}
