package org.memloop.learn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Work out what clamped images add to the drive of the first layer, {@code b + W x}. Only lit pixels are looked at, and a
 * tile of weights stays in the second-level cache while all images pass by, three at a time: what is fetched from there
 * serves all three ({@link Trios}).
 */
final class Drive {
    /** Eight floats where the processor has registers for them, else four. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() >= 8
            ? FloatVector.SPECIES_256
            : FloatVector.SPECIES_128;
    static final int LANES = SPECIES.length();
    /** Sixteen where the processor has such, else as many; only for sums whose order does not depend on it. */
    static final VectorSpecies<Float> WIDE = FloatVector.SPECIES_PREFERRED.length() >= 16
            ? FloatVector.SPECIES_512
            : SPECIES;
    static final int WIDE_LANES = WIDE.length();

    private Drive() {}

    /**
     * Work out one tile for all images.
     *
     * @param tile the tile
     */
    static void run(Weights weights, Inputs inputs, float[] drive, int tile) {
        Layout layout = weights.layout();
        int width = layout.width();
        int stride = layout.stride(1);
        Trios trios = inputs.trios;
        int base = Layout.LEAD + tile * layout.size(0) * width;
        for (int trio = 0; trio < trios.count(); trio++) {
            int i = 0;
            for (; i + 4 * WIDE_LANES <= width; i += 4 * WIDE_LANES) {
                four(weights.synapses()[0], base + i, width, weights.biases()[0], tile * width + i, trios.pixels,
                        trios.values, trios.starts[trio], trios.starts[trio + 1], drive,
                        Layout.LEAD + trios.images[3 * trio] * stride,
                        Layout.LEAD + trios.images[3 * trio + 1] * stride,
                        Layout.LEAD + trios.images[3 * trio + 2] * stride);
            }
            for (; i < width; i += LANES) {
                one(weights, base + i, width, trios, trio, drive, stride, tile * width + i);
            }
        }
    }

    /** Four vectors of neurons of each of the images a, b and c: as many sums as most processors have registers for. */
    private static void four(float[] rows, int base, int width, float[] biases, int at, int[] pixels, float[] values,
            int start, int end, float[] drive, int a, int b, int c) {
        FloatVector a0 = FloatVector.fromArray(WIDE, biases, at);
        FloatVector a1 = FloatVector.fromArray(WIDE, biases, at + WIDE_LANES);
        FloatVector a2 = FloatVector.fromArray(WIDE, biases, at + 2 * WIDE_LANES);
        FloatVector a3 = FloatVector.fromArray(WIDE, biases, at + 3 * WIDE_LANES);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector b3 = a3;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector c2 = a2;
        FloatVector c3 = a3;
        for (int e = start; e < end; e++) {
            int row = base + pixels[e] * width;
            FloatVector ofA = FloatVector.broadcast(WIDE, values[3 * e]);
            FloatVector ofB = FloatVector.broadcast(WIDE, values[3 * e + 1]);
            FloatVector ofC = FloatVector.broadcast(WIDE, values[3 * e + 2]);
            FloatVector w = FloatVector.fromArray(WIDE, rows, row);
            a0 = ofA.fma(w, a0);
            b0 = ofB.fma(w, b0);
            c0 = ofC.fma(w, c0);
            w = FloatVector.fromArray(WIDE, rows, row + WIDE_LANES);
            a1 = ofA.fma(w, a1);
            b1 = ofB.fma(w, b1);
            c1 = ofC.fma(w, c1);
            w = FloatVector.fromArray(WIDE, rows, row + 2 * WIDE_LANES);
            a2 = ofA.fma(w, a2);
            b2 = ofB.fma(w, b2);
            c2 = ofC.fma(w, c2);
            w = FloatVector.fromArray(WIDE, rows, row + 3 * WIDE_LANES);
            a3 = ofA.fma(w, a3);
            b3 = ofB.fma(w, b3);
            c3 = ofC.fma(w, c3);
        }
        a0.intoArray(drive, a + at);
        a1.intoArray(drive, a + at + WIDE_LANES);
        a2.intoArray(drive, a + at + 2 * WIDE_LANES);
        a3.intoArray(drive, a + at + 3 * WIDE_LANES);
        b0.intoArray(drive, b + at);
        b1.intoArray(drive, b + at + WIDE_LANES);
        b2.intoArray(drive, b + at + 2 * WIDE_LANES);
        b3.intoArray(drive, b + at + 3 * WIDE_LANES);
        c0.intoArray(drive, c + at);
        c1.intoArray(drive, c + at + WIDE_LANES);
        c2.intoArray(drive, c + at + 2 * WIDE_LANES);
        c3.intoArray(drive, c + at + 3 * WIDE_LANES);
    }

    private static void one(Weights weights, int base, int width, Trios trios, int trio, float[] drive, int stride,
            int at) {
        float[] rows = weights.synapses()[0];
        FloatVector a = FloatVector.fromArray(SPECIES, weights.biases()[0], at);
        FloatVector b = a;
        FloatVector c = a;
        for (int e = trios.starts[trio]; e < trios.starts[trio + 1]; e++) {
            FloatVector w = FloatVector.fromArray(SPECIES, rows, base + trios.pixels[e] * width);
            a = FloatVector.broadcast(SPECIES, trios.values[3 * e]).fma(w, a);
            b = FloatVector.broadcast(SPECIES, trios.values[3 * e + 1]).fma(w, b);
            c = FloatVector.broadcast(SPECIES, trios.values[3 * e + 2]).fma(w, c);
        }
        a.intoArray(drive, Layout.LEAD + trios.images[3 * trio] * stride + at);
        b.intoArray(drive, Layout.LEAD + trios.images[3 * trio + 1] * stride + at);
        c.intoArray(drive, Layout.LEAD + trios.images[3 * trio + 2] * stride + at);
    }
}
