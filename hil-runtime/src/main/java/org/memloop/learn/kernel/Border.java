package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;
import static org.memloop.learn.kernel.Layout.LEAD;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Step the hidden neurons of one image that may touch 0 or 1 on their way, moved together without gaps. Most outputs stand
 * at 0 and pull at nothing, so that only the others' rows of the upper weights are read for the pull, and that only when an
 * output has moved.
 */
final class Border {
    private static final int ROWS = 10;
    private static final VectorShuffle<Float> NEXT = exchange(1);
    private static final VectorShuffle<Float> NEXT_TWO = exchange(2);
    private static final VectorShuffle<Float> NEXT_FOUR = exchange(4);

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
    /**
     * Whether outputs pull: {@link #between} is what they pull the neurons to then, else {@link #drive} is. (Storing which
     * array it is would mark a card of the heap in every step, next to the other threads' marks.)
     */
    private boolean isPulled;
    private final float[] pullers;
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
        this.pullers = new float[outputs];
    }

    private static VectorShuffle<Float> exchange(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ lanes) % LANES);
    }

    void clear() {
        count = 0;
        padded = 0;
        isPulled = false;
        Arrays.fill(pullers, 0);
    }

    /**
     * Take in some neurons; those taken in later start a vector of their own.
     *
     * @param which their indices, behind them others up to a whole vector
     */
    void gather(int[] which, int many, float[] weights, int stride, float[] drives, int at, float[] starts) {
        int begin = LEAD + padded;
        int end = LEAD + Layout.roundUp(padded + many, LANES);
        System.arraycopy(which, 0, units, begin, many);
        Arrays.fill(units, begin + many, end, -1);
        gather(which, many, drives, at, drive, begin);
        gather(which, many, starts, 0, states, begin);
        for (int k = 0; k < outputs; k++) {
            gather(which, many, weights, k * stride, rows, k * capacity + begin);
        }
        padded = end - LEAD;
        count += many;
    }

    /** Whole vectors are gathered; what lies behind the last neuron is some other's and is made 0. */
    private static void gather(int[] which, int many, float[] from, int at, float[] to, int begin) {
        int i = 0;
        for (; i < many; i += LANES) {
            FloatVector.fromArray(SPECIES, from, at, which, i).intoArray(to, begin + i);
        }
        Arrays.fill(to, begin + many, begin + i, 0);
    }

    void save() {
        System.arraycopy(states, LEAD, saved, LEAD, padded);
    }

    void restore() {
        System.arraycopy(saved, LEAD, states, LEAD, padded);
    }

    /** Step once; first add to drives[k] what the neurons, as they were, drive output k with. */
    void step(float[] y, float[] drives, float timeStep) {
        if (!Arrays.equals(y, 0, outputs, pullers, 0, outputs)) {
            pull(y);
        }
        for (int k = 0; k < outputs; k += ROWS) {
            sum(rows, k * capacity, capacity, states, padded, sums, k * LANES);
        }
        Lines.step(states, LEAD, padded, isPulled ? between : drive, LEAD, timeStep);
        for (int k = 0; k < outputs; k++) {
            drives[k] += total(sums, k * LANES);
        }
    }

    /** The order of a reduction by the processor is not fixed, this one is: neighbours first. */
    private static float total(float[] sums, int at) {
        FloatVector s = FloatVector.fromArray(SPECIES, sums, at);
        s = s.add(s.rearrange(NEXT));
        s = s.add(s.rearrange(NEXT_TWO));
        return (LANES == 4 ? s : s.add(s.rearrange(NEXT_FOUR))).lane(0);
    }

    /** Step once and tell the largest change. */
    float lastStep(float[] y, float[] drives, float timeStep) {
        System.arraycopy(states, LEAD, before, LEAD, padded);
        step(y, drives, timeStep);
        return Lines.largestChange(before, states, LEAD, padded);
    }

    /** Let outputs pull that are not at 0, in their order, two at a time. */
    private void pull(float[] y) {
        System.arraycopy(y, 0, pullers, 0, outputs);
        isPulled = false;
        int first = -1;
        for (int k = 0; k < outputs; k++) {
            if (y[k] != 0) {
                if (first < 0) {
                    first = k;
                } else {
                    pullTwo(first, y[first], k, y[k]);
                    first = -1;
                }
            }
        }
        if (first >= 0) {
            pullTwo(first, y[first], first, 0);
        }
    }

    private void pullTwo(int first, float y, int second, float other) {
        pullTwo(rows, first * capacity, y, second * capacity, other, isPulled ? between : drive, between, padded);
        isPulled = true;
    }

    private static void pullTwo(float[] rows, int first, float y, int second, float other, float[] from, float[] to,
            int count) {
        FloatVector a = FloatVector.broadcast(SPECIES, y);
        FloatVector b = FloatVector.broadcast(SPECIES, other);
        for (int i = LEAD; i < LEAD + count; i += LANES) {
            FloatVector d = a.fma(FloatVector.fromArray(SPECIES, rows, first + i),
                    FloatVector.fromArray(SPECIES, from, i));
            b.fma(FloatVector.fromArray(SPECIES, rows, second + i), d).intoArray(to, i);
        }
    }

    /** Sum what the neurons drive ten outputs with, one vector of sums for each. */
    private static void sum(float[] rows, int first, int length, float[] states, int count, float[] sums, int at) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        for (int i = LEAD; i < LEAD + count; i += LANES) {
            FloatVector h = FloatVector.fromArray(SPECIES, states, i);
            int row = first + i;
            s0 = h.fma(FloatVector.fromArray(SPECIES, rows, row), s0);
            s1 = h.fma(FloatVector.fromArray(SPECIES, rows, row + length), s1);
            s2 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 2 * length), s2);
            s3 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 3 * length), s3);
            s4 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 4 * length), s4);
            s5 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 5 * length), s5);
            s6 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 6 * length), s6);
            s7 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 7 * length), s7);
            s8 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 8 * length), s8);
            s9 = h.fma(FloatVector.fromArray(SPECIES, rows, row + 9 * length), s9);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + LANES);
        s2.intoArray(sums, at + 2 * LANES);
        s3.intoArray(sums, at + 3 * LANES);
        s4.intoArray(sums, at + 4 * LANES);
        s5.intoArray(sums, at + 5 * LANES);
        s6.intoArray(sums, at + 6 * LANES);
        s7.intoArray(sums, at + 7 * LANES);
        s8.intoArray(sums, at + 8 * LANES);
        s9.intoArray(sums, at + 9 * LANES);
    }

    /** Put the states back where the neurons belong. */
    void scatter(float[] to) {
        for (int i = LEAD; i < LEAD + padded; i++) {
            if (units[i] >= 0) {
                to[units[i]] = states[i];
            }
        }
    }

    int count() {
        return count;
    }
}
