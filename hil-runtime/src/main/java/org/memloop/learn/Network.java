package org.memloop.learn;

import java.util.Arrays;
import java.util.List;

/**
 * State the shape of a layered network: every neuron is joined to every neuron of the next layer by one synapse that works
 * both ways. There are no biases, as in the thesis's work on devices (section 4.3.4).
 *
 * @param sizes neurons of each layer, the input first and the output last; at least two layers
 */
public record Network(List<Integer> sizes) {
    /** Refuse a network without synapses. */
    public Network {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "a network needs two or more layers of at least one neuron, not " + sizes);
        }
    }

    /**
     * State a shape.
     *
     * @param sizes neurons of each layer, the input first
     * @return for example {@code Network.of(784, 512, 10)}
     */
    public static Network of(int... sizes) {
        return new Network(Arrays.stream(sizes).boxed().toList());
    }

    /** {@return the number of layers of synapses; layer 0 joins the input to the first neurons} */
    public int layers() {
        return sizes.size() - 1;
    }

    /**
     * Count the neurons below a layer of synapses.
     *
     * @param layer the layer, from 0
     * @return length of a row of its weights
     */
    public int inputs(int layer) {
        return sizes.get(layer);
    }

    /**
     * Count the neurons above a layer of synapses.
     *
     * @param layer the layer, from 0
     * @return number of rows of its weights
     */
    public int outputs(int layer) {
        return sizes.get(layer + 1);
    }

    /**
     * Count the synapses of a layer.
     *
     * @param layer the layer, from 0
     * @return inputs times outputs
     */
    public int synapses(int layer) {
        return Math.multiplyExact(inputs(layer), outputs(layer));
    }

    /** {@return the number of synapses of all layers} */
    public int synapses() {
        int all = 0;
        for (int layer = 0; layer < layers(); layer++) {
            all = Math.addExact(all, synapses(layer));
        }
        return all;
    }

    int[] toArray() {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return String.join("-", sizes.stream().map(String::valueOf).toList());
    }
}
