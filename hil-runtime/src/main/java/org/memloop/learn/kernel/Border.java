package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;
import static org.memloop.learn.kernel.Layout.LEAD;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Step the hidden neurons of one image that may touch 0 or 1 on their way, moved together without gaps. One pass over five
 * rows of the upper weights serves both directions: it pulls the neurons by five outputs and sums what they drive those
 * outputs with.
 */
final class Border {
    private static final int ROWS = 5;

    private final int outputs;
    private final int capacity;
    private final int[] units;
    private final float[] rows;
    private final float[] drive;
    private final float[] between;
    private final float[] states;
    private final float[] before;
    private final float[] saved;
    private final float[] sums;
    private int count;
    private int padded;

    Border(int hidden, int outputs) {
        this.outputs = outputs;
        // Two stretches of neurons may be gathered, each padded to whole vectors.
        this.capacity = Layout.roundUp(LEAD + Layout.roundUp(hidden, LANES) + 2 * LANES, 2 * LANES);
        this.units = new int[capacity];
        this.rows = new float[Layout.roundUp(outputs, ROWS) * capacity];
        this.drive = new float[capacity];
        this.between = new float[capacity];
        this.states = new float[capacity];
        this.before = new float[capacity];
        this.saved = new float[capacity];
        this.sums = new float[Layout.roundUp(outputs, ROWS) * LANES];
    }

    /** {@return the length an array of outputs must have} */
    static int padded(int outputs) {
        return Layout.roundUp(outputs, ROWS);
    }

    void clear() {
        count = 0;
        padded = 0;
    }

    /** Take in some neurons; those taken in later start a vector of their own. */
    void gather(int[] which, int many, float[] weights, int stride, float[] drives, int at, float[] starts) {
        int begin = LEAD + padded;
        int end = LEAD + Layout.roundUp(padded + many, LANES);
        for (int i = 0; i < many; i++) {
            int unit = which[i];
            units[begin + i] = unit;
            drive[begin + i] = drives[at + unit];
            states[begin + i] = starts[unit];
        }
        Arrays.fill(units, begin + many, end, -1);
        Arrays.fill(drive, begin + many, end, 0);
        Arrays.fill(states, begin + many, end, 0);
        for (int k = 0; k < outputs; k++) {
            int row = k * capacity + begin;
            for (int i = 0; i < many; i++) {
                rows[row + i] = weights[k * stride + which[i]];
            }
            Arrays.fill(rows, row + many, k * capacity + end, 0);
        }
        padded = end - LEAD;
        count += many;
    }

    void save() {
        System.arraycopy(states, LEAD, saved, LEAD, padded);
    }

    void restore() {
        System.arraycopy(saved, LEAD, states, LEAD, padded);
    }

    /** Step once; first add to drives[k] what the neurons, as they were, drive output k with. */
    void step(float[] y, float[] drives, float timeStep) {
        float[] from = drive;
        int k = 0;
        for (; k + ROWS < outputs; k += ROWS) {
            pull(from, between, rows, capacity, states, padded, y, k, sums);
            from = between;
        }
        finish(from, rows, capacity, states, padded, y, k, sums, timeStep);
        for (k = 0; k < outputs; k++) {
            drives[k] += total(sums, k * LANES);
        }
    }

    /** The order of a reduction by the processor is not fixed, this one is. */
    private static float total(float[] sums, int at) {
        float first = (sums[at] + sums[at + 1]) + (sums[at + 2] + sums[at + 3]);
        return LANES == 4 ? first : first + ((sums[at + 4] + sums[at + 5]) + (sums[at + 6] + sums[at + 7]));
    }

    /** Step once and tell the largest change. */
    float lastStep(float[] y, float[] drives, float timeStep) {
        System.arraycopy(states, LEAD, before, LEAD, padded);
        step(y, drives, timeStep);
        float largest = 0;
        for (int i = LEAD; i < LEAD + padded; i++) {
            largest = Math.max(largest, Math.abs(states[i] - before[i]));
        }
        return largest;
    }

