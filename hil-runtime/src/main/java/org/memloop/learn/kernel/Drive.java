package org.memloop.learn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Work out what clamped images add to the drive of the first layer, {@code b + W x}. Only lit pixels are looked at; a tile
 * of weights stays in the cache while all images pass by.
 */
final class Drive {
    /** Eight floats where the processor has registers for them, else four. */
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED.length() >= 8
            ? FloatVector.SPECIES_256
            : FloatVector.SPECIES_128;
    static final int LANES = SPECIES.length();

    private Drive() {}

    /**
     * Work out some tiles for all images.
     *
     * @param from the first tile
     * @param to the one after the last
     */
    static void run(Weights weights, Inputs inputs, float[] drive, int from, int to) {
        Layout layout = weights.layout();
        int width = layout.width();
        int stride = layout.stride(1);
        float[] w = weights.synapses()[0];
        for (int tile = from; tile < to; tile++) {
            int base = Layout.LEAD + tile * layout.size(0) * width;
            for (int image = 0; image < inputs.size(); image++) {
                int out = image * stride + tile * width;
                System.arraycopy(weights.biases()[0], tile * width, drive, out, width);
                add(drive, out, width, w, base, width, inputs.pixels, inputs.values, inputs.imageStarts[image],
                        inputs.imageStarts[image + 1]);
            }
        }
    }

    /** Add values[e] * rows[indices[e]], for e from start to end, to one line of {@code length} floats. */
    static void add(float[] line, int at, int length, float[] rows, int base, int stride, int[] indices,
            float[] values, int start, int end) {
        int i = 0;
        for (; i + 8 * LANES <= length; i += 8 * LANES) {
            addEight(line, at + i, rows, base + i, stride, indices, values, start, end);
        }
        for (; i < length; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, line, at + i);
            for (int e = start; e < end; e++) {
                sum = FloatVector.broadcast(SPECIES, values[e])
                        .fma(FloatVector.fromArray(SPECIES, rows, base + i + indices[e] * stride), sum);
            }
            sum.intoArray(line, at + i);
        }
    }

    private static void addEight(float[] line, int at, float[] rows, int base, int stride, int[] indices,
            float[] values, int start, int end) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, line, at);
        FloatVector s1 = FloatVector.fromArray(SPECIES, line, at + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, line, at + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, line, at + 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, line, at + 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(SPECIES, line, at + 5 * LANES);
        FloatVector s6 = FloatVector.fromArray(SPECIES, line, at + 6 * LANES);
        FloatVector s7 = FloatVector.fromArray(SPECIES, line, at + 7 * LANES);
        for (int e = start; e < end; e++) {
            FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
            int row = base + indices[e] * stride;
            s0 = x.fma(FloatVector.fromArray(SPECIES, rows, row), s0);
            s1 = x.fma(FloatVector.fromArray(SPECIES, rows, row + LANES), s1);
            s2 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 2 * LANES), s2);
            s3 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 3 * LANES), s3);
            s4 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 4 * LANES), s4);
            s5 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 5 * LANES), s5);
            s6 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 6 * LANES), s6);
            s7 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 7 * LANES), s7);
        }
        s0.intoArray(line, at);
        s1.intoArray(line, at + LANES);
        s2.intoArray(line, at + 2 * LANES);
        s3.intoArray(line, at + 3 * LANES);
        s4.intoArray(line, at + 4 * LANES);
        s5.intoArray(line, at + 5 * LANES);
        s6.intoArray(line, at + 6 * LANES);
        s7.intoArray(line, at + 7 * LANES);
    }
}
