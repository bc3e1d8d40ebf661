package org.memloop.learn;

/**
 * Hold labelled images in columns.
 *
 * @param name what reports call it
 * @param width pixels across
 * @param height pixels down
 * @param classes number of different labels
 * @param pixels image after image, row by row, {@code size() * width * height} values from 0 to 1
 * @param labels one label for each image, 0 to classes - 1
 */
public record Dataset(String name, int width, int height, int classes, float[] pixels, byte[] labels) {
    /** Refuse columns that do not fit together. */
    public Dataset {
        if (pixels.length != labels.length * width * height) {
            throw new IllegalArgumentException(name + ": " + labels.length + " labels do not go with " + pixels.length
                    + " pixels of " + width + "x" + height + " images");
        }
    }

    /** {@return the number of images} */
    public int size() {
        return labels.length;
    }

    /** {@return the number of pixels of one image} */
    public int inputs() {
        return width * height;
    }

    /**
     * Take a stretch of images.
     *
     * @param from index of the first
     * @param to index after the last
     * @return the images between
     */
    public Dataset slice(int from, int to) {
        return new Dataset(name, width, height, classes,
                java.util.Arrays.copyOfRange(pixels, from * inputs(), to * inputs()),
                java.util.Arrays.copyOfRange(labels, from, to));
    }
}
