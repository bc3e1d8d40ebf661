package org.memloop.learn.kernel;

/**
 * Hold what a mini-batch's networks came to: two sets of states whose contrast is the gradient. They are those after the
 * free and after the nudge phase, or with a symmetric nudge those after the nudges by -beta and +beta. Only what the
 * gradient needs is written down, the first of them and the difference of both, and only of images that the nudge moved: all
 * of it has to travel from the core that settled an image to those that change the weights.
 */
public final class States {
    /** Places for an image's outcome, two lines of the cache: images side by side may be settled by different threads. */
    private static final int APART = 32;
    // what stands in the first of them; MOVED is 1 where the nudge moved anything, else 0
    private static final int FREE_RESIDUAL = 0;
    private static final int NUDGE_RESIDUAL = 1;
    private static final int PREDICTION = 2;
    private static final int MOVED = 3;

    private final Layout layout;
    final int capacity;
    /** What the input drives the first layer with, [image][neuron] behind {@link Layout#LEAD} places. */
    final float[] drive;
    /** The first of both by layer, [image][neuron] behind {@link Layout#LEAD} places; of images that were moved. */
    final float[][] minus;
    /** Second minus first by layer, where {@link #differenceAt} says; of images that were moved. */
    final float[][] difference;
    /** What else came out for each image; before the first, too, there is room, for all threads read an array's length. */
    private final float[] outcome;

    /**
     * Make room.
     *
     * @param layout the network's layout
     * @param capacity most images of a mini-batch
     */
    public States(Layout layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        this.drive = new float[Layout.LEAD + capacity * layout.stride(1)];
        this.minus = new float[layout.layers()][];
        this.difference = new float[layout.layers()][];
        for (int layer = 0; layer < minus.length; layer++) {
            minus[layer] = new float[Layout.LEAD + capacity * layout.stride(layer + 1)];
            difference[layer] = new float[Layout.LEAD + capacity * layout.stride(layer + 1)];
        }
        this.outcome = new float[at(capacity)];
    }

    private static int at(int image) {
        return (image + 1) * APART;
    }

    /**
     * Find where the difference of some neurons of an image begins. In the first layer it lies like the weights,
     * behind {@link Layout#LEAD} places {@code [tile][image][neuron of the tile]}; in others it is {@code [image][neuron]}.
     */
    int differenceAt(int layer, int image, int neuron) {
        if (layer > 0) {
            return image * layout.stride(layer + 1) + neuron;
        }
        int width = layout.width();
        return Layout.LEAD + (neuron / width * capacity + image) * width + neuron % width;
    }

    /** {@return the second of the states of a neuron, of an image that was moved} */
    float plus(int layer, int image, int neuron) {
        return minus[layer][Layout.LEAD + image * layout.stride(layer + 1) + neuron]
                + difference[layer][differenceAt(layer, image, neuron)];
    }

    /**
     * Tell which output was highest after the free phase; of equals the first.
     *
     * @param image index of the image in the mini-batch
     * @return the class the network takes it for
     */
    public int prediction(int image) {
        return (int) outcome[at(image) + PREDICTION];
    }

    /**
     * Tell how far from settled the free phase was left.
     *
     * @param image index of the image in the mini-batch
     * @return largest change of a neuron in the last step
     */
    public float freeResidual(int image) {
        return outcome[at(image) + FREE_RESIDUAL];
    }

    /**
     * Tell how far from settled the nudge phase was left, the worse of two if there were two.
     *
     * @param image index of the image in the mini-batch
     * @return largest change of a neuron in the last step
     */
    public float nudgeResidual(int image) {
        return outcome[at(image) + NUDGE_RESIDUAL];
    }

    void freeResidual(int image, float residual) {
        outcome[at(image) + FREE_RESIDUAL] = residual;
    }

    void nudgeResidual(int image, float residual) {
        outcome[at(image) + NUDGE_RESIDUAL] = residual;
    }

    boolean isMoved(int image) {
        return outcome[at(image) + MOVED] != 0;
    }

    void predict(int image, float[] outputs, int from) {
        int best = 0;
        for (int i = 1; i < layout.size(layout.layers()); i++) {
            best = outputs[from + i] > outputs[from + best] ? i : best;
        }
        outcome[at(image) + PREDICTION] = best;
    }

    /** Note that the nudge did nothing to an image. */
    void rest(int image) {
        outcome[at(image) + MOVED] = 0;
    }

    /** Write down both states of a layer of neurons of an image that was moved. */
    void contrast(int image, int layer, float[] first, int from, float[] second, int at) {
        outcome[at(image) + MOVED] = 1;
        int stride = layout.stride(layer + 1);
        int width = layer == 0 ? layout.width() : stride;
        System.arraycopy(first, from, minus[layer], Layout.LEAD + image * stride, stride);
        for (int start = 0; start < stride; start += width) {
            int to = differenceAt(layer, image, start);
            for (int i = 0; i < width; i++) {
                difference[layer][to + i] = second[at + start + i] - first[from + start + i];
            }
        }
    }
}
