package org.memloop.learn.kernel;

import java.util.stream.IntStream;

/**
 * Hold the images of one mini-batch without their dark pixels: 81 % of MNIST's pixels are 0, and a
 * zero neither drives a neuron nor moves a weight.
 */
public final class Inputs {
    private final int size;
    /** By image, three at a time. */
    final Trios trios;
    /** Pixels lit in any image, ascending; the images that light lit[k] have room from litStarts[k] to litStarts[k + 1]. */
    final int[] lit;
    final int[] litStarts;
    /** By image: entries starts[image] to starts[image + 1], each an index k in lit and the pixel's value. */
    final int[] starts;
    final int[] places;
    final float[] values;

    /**
     * Take in a mini-batch.
     *
     * @param all image after image, {@code width} values each
     * @param width pixels of one image
     * @param from index of the first image
     * @param to index after the last image
     */
    public Inputs(float[] all, int width, int from, int to) {
        size = to - from;
        int[] ofPixel = new int[width];
        starts = new int[size + 1];
        for (int image = 0; image < size; image++) {
            starts[image + 1] = starts[image];
            for (int pixel = 0; pixel < width; pixel++) {
                if (all[(from + image) * width + pixel] != 0) {
                    ofPixel[pixel]++;
                    starts[image + 1]++;
                }
            }
        }
        lit = IntStream.range(0, width).filter(pixel -> ofPixel[pixel] > 0).toArray();
        litStarts = new int[lit.length + 1];
        int[] placeOf = new int[width];
        for (int k = 0; k < lit.length; k++) {
            placeOf[lit[k]] = k;
            litStarts[k + 1] = litStarts[k] + ofPixel[lit[k]];
        }
        trios = new Trios(all, width, from, to);
        places = new int[starts[size]];
        values = new float[starts[size]];
        int entry = 0;
        for (int i = 0; i < size * width; i++) {
            float value = all[from * width + i];
            if (value != 0) {
                places[entry] = placeOf[i % width];
                values[entry++] = value;
            }
        }
    }

    /** {@return the number of images} */
    public int size() {
        return size;
    }

    /** {@return the number of pixels that are not 0, of all images together} */
    public int litCount() {
        return places.length;
    }
}
