package org.memloop.learn;

import java.util.Arrays;
import java.util.List;

/**
 * Choose how Equilibrium Propagation is done (thesis, sections 3.3.2 and 4.3.4).
 *
 * <pre>
 *   gradient_ij = eta / (beta n) * sum over the n images (s_i s_j nudged - s_i s_j free)      (equation 3.9)
 * </pre>
 *
 * @param freeSteps Euler steps of the free phase, which begins where {@code start} says
 * @param nudgeSteps Euler steps of the nudge phase, which begins where the free phase ended
 * @param timeStep length of a step, in units of the neurons' time constant
 * @param beta strength of the nudge
 * @param batchSize images of a mini-batch
 * @param etas learning rate of each layer of synapses; a layer with 0 is frozen
 * @param sign which sign beta takes
 * @param biases how biases learn
 * @param start where neurons begin a free phase
 */
public record EqProp(int freeSteps, int nudgeSteps, double timeStep, double beta, int batchSize, List<Double> etas,
        BetaSign sign, Biases biases, Start start) {
    /** Choose where neurons begin a free phase. */
    public enum Start {
        /** At 0. */
        ZERO,
        /** Where the image's free phase of the epoch before ended; at 0 in the first epoch. */
        PERSISTENT
    }

    /** Refuse settings that cannot learn. */
    public EqProp {
        etas = List.copyOf(etas);
        require(freeSteps >= 1, "freeSteps must be at least 1", freeSteps);
        require(nudgeSteps >= 1, "nudgeSteps must be at least 1", nudgeSteps);
        require(timeStep > 0 && timeStep <= 1, "timeStep must be above 0 and at most 1", timeStep);
        require(beta > 0 && beta < Double.POSITIVE_INFINITY, "beta must be above 0", beta);
        require(batchSize >= 1, "batchSize must be at least 1", batchSize);
        for (double eta : etas) {
            require(eta >= 0 && eta < Double.POSITIVE_INFINITY, "eta must not be negative", eta);
        }
    }

    /**
     * Choose a random sign, no biases and neurons that begin at 0 (thesis, section 4.3.4).
     *
     * @param freeSteps Euler steps of the free phase
     * @param nudgeSteps Euler steps of the nudge phase
     * @param timeStep length of a step, in units of the neurons' time constant
     * @param beta strength of the nudge
     * @param batchSize images of a mini-batch
     * @param etas learning rate of each layer of synapses
     */
    public EqProp(int freeSteps, int nudgeSteps, double timeStep, double beta, int batchSize, List<Double> etas) {
        this(freeSteps, nudgeSteps, timeStep, beta, batchSize, etas, BetaSign.RANDOM, Biases.NONE, Start.ZERO);
    }

    private static void require(boolean holds, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("EqProp: " + rule + ", not " + value);
        }
    }

    /**
     * Take the thesis's settings: 30 free and 10 nudged steps of 0.5, beta 0.4, mini-batches of 50.
     *
     * @param etas learning rate of each layer of synapses
     * @return the settings
     */
    public static EqProp ofThesis(double... etas) {
        return new EqProp(30, 10, 0.5, 0.4, 50, Arrays.stream(etas).boxed().toList());
    }

    /**
     * Change the size of the mini-batches.
     *
     * @param images images of a mini-batch
     * @return otherwise the same settings
     */
    public EqProp withBatchSize(int images) {
        return new EqProp(freeSteps, nudgeSteps, timeStep, beta, images, etas, sign, biases, start);
    }

    /**
     * Change the sign of the nudge.
     *
     * @param signs which sign beta takes
     * @return otherwise the same settings
     */
    public EqProp withSign(BetaSign signs) {
        return new EqProp(freeSteps, nudgeSteps, timeStep, beta, batchSize, etas, signs, biases, start);
    }

    /**
     * Change how biases learn.
     *
     * @param learning how they do
     * @return otherwise the same settings
     */
    public EqProp withBiases(Biases learning) {
        return new EqProp(freeSteps, nudgeSteps, timeStep, beta, batchSize, etas, sign, learning, start);
    }

    /**
     * Change where neurons begin.
     *
     * @param beginning where they do
     * @return otherwise the same settings
     */
    public EqProp withStart(Start beginning) {
        return new EqProp(freeSteps, nudgeSteps, timeStep, beta, batchSize, etas, sign, biases, beginning);
    }
}
