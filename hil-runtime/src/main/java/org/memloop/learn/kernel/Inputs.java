package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.WIDE_LANES;

import java.util.stream.IntStream;

/**
 * Hold the images of one mini-batch without their dark pixels: 81 % of MNIST's pixels are 0, and a
 * zero neither drives a neuron nor moves a weight.
 */
public final class Inputs {
    private final int size;
    /** By image, three at a time. */
    final Trios trios;
    /** Pixels lit in any image, ascending. */
    final int[] lit;
    /**
     * By pixel: entries litStarts[k] to litStarts[k + 1] are images that light lit[k], ascending, and how brightly; behind the
     * last is room to read a whole vector.
     */
    final int[] litStarts;
    final int[] images;
    final float[] values;
    /** The same images by pixel as bits, {@link #words} numbers for each; bit i of number w is image 64 w + i. */
    final long[] lights;
    final int words;

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
        words = Math.ceilDiv(size, Long.SIZE);
        trios = new Trios(all, width, from, to);
        lit = IntStream.range(0, width)
                .filter(pixel -> IntStream.range(from, to).anyMatch(image -> all[image * width + pixel] != 0))
                .toArray();
        int count = (int) IntStream.range(from * width, to * width).filter(i -> all[i] != 0).count();
        litStarts = new int[lit.length + 1];
        images = new int[count + WIDE_LANES];
        values = new float[count + WIDE_LANES];
        lights = new long[lit.length * words];
        int entry = 0;
        for (int k = 0; k < lit.length; k++) {
            for (int image = 0; image < size; image++) {
                float value = all[(from + image) * width + lit[k]];
                if (value != 0) {
                    images[entry] = image;
                    values[entry++] = value;
                    lights[k * words + image / Long.SIZE] |= 1L << image;
                }
            }
            litStarts[k + 1] = entry;
        }
    }

    /** {@return the number of images} */
    public int size() {
        return size;
    }

    /** {@return the number of pixels that are not 0, of all images together} */
    public int litCount() {
        return litStarts[lit.length];
    }
}
