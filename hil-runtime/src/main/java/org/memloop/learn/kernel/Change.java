package org.memloop.learn.kernel;

/** Change weights as a gradient wants it, a stretch of a line at a time, while the stretch is in the nearest cache. */
public interface Change {
    /**
     * Change some synapses of one layer. Calls for different synapses come from several threads at a time.
     *
     * @param layer layer of weights, from 0
     * @param at index of the first synapse in the layer's {@link Layout}; wanted[i] is for synapse at + i
     * @param wanted wanted change of each weight
     * @param pulses scratch memory as long as {@code wanted}
     * @param count how many synapses, whole vectors of eight
     */
    void synapses(int layer, int at, float[] wanted, int[] pulses, int count);

    /**
     * Change the biases of one layer.
     *
     * @param layer layer of weights, from 0, that ends at the neurons
     * @param wanted wanted change of each neuron's bias, padded
     * @param pulses scratch memory as long as {@code wanted}
     */
    void biases(int layer, float[] wanted, int[] pulses);

    /** Do what was put off, at the end of a part of a mini-batch. */
    default void finish() {}
}
