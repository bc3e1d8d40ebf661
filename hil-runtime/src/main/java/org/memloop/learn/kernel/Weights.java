package org.memloop.learn.kernel;

/**
 * Hold the weights and biases of a network as the hot loops want them.
 *
 * @param layout where each weight is
 * @param synapses weights of each layer
 * @param biases bias of each neuron above the input, layer by layer, padded; all 0 in a network without biases
 */
public record Weights(Layout layout, float[][] synapses, float[][] biases) {
    /**
     * Begin with zeros.
     *
     * @param layout where each weight will be
     */
    public Weights(Layout layout) {
        this(layout, new float[layout.layers()][], new float[layout.layers()][]);
        for (int layer = 0; layer < layout.layers(); layer++) {
            synapses[layer] = new float[layout.length(layer)];
            biases[layer] = new float[layout.stride(layer + 1)];
        }
    }
}
