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
    private static final long ARRANGEMENT_TAG = 34;
    private static final double[] DECADE_HERTZ = {1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4};
    private static final int MOST_TRAPS = 4;
    private static final double TRAP_DECADES = 6;
    private static final double TRAP_FASTEST_SECONDS = 1e-3;
    private static final double QUANTUM_SIEMENS = 77.48e-6;

    private final AbruptFilament technology;
    private final long seedBits;
    private final float[] flicker;
    private final float[] arrangement;
    private final byte[] traps;
    private final int[] full;
    private final double[] readSeconds;
    /** Logarithm of the factor by which jumps have changed the conductance since programming, and until when. */
    private final double[] jumped;
    private final double[] jumpedSeconds;

    AbruptNoise(AbruptFilament technology, int cells, long seedBits) {
        this.technology = technology;
        this.seedBits = seedBits;
        flicker = new float[DECADE_HERTZ.length * cells];
        arrangement = new float[cells];
        traps = new byte[cells];
        full = new int[cells];
        readSeconds = new double[cells];
        jumped = new double[cells];
        jumpedSeconds = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            CellRandom random = random(cell, 0, READING_TAG);
            for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
                flicker[DECADE_HERTZ.length * cell + decade] = (float) random.nextGaussian();
            }
            arrangement[cell] = (float) random.nextGaussian();
            traps[cell] = (byte) Math.min(MOST_TRAPS,
                    Poisson.small(technology.reading().traps(), random.nextDouble()));
        }
    }

    private CellRandom random(int cell, long event, long tag) {
        return new CellRandom(CellRandom.event(CellRandom.key(seedBits, cell), event), tag);
    }

    /** Begin to settle anew. */
    void settled(int cell) {
        jumped[cell] = 0;
        jumpedSeconds[cell] = 0;
    }

    /** Let a pulse arrange the atoms of a contact anew. */
    void arrange(int cell, long event) {
        arrangement[cell] = (float) random(cell, event, ARRANGEMENT_TAG).nextGaussian();
    }

    /** {@return the noise of the tester in one reading, amperes} */
    double testerAmps(int cell, long event) {
        return technology.reading().currentAmps() * random(cell, event, TESTER_TAG).nextGaussian();
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
        double decades = 0;
        for (int decade = 0; decade < DECADE_HERTZ.length; decade++) {
            decades += flicker[DECADE_HERTZ.length * cell + decade];
        }
        double share = Math.sqrt(QUANTUM_SIEMENS / siemens)
                * (decades * r.flicker() + steps(cell) + r.arrangement() * arrangement[cell]);
        return siemens * Math.exp(jumped[cell]) * (1 + Math.clamp(share, -r.largestShare(), r.largestShare()));
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

    /** {@return the share by which the traps change the conductance at one quantum} */
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
     * @param step share of the conductance at one quantum
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
        double decades = Math.log10((r.onsetSeconds() + sinceSeconds) / (r.onsetSeconds() + jumpedSeconds[cell]));
        jumpedSeconds[cell] = sinceSeconds;
        double left = r.jumpsPerDecade() * decades;
        double stable = 1 + Math.pow(siemens / r.stableSiemens(), r.stability());
        double bias = r.bias() * (siemens - r.balanceSiemens()) / (siemens + r.balanceSiemens());
        for (double at = random.nextExponential(); at < left; at += random.nextExponential()) {
            double size = r.share() / stable * random.nextExponential();
            jumped[cell] += random.nextDouble() < (1 + bias) / 2 ? Math.log1p(-Math.min(0.95, size)) : Math.log1p(size);
        }
    }
}
