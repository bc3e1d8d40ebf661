package org.memloop.learn;

/**
 * Choose what becomes of the wanted changes of weights: they are made as they are, or turned into pulses by a
 * {@link Discretizer}.
 */
public sealed interface UpdateRule permits UpdateRule.Continuous, Discretizer {
    /** Make every change as it is wanted, {@code W += dW}; only ideal synapses can (thesis, section 3.3). */
    record Continuous() implements UpdateRule {}

    /** {@return the rule of ordinary Equilibrium Propagation, without pulses} */
    static UpdateRule continuous() {
        return new Continuous();
    }
}
