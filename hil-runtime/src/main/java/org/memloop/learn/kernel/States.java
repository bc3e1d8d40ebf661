package org.memloop.learn.kernel;

/**
 * Hold what a mini-batch's networks came to: two sets of states whose contrast is the gradient. They are those after the
 * free and after the nudge phase, or with a symmetric nudge those after the nudges by -beta and +beta. Only what the
 * gradient needs is written down, the first of them and the difference of both, and only of images that the nudge moved: all
 * of it has to travel from the core that settled an image to those that change the weights.
 */
public final class States {
    private final Layout layout;
    final int capacity;
    final float[] drive;
    /** The first of both by layer, [image][neuron]; of images that were moved. */
    final float[][] minus;
    /** Second minus first by layer, where {@link #differenceAt} says; of images that were moved. */
    final float[][] difference;
    final float[] freeResidual;
    final float[] nudgeResidual;
    final int[] prediction;
    /** 1 where the nudge moved anything, else 0. */
    final int[] moved;

    /**
     * Make room.
     *
     * @param layout the network's layout
     * @param capacity most images of a mini-batch
     */
    public States(Layout layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        this.drive = new float[capacity * layout.stride(1)];
        this.minus = new float[layout.layers()][];
        this.difference = new float[layout.layers()][];
        for (int layer = 0; layer < minus.length; layer++) {
            minus[layer] = new float[capacity * layout.stride(layer + 1)];
            difference[layer] = new float[Layout.LEAD + capacity * layout.stride(layer + 1)];
        }
        this.freeResidual = new float[capacity];
        this.nudgeResidual = new float[capacity];
        this.prediction = new int[capacity];
        this.moved = new int[capacity];
    }

    /**
     * Find where the difference of some neurons of an image begins. In the first layer it lies like the weights, 4 empty
     * places, then {@code [tile][image][neuron of the tile]}; in others it is {@code [image][neuron]}.
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
        return minus[layer][image * layout.stride(layer + 1) + neuron]
                + difference[layer][differenceAt(layer, image, neuron)];
    }

    /**
     * Tell which output was highest after the free phase; of equals the first.
     *
     * @param image index of the image in the mini-batch
     * @return the class the network takes it for
     */
    public int prediction(int image) {
        return prediction[image];
    }

    /**
     * Tell how far from settled the free phase was left.
     *
     * @param image index of the image in the mini-batch
     * @return largest change of a neuron in the last step
     */
    public float freeResidual(int image) {
        return freeResidual[image];
    }

    /**
     * Tell how far from settled the nudge phase was left, the worse of two if there were two.
     *
     * @param image index of the image in the mini-batch
     * @return largest change of a neuron in the last step
     */
    public float nudgeResidual(int image) {
        return nudgeResidual[image];
    }

    void predict(int image, float[] output, int at) {
        int best = 0;
        for (int i = 1; i < layout.size(layout.layers()); i++) {
            best = output[at + i] > output[at + best] ? i : best;
        }
        prediction[image] = best;
    }

    /** Note that the nudge did nothing to an image. */
    void rest(int image) {
        moved[image] = 0;
    }

    /** Write down both states of an image, layer by layer. */
    void contrast(int image, float[][] first, float[][] second) {
        moved[image] = 1;
        for (int layer = 0; layer < minus.length; layer++) {
            int stride = layout.stride(layer + 1);
            int width = layer == 0 ? layout.width() : stride;
            System.arraycopy(first[layer], 0, minus[layer], image * stride, stride);
            for (int start = 0; start < stride; start += width) {
                int at = differenceAt(layer, image, start);
                for (int i = 0; i < width; i++) {
                    difference[layer][at + i] = second[layer][start + i] - first[layer][start + i];
                }
            }
        }
    }
}
