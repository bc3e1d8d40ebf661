package org.memloop.data;

import java.util.SplittableRandom;
import org.memloop.learn.Dataset;

/**
 * Draw digits: strokes of a pen that is never held the same way twice, as 8x8 gray images. A set to learn from that needs no
 * files; the same seed draws the same images.
 *
 * <p>A linear classifier gets a little over nine in ten of them right, so that there is something to learn for a hidden
 * layer.
 */
public final class DrawnDigits {
    /** Pixels across and down. */
    public static final int SIDE = 8;

    private static final double SHIFT = 0.1;
    private static final double SCALE = 0.15;
    private static final double TURN_RADIANS = 0.25;
    private static final double SLANT = 0.25;
    private static final double WOBBLE = 0.04;
    private static final double NOISE = 0.08;
    private static final double MARGIN = 1.0;

    private DrawnDigits() {}

    /**
     * Draw three sets, each image from the same hand.
     *
     * @param training images to train with
     * @param validation images to validate with
     * @param test images to test with
     * @param seed where all randomness comes from
     * @return the sets; the first images of a larger set are those of a smaller one
     */
    public static Splits splits(int training, int validation, int test, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Splits(draw(training, random.nextLong()), draw(validation, random.nextLong()),
                draw(test, random.nextLong()));
    }

    /**
     * Draw one set. Labels are drawn too, so classes are about equally frequent and in no order.
     *
     * @param images how many
     * @param seed where all randomness comes from
     * @return 8x8 images of the digits 0 to 9
     */
    public static Dataset draw(int images, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] pixels = new float[images * SIDE * SIDE];
        byte[] labels = new byte[images];
        for (int i = 0; i < images; i++) {
            labels[i] = (byte) random.nextInt(10);
            draw(labels[i], random, pixels, i * SIDE * SIDE);
        }
        return new Dataset("drawn digits", SIDE, SIDE, 10, pixels, labels);
    }

    private static void draw(int digit, SplittableRandom random, float[] pixels, int at) {
        double[][] strokes = Strokes.of(digit, random);
        double[][] pen = hold(random);
        double radius = random.nextDouble(0.35, 0.75);
        double ink = random.nextDouble(0.75, 1.0);
        double[][] placed = new double[strokes.length][];
        for (int s = 0; s < strokes.length; s++) {
            placed[s] = place(strokes[s], pen, random);
        }
        for (int p = 0; p < SIDE * SIDE; p++) {
            double distance = Double.POSITIVE_INFINITY;
            for (double[] stroke : placed) {
                distance = Math.min(distance, distance(stroke, p % SIDE + 0.5, p / SIDE + 0.5));
            }
            // A pixel is inked by the part of its width that lies within the stroke's edge.
            double value = ink * Math.clamp(radius - distance + 0.5, 0, 1) + NOISE * random.nextGaussian();
            pixels[at + p] = (float) Math.clamp(value, 0, 1);
        }
    }

    /** Draw how the pen is held: an affine map from the unit square of the strokes to the pixels. */
    private static double[][] hold(SplittableRandom random) {
        double extent = SIDE - 2 * MARGIN;
        double turn = TURN_RADIANS * between(random);
        double slant = SLANT * between(random);
        double wide = extent * 0.8 * (1 + SCALE * between(random));
        double tall = extent * (1 + SCALE * between(random));
        double cos = Math.cos(turn);
        double sin = Math.sin(turn);
        double[] x = {wide * cos, -tall * (sin + slant), SIDE * (0.5 + SHIFT * between(random))};
        double[] y = {wide * sin, tall * cos, SIDE * (0.5 + SHIFT * between(random))};
        return new double[][]{x, y};
    }

    private static double[] place(double[] stroke, double[][] pen, SplittableRandom random) {
        double[] placed = new double[stroke.length];
        for (int i = 0; i < stroke.length; i += 2) {
            double x = stroke[i] - 0.5 + WOBBLE * random.nextGaussian();
            double y = stroke[i + 1] - 0.5 + WOBBLE * random.nextGaussian();
            placed[i] = pen[0][0] * x + pen[0][1] * y + pen[0][2];
            placed[i + 1] = pen[1][0] * x + pen[1][1] * y + pen[1][2];
        }
        return placed;
    }

    /** Sum of two even draws, from -1 to 1 with the middle likelier. */
    private static double between(SplittableRandom random) {
        return random.nextDouble() - random.nextDouble();
    }

    private static double distance(double[] stroke, double x, double y) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 3 < stroke.length; i += 2) {
            double dx = stroke[i + 2] - stroke[i];
            double dy = stroke[i + 3] - stroke[i + 1];
            double length = dx * dx + dy * dy;
            double t = length == 0 ? 0 : ((x - stroke[i]) * dx + (y - stroke[i + 1]) * dy) / length;
            t = Math.clamp(t, 0, 1);
            double ex = stroke[i] + t * dx - x;
            double ey = stroke[i + 1] + t * dy - y;
            nearest = Math.min(nearest, ex * ex + ey * ey);
        }
        return Math.sqrt(nearest);
    }
}
