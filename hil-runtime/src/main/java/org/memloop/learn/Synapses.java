package org.memloop.learn;

import java.util.Optional;

/** Keep the weights of a network and change them by pulses. */
public interface Synapses {
    /** {@return the shape of the network they join} */
    Network network();

    /**
     * Show the weights of a layer.
     *
     * @param layer the layer of synapses, from 0
     * @return the weights as they are now, {@code [upper][lower]} row by row; nobody else may change them
     */
    float[] weights(int layer);

    /**
     * Give the pulses of one mini-batch, all layers together.
     *
     * @param trits for each layer one trit for each weight, in the order of the weights: more than 0 strengthens
     * @throws org.memloop.bench.BenchException when a bench is behind the synapses and refuses or fails
     */
    void apply(byte[][] trits);

    /** {@return what the synapses were given so far} */
    Ledger ledger();

    /**
     * Show how far the weights of a layer have gone, to and fro: of each, the sum of {@code |dW|} over all its changes.
     *
     * @param layer the layer of synapses, from 0
     * @return a copy in the order of the weights, empty where it is not kept
     */
    default Optional<float[]> travel(int layer) {
        return Optional.empty();
    }

    /**
     * Get ready to learn by a rule. This way goes through {@link #apply}; synapses that are memory of this program have a
     * shorter one.
     *
     * @param rule what becomes of wanted changes
     * @param biases how biases learn
     * @return what makes the changes
     * @throws IllegalArgumentException when the synapses cannot learn so
     */
    default Plasticity plasticity(UpdateRule rule, Biases biases) {
        return new Pulsed(this, rule, biases);
    }
}
