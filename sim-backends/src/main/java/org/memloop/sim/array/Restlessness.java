package org.memloop.sim.array;

import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.device.Technology;

/** Bound how fast states drift at rest, by a few numbers that stay in the nearest cache. */
final class Restlessness {
    private static final int PER_CHANNEL = 8;
    private static final int SAMPLES = 8;

    private final double lowest;
    private final double[] perSecond;

    Restlessness(Technology technology, PulseEffect idle) {
        lowest = technology.cell().lowestState();
        double highest = technology.cell().highestState();
        perSecond = new double[(int) Math.ceil((highest - lowest) * PER_CHANNEL) + 1];
        for (int i = 0; i < perSecond.length; i++) {
            for (int k = 0; k <= SAMPLES; k++) {
                double state = Math.min(highest, lowest + (i + (double) k / SAMPLES) / PER_CHANNEL);
                perSecond[i] = Math.max(perSecond[i], Math.abs(idle.displacement(state, 1)));
            }
        }
    }

    /** {@return at least as much as a state moves in a second at rest, channels} */
    double perSecond(double channels) {
        return perSecond[(int) ((channels - lowest) * PER_CHANNEL)];
    }
}
