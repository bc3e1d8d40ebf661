package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;

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
    private final Scratch own;
    // places in the thread's own memory, of whole numbers first
    private final int units;
    /** Neurons, with those that pad vectors. */
    private final int padded;
    /** What pulls the neurons now: {@link #drive}, or {@link #between} once outputs pull. */
    private final int pull;
    private final int rows;
    private final int drive;
    private final int between;
    private final int states;
    private final int before;
    private final int saved;
    private final int sums;
    private final int pullers;

    Border(int hidden, int outputs, Scratch own) {
        this.outputs = outputs;
        // Two stretches of neurons may be gathered, each padded to whole vectors.
        this.capacity = Layout.roundUp(Layout.roundUp(hidden, LANES) + 2 * LANES, 2 * LANES);
        this.own = own;
        this.units = own.takeInts(capacity);
        this.padded = own.takeInts(1);
        this.pull = own.takeInts(1);
        this.rows = own.takeFloats(Layout.roundUp(outputs, ROWS) * capacity);
        this.drive = own.takeFloats(capacity);
        this.between = own.takeFloats(capacity);
        this.states = own.takeFloats(capacity);
        this.before = own.takeFloats(capacity);
        this.saved = own.takeFloats(capacity);
        this.sums = own.takeFloats(Layout.roundUp(outputs, ROWS) * LANES);
        this.pullers = own.takeFloats(outputs);
    }

    private static VectorShuffle<Float> exchange(int lanes) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ lanes) % LANES);
    }

    void clear() {
        own.ints[padded] = 0;
        own.ints[pull] = drive;
        Arrays.fill(own.floats, pullers, pullers + outputs, 0);
    }

    /**
     * Take in some neurons; those taken in later start a vector of their own.
     *
     * @param which place of their indices, behind them others up to a whole vector
     * @param many how many
     * @param weights the upper weights
     * @param stride from one output's weights to the next's
     * @param drives what drives the neurons, from {@code at} on
     * @param starts place of the states at the beginning
     */
    void gather(int which, int many, float[] weights, int stride, float[] drives, int at, int starts) {
        int[] n = own.ints;
        float[] m = own.floats;
        int begin = n[padded];
        int end = Layout.roundUp(begin + many, LANES);
        System.arraycopy(n, which, n, units + begin, many);
        Arrays.fill(n, units + begin + many, units + end, -1);
        gather(n, which, many, drives, at, m, drive + begin);
        gather(n, which, many, m, starts, m, states + begin);
        for (int k = 0; k < outputs; k++) {
            gather(n, which, many, weights, Layout.LEAD + k * stride, m, rows + k * capacity + begin);
        }
        n[padded] = end;
    }

    /** Whole vectors are gathered; what lies behind the last neuron is some other's and is made 0. */
    private static void gather(int[] indices, int which, int many, float[] from, int at, float[] to, int begin) {
        int i = 0;
        for (; i < many; i += LANES) {
            FloatVector.fromArray(SPECIES, from, at, indices, which + i).intoArray(to, begin + i);
        }
        Arrays.fill(to, begin + many, begin + i, 0);
    }

    void save() {
        System.arraycopy(own.floats, states, own.floats, saved, own.ints[padded]);
    }

    void restore() {
        System.arraycopy(own.floats, saved, own.floats, states, own.ints[padded]);
    }

    /**
     * Step once; first add to what drives the outputs what the neurons, as they were, drive them with.
     *
     * @param y place of the outputs
     * @param drives place of what drives them
     */
    void step(int y, int drives, float timeStep) {
        float[] m = own.floats;
        int count = own.ints[padded];
        if (!Arrays.equals(m, y, y + outputs, m, pullers, pullers + outputs)) {
            pull(m, y, count);
        }
        for (int k = 0; k < outputs; k += ROWS) {
            sum(m, rows + k * capacity, capacity, states, count, sums + k * LANES);
        }
        Lines.step(m, states, count, m, own.ints[pull], timeStep);
        for (int k = 0; k < outputs; k++) {
            m[drives + k] += total(m, sums + k * LANES);
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
    float lastStep(int y, int drives, float timeStep) {
        System.arraycopy(own.floats, states, own.floats, before, own.ints[padded]);
        step(y, drives, timeStep);
        return Lines.largestChange(own.floats, before, own.floats, states, own.ints[padded]);
    }

    /** Let outputs pull that are not at 0, in their order, two at a time. */
    private void pull(float[] m, int y, int count) {
        System.arraycopy(m, y, m, pullers, outputs);
        int from = drive;
        int first = -1;
        for (int k = 0; k < outputs; k++) {
            if (m[y + k] != 0) {
                if (first < 0) {
                    first = k;
                } else {
                    pullTwo(m, rows + first * capacity, m[y + first], rows + k * capacity, m[y + k], from, between,
                            count);
                    from = between;
                    first = -1;
                }
            }
        }
        if (first >= 0) {
            pullTwo(m, rows + first * capacity, m[y + first], rows + first * capacity, 0, from, between, count);
            from = between;
        }
        own.ints[pull] = from;
    }

    private static void pullTwo(float[] m, int first, float y, int second, float other, int from, int to, int count) {
        FloatVector a = FloatVector.broadcast(SPECIES, y);
        FloatVector b = FloatVector.broadcast(SPECIES, other);
        for (int i = 0; i < count; i += LANES) {
            FloatVector d = a.fma(FloatVector.fromArray(SPECIES, m, first + i),
                    FloatVector.fromArray(SPECIES, m, from + i));
            b.fma(FloatVector.fromArray(SPECIES, m, second + i), d).intoArray(m, to + i);
        }
    }

    /** Sum what the neurons drive ten outputs with, one vector of sums for each. */
    private static void sum(float[] m, int first, int length, int states, int count, int sums) {
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
        for (int i = 0; i < count; i += LANES) {
            FloatVector h = FloatVector.fromArray(SPECIES, m, states + i);
            int row = first + i;
            s0 = h.fma(FloatVector.fromArray(SPECIES, m, row), s0);
            s1 = h.fma(FloatVector.fromArray(SPECIES, m, row + length), s1);
            s2 = h.fma(FloatVector.fromArray(SPECIES, m, row + 2 * length), s2);
            s3 = h.fma(FloatVector.fromArray(SPECIES, m, row + 3 * length), s3);
            s4 = h.fma(FloatVector.fromArray(SPECIES, m, row + 4 * length), s4);
            s5 = h.fma(FloatVector.fromArray(SPECIES, m, row + 5 * length), s5);
            s6 = h.fma(FloatVector.fromArray(SPECIES, m, row + 6 * length), s6);
            s7 = h.fma(FloatVector.fromArray(SPECIES, m, row + 7 * length), s7);
            s8 = h.fma(FloatVector.fromArray(SPECIES, m, row + 8 * length), s8);
            s9 = h.fma(FloatVector.fromArray(SPECIES, m, row + 9 * length), s9);
        }
        s0.intoArray(m, sums);
        s1.intoArray(m, sums + LANES);
        s2.intoArray(m, sums + 2 * LANES);
        s3.intoArray(m, sums + 3 * LANES);
        s4.intoArray(m, sums + 4 * LANES);
        s5.intoArray(m, sums + 5 * LANES);
        s6.intoArray(m, sums + 6 * LANES);
        s7.intoArray(m, sums + 7 * LANES);
        s8.intoArray(m, sums + 8 * LANES);
        s9.intoArray(m, sums + 9 * LANES);
    }

    /** Put the states back where the neurons belong. */
    void scatter(int to) {
        int[] n = own.ints;
        float[] m = own.floats;
        for (int i = 0; i < n[padded]; i++) {
            if (n[units + i] >= 0) {
                m[to + n[units + i]] = m[states + i];
            }
        }
    }
}
