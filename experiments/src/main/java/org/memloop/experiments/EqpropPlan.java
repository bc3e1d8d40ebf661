package org.memloop.experiments;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Fix every setting of a measurement of how fast learning is.
 *
 * @param data folder with the files of MNIST, if one was named
 * @param rule what becomes of the gradient
 * @param threads threads that compute, at least 1
 * @param byTurns whether one thread is measured too, epoch by epoch by turns with several; {@code threads} is 2 or more then
 * @param warmUp how many epochs go before, 0 or more: the compiler works beside them, and they do not count
 * @param epochs how many epochs are measured, at least 1; the median counts
 * @param json whether to print one JSON object
 */
public record EqpropPlan(Optional<Path> data, Rule rule, int threads, boolean byTurns, int warmUp, int epochs,
        boolean json) {
    /** Choose an update rule, with the thesis's parameters for it (sections 3.3, 3.5 and 4.3). */
    public enum Rule {
        /** {@code W += dW}. */
        CONTINUOUS,
        /** A pulse beyond a threshold. */
        TERNARY,
        /** A pulse with a probability. */
        PROBABILISTIC,
        /** A pulse beyond a threshold, on pairs of cells that follow made-up recordings. */
        TRACES
    }
}
