package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Follow the hidden neurons of one image that are sure never to be clipped. While unclipped a neuron is linear in the
 * outputs, so all of them together are known from a few numbers, whatever their count:
 *
 * <pre>
 *   h(t) = a^t h(0) + (1 - a^t) I + W^T z(t)     a = 1 - dt,  z(0) = 0,  z(t+1) = a z(t) + dt y(t)
 *   W h(t) = a^t (W h(0)) + (1 - a^t) (W I) + (W W^T) z(t)
 * </pre>
 *
 * <p>The products in brackets are summed once for each image; a step then takes some hundred multiplications. The result is
 * that of single steps but for rounding.
 */
final class Interior {
    private static final int COLUMNS = 6;
    private static final int LOADED = 32;
    /** Half a step of floats below 1: what is left of an old output below it would not be seen in a neuron. */
    static final float ROUNDING = 0x1p-24f;

    private final int hidden;
    private final int outputs;
    private final int width;
    private final float timeStep;
    private final Scratch own;
    // places in the thread's own memory, of whole numbers first
    private final int count;
    /** Where the rows of the neurons inside begin. */
    private final int rows;
    /** Outputs that ever pulled, up to the number of outputs. */
    private final int pulling;
    /** A row for each hidden neuron: its weights, the drive of the image and the state at the beginning. */
    private final int table;
    private final int gram;
    private final int sums;
    private final int z;
    private final int savedZ;
    private final int beforeZ;
    private final int decay;
    private final int savedDecay;
    private final int beforeDecay;
    /** 1 for each neuron inside, else 0; filled in by whoever sorts the neurons. */
    final int share;

    Interior(int hidden, int outputs, float timeStep, Scratch own) {
        this.hidden = hidden;
        this.outputs = outputs;
        this.timeStep = timeStep;
        // one column for each output, one for the drive, one for the states at the beginning
        this.width = Layout.roundUp(Layout.roundUp(outputs + 2, COLUMNS), 2 * LANES);
        this.own = own;
        this.count = own.takeInts(1);
        this.rows = own.takeInts(hidden);
        this.pulling = own.takeInts(outputs + 1);
        this.table = own.takeFloats(hidden * width);
        this.gram = own.takeFloats(width * width);
        this.sums = own.takeFloats(width);
        this.z = own.takeFloats(width);
        this.savedZ = own.takeFloats(width);
        this.beforeZ = own.takeFloats(width);
        this.decay = own.takeFloats(1);
        this.savedDecay = own.takeFloats(1);
        this.beforeDecay = own.takeFloats(1);
        this.share = own.takeFloats(Layout.roundUp(hidden, 64) + 64);
    }

    /** Take in the weights of a mini-batch; few rows of the table at a time, which then stay in the nearest cache. */
    void load(float[] weights, int stride) {
        for (int unit = 0; unit < hidden; unit += LOADED) {
            for (int k = 0; k < outputs; k++) {
                spread(weights, Layout.LEAD + k * stride + unit, Math.min(LOADED, hidden - unit), own.floats,
                        table + unit * width + k, width);
            }
        }
    }

    private static void spread(float[] from, int at, int count, float[] to, int first, int step) {
        int place = first;
        for (int i = 0; i < count; i++) {
            to[place] = from[at + i];
            place += step;
        }
    }

    /**
     * Begin with some neurons of an image.
     *
     * @param which place of their indices
     * @param many how many
     * @param drives what drives the neurons, from {@code at} on
     * @param starts place of the states at the beginning
     */
    void begin(int which, int many, float[] drives, int at, int starts) {
        int[] n = own.ints;
        float[] m = own.floats;
        n[count] = many;
        m[decay] = 1;
        Arrays.fill(m, z, z + width, 0);
        for (int i = 0; i < many; i++) {
            int unit = n[which + i];
            int row = table + unit * width;
            n[rows + i] = row;
            m[row + outputs] = drives[at + unit];
            m[row + outputs + 1] = m[starts + unit];
        }
        for (int column = 0; column < outputs + 2; column += COLUMNS) {
            for (int i = 0; i < width; i += 2 * LANES) {
                products(m, n, rows, many, column, i, gram, width);
            }
        }
    }

