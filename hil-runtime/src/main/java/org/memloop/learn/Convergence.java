package org.memloop.learn;

/**
 * Tell how far from settled the phases of an epoch were left. The residual of an image is the largest change of a neuron in
 * the last step of the phase.
 *
 * @param freeMean mean residual of the free phases
 * @param freeMax largest residual of a free phase
 * @param nudgeMean mean residual of the nudge phases
 * @param nudgeMax largest residual of a nudge phase
 */
public record Convergence(double freeMean, double freeMax, double nudgeMean, double nudgeMax) {
    /**
     * Largest mean residual of the free phases that passes for settled. States 30 steps into the thesis's networks are ten
     * times closer; beyond it the outcome depends on the number of steps and on where the neurons began.
     */
    public static final double SETTLED = 1e-3;

    /** {@return whether the free phases came to rest, on the whole} */
    public boolean settled() {
        return freeMean <= SETTLED;
    }
}
