package org.memloop.learn;

/**
 * Sum up one epoch of training.
 *
 * @param epoch its number, from 1
 * @param trainAccuracy fraction of training images classified rightly in their free phases during the epoch
 * @param validationAccuracy fraction of validation images classified rightly after the epoch
 * @param pulses programming pulses fired during the epoch
 * @param blocked pulses wanted but withheld, because the cell's conductance was below the threshold
 * @param residual largest change of a neuron in the last free step of the last mini-batch, a measure of convergence
 * @param seconds how long the epoch took, wall clock
 * @param convergence how far from settled all phases of the epoch were left
 */
public record Epoch(int epoch, double trainAccuracy, double validationAccuracy, long pulses, long blocked,
        double residual,
        double seconds, Convergence convergence) {
    /**
     * Sum up an epoch of which no more is known than how its last mini-batch settled.
     *
     * @param epoch its number, from 1
     * @param trainAccuracy fraction of training images classified rightly
     * @param validationAccuracy fraction of validation images classified rightly
     * @param pulses programming pulses fired
     * @param blocked pulses withheld
     * @param residual largest change of a neuron in the last free step of the last mini-batch
     * @param seconds how long it took, wall clock
     */
    public Epoch(int epoch, double trainAccuracy, double validationAccuracy, long pulses, long blocked,
            double residual, double seconds) {
        this(epoch, trainAccuracy, validationAccuracy, pulses, blocked, residual, seconds,
                new Convergence(residual, residual, residual, residual));
    }
}