    /** Sum six columns times two vectors of columns over the neurons. */
    private static void products(float[] m, int[] n, int rows, int count, int column, int at, int gram, int width) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector b4 = a0;
        FloatVector b5 = a0;
        for (int i = 0; i < count; i++) {
            int row = n[rows + i];
            FloatVector a = FloatVector.fromArray(SPECIES, m, row + at);
            FloatVector b = FloatVector.fromArray(SPECIES, m, row + at + LANES);
            FloatVector c = FloatVector.broadcast(SPECIES, m[row + column]);
            a0 = c.fma(a, a0);
            b0 = c.fma(b, b0);
            c = FloatVector.broadcast(SPECIES, m[row + column + 1]);
            a1 = c.fma(a, a1);
            b1 = c.fma(b, b1);
            c = FloatVector.broadcast(SPECIES, m[row + column + 2]);
            a2 = c.fma(a, a2);
            b2 = c.fma(b, b2);
            c = FloatVector.broadcast(SPECIES, m[row + column + 3]);
            a3 = c.fma(a, a3);
            b3 = c.fma(b, b3);
            c = FloatVector.broadcast(SPECIES, m[row + column + 4]);
            a4 = c.fma(a, a4);
            b4 = c.fma(b, b4);
            c = FloatVector.broadcast(SPECIES, m[row + column + 5]);
            a5 = c.fma(a, a5);
            b5 = c.fma(b, b5);
        }
        a0.intoArray(m, gram + column * width + at);
        a1.intoArray(m, gram + (column + 1) * width + at);
        a2.intoArray(m, gram + (column + 2) * width + at);
        a3.intoArray(m, gram + (column + 3) * width + at);
        a4.intoArray(m, gram + (column + 4) * width + at);
        a5.intoArray(m, gram + (column + 5) * width + at);
        b0.intoArray(m, gram + column * width + at + LANES);
        b1.intoArray(m, gram + (column + 1) * width + at + LANES);
        b2.intoArray(m, gram + (column + 2) * width + at + LANES);
        b3.intoArray(m, gram + (column + 3) * width + at + LANES);
        b4.intoArray(m, gram + (column + 4) * width + at + LANES);
        b5.intoArray(m, gram + (column + 5) * width + at + LANES);
    }

    void save() {
        System.arraycopy(own.floats, z, own.floats, savedZ, width);
        own.floats[savedDecay] = own.floats[decay];
    }

    void restore() {
        System.arraycopy(own.floats, savedZ, own.floats, z, width);
        own.floats[decay] = own.floats[savedDecay];
    }

    /**
     * Step once; first set what drives the outputs to what the neurons, as they were, drive them with.
     *
     * @param y place of the outputs
     * @param drives place of what drives them
     */
    void step(int y, int drives) {
        float[] m = own.floats;
        if (own.ints[count] == 0) {
            Arrays.fill(m, drives, drives + outputs, 0);
            return;
        }
        m[z + outputs] = 1 - m[decay];
        m[z + outputs + 1] = m[decay];
        for (int i = 0; i < width; i += 2 * LANES) {
            drive(m, gram, width, outputs + 2, z, i, sums);
        }
        System.arraycopy(m, sums, m, drives, outputs);
        for (int i = 0; i < outputs; i += LANES) {
            FloatVector to = FloatVector.fromArray(SPECIES, m, y + i);
            FloatVector next = FloatVector.fromArray(SPECIES, m, z + i).mul(1 - timeStep).add(to.mul(timeStep));
            next.blend(to, next.sub(to).abs().compare(VectorOperators.LT, ROUNDING)).intoArray(m, z + i);
        }
        m[decay] *= 1 - timeStep;
    }

    private static void drive(float[] m, int gram, int width, int used, int z, int at, int sums) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int k = 0; k < used; k += 2) {
            FloatVector even = FloatVector.broadcast(SPECIES, m[z + k]);
            FloatVector odd = FloatVector.broadcast(SPECIES, m[z + k + 1]);
            int row = gram + k * width + at;
            a = even.fma(FloatVector.fromArray(SPECIES, m, row), a);
            b = even.fma(FloatVector.fromArray(SPECIES, m, row + LANES), b);
            c = odd.fma(FloatVector.fromArray(SPECIES, m, row + width), c);
            d = odd.fma(FloatVector.fromArray(SPECIES, m, row + width + LANES), d);
        }
        a.add(c).intoArray(m, sums + at);
        b.add(d).intoArray(m, sums + at + LANES);
    }

    /** Remember where the last step began. */
    void beforeLastStep() {
        System.arraycopy(own.floats, z, own.floats, beforeZ, width);
        own.floats[beforeDecay] = own.floats[decay];
    }

    /** Tell whether the last step changed nothing and no other will while the outputs stay, for neurons that began at 0. */
    boolean isStill() {
        float[] m = own.floats;
        return 1 - m[beforeDecay] == 1 && Arrays.equals(m, z, z + outputs, m, beforeZ, beforeZ + outputs);
    }

    /**
     * Write down the states of all hidden neurons and tell the largest change of the last step, {@code (a^t - a^t') (I - h(0))
     * + W^T (z' - z)}. Neurons that stay at 0 come out right too, for the formula makes nothing above 0 of them; only those
     * on the border do not.
     */
    float show(float[] weights, int stride, float[] drives, int at, int starts, int to) {
        int[] n = own.ints;
        float[] m = own.floats;
        int many = 0;
        for (int k = 0; k < outputs; k++) {
            m[beforeZ + k] = m[z + k] - m[beforeZ + k];
            n[pulling + many] = k;
            many += m[z + k] != 0 || m[beforeZ + k] != 0 ? 1 : 0;
        }
        FloatVector most = FloatVector.zero(SPECIES);
        float left = m[decay];
        float early = m[beforeDecay] - left;
        for (int i = 0; i < stride; i += LANES) {
            FloatVector drive = FloatVector.fromArray(SPECIES, drives, at + i);
            FloatVector start = FloatVector.fromArray(SPECIES, m, starts + i);
            FloatVector h = drive.mul(1 - left).add(start.mul(left));
            FloatVector change = drive.sub(start).mul(early);
            for (int each = 0; each < many; each++) {
                int k = n[pulling + each];
                FloatVector w = FloatVector.fromArray(SPECIES, weights, Layout.LEAD + k * stride + i);
                h = w.fma(FloatVector.broadcast(SPECIES, m[z + k]), h);
                change = w.fma(FloatVector.broadcast(SPECIES, m[beforeZ + k]), change);
            }
            Lines.clip(h).intoArray(m, to + i);
            most = most.max(change.abs().mul(FloatVector.fromArray(SPECIES, m, share + i)));
        }
        return most.reduceLanes(VectorOperators.MAX);
    }
}
