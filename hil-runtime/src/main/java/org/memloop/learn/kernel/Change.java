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
     * Change some biases of one layer. Calls for different neurons come from several threads at a time.
     *
     * @param layer layer of weights, from 0, that ends at the neurons
     * @param at index of the first neuron; wanted[i] is for neuron at + i
     * @param wanted wanted change of each neuron's bias
     * @param pulses scratch memory as long as {@code wanted}
     * @param count how many neurons, padding among them, whole vectors of eight
     */
    void biases(int layer, int at, float[] wanted, int[] pulses, int count);

    /** Do what was put off; called after each tile of the first layer and at the end of a part of a mini-batch. */
    default void finish() {}
}
