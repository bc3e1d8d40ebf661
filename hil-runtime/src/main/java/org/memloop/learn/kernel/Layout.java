package org.memloop.learn.kernel;

/**
 * Lay out the weights and states of a network for the hot loops.
 *
 * <pre>
 *   layer 0:      12 empty places, then [tile of up to 64 upper neurons][pixel][neuron of the tile]
 *   other layers: 12 empty places, then [upper neuron][lower neuron]
 *   states:       [image][neuron]
 * </pre>
 *
 * <p>What a lit pixel drives is contiguous, and one tile of a mini-batch's lit pixels fits the second-level cache. Lines
 * are padded to whole vectors with weights and states that stay 0.
 */
public final class Layout {
    /**
     * Floats left empty at the beginning of arrays that hot loops read whole vectors from. The first float of an array lies
     * 16 bytes behind the array's own address; where that is a multiple of 64 ({@code -XX:ObjectAlignmentInBytes=64}) no
     * vector then straddles two cache lines, which would cost a second read of the cache, and no two objects share one.
     */
    static final int LEAD = 12;

    /** What the first synapse of layer 0 counts as when numbers are drawn, as it did when results were first published. */
    private static final int FIRST_NUMBER = 4;

    private static final int TILE = 64;
    private static final int VECTOR = 8;

    private final int[] sizes;
    private final int width;

    /**
     * Lay out networks of one shape.
     *
     * @param sizes neurons of each layer, the input first
     */
    public Layout(int... sizes) {
        this.sizes = sizes.clone();
        this.width = sizes[1] > TILE / 2 ? TILE : roundUp(sizes[1], VECTOR);
    }

    static int roundUp(int value, int multiple) {
        return Math.ceilDiv(value, multiple) * multiple;
    }

    /** {@return the number of layers of weights} */
    public int layers() {
        return sizes.length - 1;
    }

    /**
     * Count neurons.
     *
     * @param layer layer of neurons, 0 for the input
     * @return neurons without padding
     */
    public int size(int layer) {
        return sizes[layer];
    }

    /**
     * Tell the length of a line of states.
     *
     * @param layer layer of neurons, 1 for the first above the input
     * @return neurons with padding
     */
    public int stride(int layer) {
        return layer == 1 ? roundUp(sizes[1], width) : roundUp(sizes[layer], VECTOR);
    }

    /** {@return the number of neurons of a tile of layer 0} */
    int width() {
        return width;
    }

    /** {@return the number of tiles of layer 0} */
    int tiles() {
        return stride(1) / width;
    }

    /**
     * Tell how much room the weights of a layer take.
     *
     * @param layer layer of weights, from 0
     * @return length of the array
     */
    public int length(int layer) {
        return layer == 0
                ? Math.addExact(LEAD, Math.multiplyExact(stride(1), sizes[0]))
                : Math.addExact(LEAD, Math.multiplyExact(sizes[layer + 1], stride(layer)));
    }

    /**
     * Find a weight.
     *
     * @param layer layer of weights, from 0
     * @param upper the neuron above
     * @param lower the neuron below, or the pixel
     * @return its index in the array of the layer
     */
    public int at(int layer, int upper, int lower) {
        return layer == 0
                ? LEAD + (upper / width * sizes[0] + lower) * width + upper % width
                : LEAD + upper * stride(layer) + lower;
    }

    /**
     * Number a synapse for rules that draw random numbers, the same for good: what a seed gives must not depend on how
     * memory is laid out.
     *
     * @param layer layer of weights, from 0
     * @param at index of the synapse in the array of the layer
     * @return its number; synapses side by side have numbers that follow one another
     */
    public int number(int layer, int at) {
        return at - LEAD + (layer == 0 ? FIRST_NUMBER : 0);
    }

    /**
     * Find all weights.
     *
     * @return for each layer the index in its array of every synapse, {@code [upper][lower]} row by row
     */
    public int[][] places() {
        int[][] places = new int[layers()][];
        for (int layer = 0; layer < places.length; layer++) {
            places[layer] = new int[sizes[layer] * sizes[layer + 1]];
            for (int synapse = 0; synapse < places[layer].length; synapse++) {
                places[layer][synapse] = at(layer, synapse / sizes[layer], synapse % sizes[layer]);
            }
        }
        return places;
    }

    /**
     * Put the values of a layer's synapses in their places.
     *
     * @param layer layer of weights, from 0
     * @param rows {@code [upper][lower]} row by row, without padding
     * @param packed where they go
     */
    public void pack(int layer, float[] rows, float[] packed) {
        for (int upper = 0; upper < sizes[layer + 1]; upper++) {
            for (int lower = 0; lower < sizes[layer]; lower++) {
                packed[at(layer, upper, lower)] = rows[upper * sizes[layer] + lower];
            }
        }
    }

    /**
     * Undo {@link #pack}.
     *
     * @param layer layer of weights, from 0
     * @param packed values in their places
     * @return {@code [upper][lower]} row by row, without padding
     */
    public float[] unpack(int layer, float[] packed) {
        float[] rows = new float[sizes[layer] * sizes[layer + 1]];
        for (int upper = 0; upper < sizes[layer + 1]; upper++) {
            for (int lower = 0; lower < sizes[layer]; lower++) {
                rows[upper * sizes[layer] + lower] = packed[at(layer, upper, lower)];
            }
        }
        return rows;
    }
}
