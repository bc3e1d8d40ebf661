package org.memloop.learn.kernel;

/**
 * Hold what a mini-batch's networks came to: two sets of states whose contrast is the gradient. They are those after the
 * free and after the nudge phase, or with a symmetric nudge those after the nudges by -beta and +beta.
 */
public final class States {
    final Layout layout;
    final int capacity;
    final float[] drive;
    final float[][] minus;
    final float[][] plus;
    /** plus - minus of the first layer: 4 empty places, then [tile][image][neuron of the tile]. */
    final float[] difference;
    final float[] freeResidual;
    final float[] nudgeResidual;
    final int[] prediction;
    /** 1 where the nudge moved anything, else 0; then the difference is not filled in. */
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
        this.difference = new float[Layout.LEAD + capacity * layout.stride(1)];
        this.minus = new float[layout.layers()][];
        this.plus = new float[layout.layers()][];
        for (int layer = 0; layer < minus.length; layer++) {
            minus[layer] = new float[capacity * layout.stride(layer + 1)];
            plus[layer] = new float[capacity * layout.stride(layer + 1)];
        }
        this.freeResidual = new float[capacity];
        this.nudgeResidual = new float[capacity];
        this.prediction = new int[capacity];
        this.moved = new int[capacity];
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
        for (int layer = 0; layer < plus.length; layer++) {
            int stride = layout.stride(layer + 1);
            System.arraycopy(minus[layer], image * stride, plus[layer], image * stride, stride);
        }
    }

    /** Fill in the difference of the first layer of one image. */
    void contrast(int image) {
        moved[image] = 1;
        int width = layout.width();
        int row = image * layout.stride(1);
        for (int tile = 0; tile < layout.tiles(); tile++) {
            int at = Layout.LEAD + (tile * capacity + image) * width;
            for (int i = 0; i < width; i++) {
                difference[at + i] = plus[0][row + tile * width + i] - minus[0][row + tile * width + i];
            }
        }
    }
}