    private static void pull(float[] from, float[] to, float[] rows, int length, float[] states, int count, float[] y,
            int k, float[] sums) {
        FloatVector y0 = FloatVector.broadcast(SPECIES, y[k]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, y[k + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, y[k + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, y[k + 3]);
        FloatVector y4 = FloatVector.broadcast(SPECIES, y[k + 4]);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        int row = k * length;
        for (int i = LEAD; i < LEAD + count; i += LANES) {
            FloatVector h = FloatVector.fromArray(SPECIES, states, i);
            FloatVector d = FloatVector.fromArray(SPECIES, from, i);
            FloatVector w = FloatVector.fromArray(SPECIES, rows, row + i);
            s0 = w.fma(h, s0);
            d = w.fma(y0, d);
            w = FloatVector.fromArray(SPECIES, rows, row + length + i);
            s1 = w.fma(h, s1);
            d = w.fma(y1, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 2 * length + i);
            s2 = w.fma(h, s2);
            d = w.fma(y2, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 3 * length + i);
            s3 = w.fma(h, s3);
            d = w.fma(y3, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 4 * length + i);
            s4 = w.fma(h, s4);
            d = w.fma(y4, d);
            d.intoArray(to, i);
        }
        s0.intoArray(sums, k * LANES);
        s1.intoArray(sums, (k + 1) * LANES);
        s2.intoArray(sums, (k + 2) * LANES);
        s3.intoArray(sums, (k + 3) * LANES);
        s4.intoArray(sums, (k + 4) * LANES);
    }

    private static void finish(float[] from, float[] rows, int length, float[] states, int count, float[] y, int k,
            float[] sums, float timeStep) {
        FloatVector y0 = FloatVector.broadcast(SPECIES, y[k]);
        FloatVector y1 = FloatVector.broadcast(SPECIES, y[k + 1]);
        FloatVector y2 = FloatVector.broadcast(SPECIES, y[k + 2]);
        FloatVector y3 = FloatVector.broadcast(SPECIES, y[k + 3]);
        FloatVector y4 = FloatVector.broadcast(SPECIES, y[k + 4]);
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector dt = FloatVector.broadcast(SPECIES, timeStep);
        int row = k * length;
        for (int i = LEAD; i < LEAD + count; i += LANES) {
            FloatVector h = FloatVector.fromArray(SPECIES, states, i);
            FloatVector d = FloatVector.fromArray(SPECIES, from, i);
            FloatVector w = FloatVector.fromArray(SPECIES, rows, row + i);
            s0 = w.fma(h, s0);
            d = w.fma(y0, d);
            w = FloatVector.fromArray(SPECIES, rows, row + length + i);
            s1 = w.fma(h, s1);
            d = w.fma(y1, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 2 * length + i);
            s2 = w.fma(h, s2);
            d = w.fma(y2, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 3 * length + i);
            s3 = w.fma(h, s3);
            d = w.fma(y3, d);
            w = FloatVector.fromArray(SPECIES, rows, row + 4 * length + i);
            s4 = w.fma(h, s4);
            d = w.fma(y4, d);
            Lines.clip(d.sub(h).fma(dt, h)).intoArray(states, i);
        }
        s0.intoArray(sums, k * LANES);
        s1.intoArray(sums, (k + 1) * LANES);
        s2.intoArray(sums, (k + 2) * LANES);
        s3.intoArray(sums, (k + 3) * LANES);
        s4.intoArray(sums, (k + 4) * LANES);
    }

    /** Put the states back where the neurons belong. */
    void scatter(float[] to, int at) {
        for (int i = LEAD; i < LEAD + padded; i++) {
            if (units[i] >= 0) {
                to[at + units[i]] = states[i];
            }
        }
    }

    int count() {
        return count;
    }
}
