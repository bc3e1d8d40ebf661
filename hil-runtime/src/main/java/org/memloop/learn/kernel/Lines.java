package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Do the arithmetic of whole lines of neurons; lines are padded to whole vectors. */
final class Lines {
    private Lines() {}

    /** Add the product of row i of the weights of an upper layer with a vector of {@code width} values to {@code line[i]}. */
    static void addDots(float[] line, int height, float[] weights, int width, float[] vector, int at) {
        float[] sums = new float[2 * LANES];
        int row = 0;
        for (; row + 2 <= height; row += 2) {
            dotTwo(sums, weights, Layout.LEAD + row * width, width, vector, at);
            line[row] += total(sums, 0);
            line[row + 1] += total(sums, LANES);
        }
        if (row < height) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int j = 0; j < width; j += LANES) {
                sum = FloatVector.fromArray(SPECIES, weights, Layout.LEAD + row * width + j)
                        .fma(FloatVector.fromArray(SPECIES, vector, at + j), sum);
            }
            sum.intoArray(sums, 0);
            line[row] += total(sums, 0);
        }
    }

    private static void dotTwo(float[] sums, float[] weights, int row, int width, float[] vector, int at) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        for (int j = 0; j < width; j += LANES) {
            FloatVector x = FloatVector.fromArray(SPECIES, vector, at + j);
            a = x.fma(FloatVector.fromArray(SPECIES, weights, row + j), a);
            b = x.fma(FloatVector.fromArray(SPECIES, weights, row + width + j), b);
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, LANES);
    }

    /** The order of a reduction by the processor is not fixed, this one is. */
    private static float total(float[] sums, int at) {
        float total = 0;
        for (int lane = 0; lane < LANES; lane++) {
            total += sums[at + lane];
        }
        return total;
    }

    /** Add {@code scale * from[at...]} to the first {@code length} of a line. */
    static void addScaled(float[] line, int length, float[] from, int at, float scale) {
        FloatVector x = FloatVector.broadcast(SPECIES, scale);
        for (int i = 0; i < length; i += LANES) {
            x.fma(FloatVector.fromArray(SPECIES, from, at + i), FloatVector.fromArray(SPECIES, line, i))
                    .intoArray(line, i);
        }
    }

    /** Keep in the closed interval from 0 to 1. Unlike largest and smallest, comparisons take one instruction each. */
    static FloatVector clip(FloatVector s) {
        return s.blend(0f, s.compare(VectorOperators.LE, 0f)).blend(1f, s.compare(VectorOperators.GT, 1f));
    }

    /** Take one Euler step of a line of neurons towards its drive and keep it in the closed interval from 0 to 1. */
    static void step(float[] states, int at, int length, float[] drive, int from, float timeStep) {
        FloatVector dt = FloatVector.broadcast(SPECIES, timeStep);
        for (int i = 0; i < length; i += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, states, at + i);
            clip(FloatVector.fromArray(SPECIES, drive, from + i).sub(s).fma(dt, s)).intoArray(states, at + i);
        }
    }

    /** Tell how much the value that changed most has changed. */
    static float largestChange(float[] before, int from, float[] after, int at, int length) {
        FloatVector most = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            FloatVector change = FloatVector.fromArray(SPECIES, after, at + i)
                    .sub(FloatVector.fromArray(SPECIES, before, from + i));
            most = most.max(change.abs());
        }
        return most.reduceLanes(VectorOperators.MAX);
    }
}
