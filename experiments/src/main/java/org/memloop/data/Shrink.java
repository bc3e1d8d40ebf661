package org.memloop.data;

import org.memloop.learn.Dataset;

/** Make images smaller, or stronger. */
public final class Shrink {
    private Shrink() {}

    /**
     * Make 8x8 images of 28x28 ones: cut off 2 pixels on each side, then average over blocks of 3x3.
     *
     * <p>MNIST's digits stand in the middle 20x20 pixels, so the edge that is cut off is all but empty, and a digit covers
     * more of the 64 pixels than when all 28 go into 8 blocks of 3.5: with ideal ternary synapses 64-50-10 reaches 91.8 %
     * instead of 90.8 % after 5 epochs.
     *
     * @param data 28x28 images
     * @return 8x8 images
     */
    public static Dataset toEightByEight(Dataset data) {
        return to(crop(data, 2), 8, 8);
    }

    /**
     * Cut off the edges.
     *
     * @param data the images
     * @param margin pixels to cut off on each of the four sides
     * @return the middles of the images
     */
    public static Dataset crop(Dataset data, int margin) {
        int width = data.width() - 2 * margin;
        int height = data.height() - 2 * margin;
        if (margin < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("cannot cut " + margin + " pixels off every side of "
                    + data.width() + "x" + data.height() + " images");
        }
        float[] middle = new float[data.size() * width * height];
        for (int image = 0; image < data.size(); image++) {
            for (int y = 0; y < height; y++) {
                System.arraycopy(data.pixels(), image * data.inputs() + (y + margin) * data.width() + margin, middle,
                        (image * height + y) * width, width);
            }
        }
        return new Dataset(data.name(), width, height, data.classes(), middle, data.labels());
    }

    /**
     * Average images over blocks. Where a block's edge cuts through a pixel, the pixel counts by the part of its area that
     * lies inside.
     *
     * @param data images at least as large as the result
     * @param width pixels across of the result
     * @param height pixels down of the result
     * @return the smaller images, still from 0 to 1
     */
    public static Dataset to(Dataset data, int width, int height) {
        float[][] across = overlaps(data.width(), width);
        float[][] down = overlaps(data.height(), height);
        float[] small = new float[data.size() * width * height];
        float[] narrow = new float[data.height() * width];
        for (int image = 0; image < data.size(); image++) {
            for (int y = 0; y < data.height(); y++) {
                int row = image * data.inputs() + y * data.width();
                for (int x = 0; x < width; x++) {
                    narrow[y * width + x] = weighted(data.pixels(), row, 1, across[x]);
                }
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    small[(image * height + y) * width + x] = weighted(narrow, x, width, down[y]);
                }
            }
        }
        return new Dataset(data.name() + " " + width + "x" + height, width, height, data.classes(), small,
                data.labels());
    }

    /** For each block the part that each line of pixels has in it; a block's parts add up to 1. */
    private static float[][] overlaps(int lines, int blocks) {
        if (blocks < 1 || blocks > lines) {
            throw new IllegalArgumentException("images of " + lines + " pixels cannot shrink to " + blocks);
        }
        double length = (double) lines / blocks;
        float[][] parts = new float[blocks][lines];
        for (int block = 0; block < blocks; block++) {
            for (int line = 0; line < lines; line++) {
                double inside = Math.min(line + 1, (block + 1) * length) - Math.max(line, block * length);
                parts[block][line] = (float) (Math.max(0, inside) / length);
            }
        }
        return parts;
    }

    private static float weighted(float[] values, int at, int stride, float[] parts) {
        float sum = 0;
        for (int i = 0; i < parts.length; i++) {
            sum += parts[i] * values[at + i * stride];
        }
        return Math.min(1f, sum);
    }

    /**
     * Multiply every pixel and cut off at 1. Averaged images are pale; twice as strong they drive a small network better.
     *
     * @param data the images
     * @param gain factor, more than 0
     * @return the stronger images
     */
    public static Dataset amplify(Dataset data, double gain) {
        if (!(gain > 0)) {
            throw new IllegalArgumentException("the gain of images must be above 0, not " + gain);
        }
        float[] strong = data.pixels().clone();
        for (int i = 0; i < strong.length; i++) {
            strong[i] = Math.min(1f, (float) gain * strong[i]);
        }
        return new Dataset(data.name(), data.width(), data.height(), data.classes(), strong, data.labels());
    }
}
