package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;
import static org.memloop.learn.kernel.Layout.LEAD;

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
    /** A row for each hidden neuron: its weights, the drive of the image and the state at the beginning. */
    private final float[] table;
    /** Where the rows of the neurons inside begin. */
    private final int[] rows;
    private final float[] gram;
    private final float[] sums;
    private final float[] z;
    private final float[] savedZ;
    private final float[] beforeZ;
    /** 1 for each neuron inside, else 0; filled in by whoever sorts the neurons. */
    final float[] share;
    /** Outputs that ever pulled, up to the number of outputs. */
    private final int[] pulling;
    private int count;
    private float decay;
    private float savedDecay;
    private float beforeDecay;

    Interior(int hidden, int outputs, float timeStep) {
        this.hidden = hidden;
        this.outputs = outputs;
        this.timeStep = timeStep;
        // one column for each output, one for the drive, one for the states at the beginning
        this.width = Layout.roundUp(Layout.roundUp(outputs + 2, COLUMNS), 2 * LANES);
        this.table = new float[LEAD + hidden * width];
        this.rows = new int[hidden];
        this.gram = new float[width * width];
        this.sums = new float[width];
        this.z = new float[width];
        this.savedZ = new float[width];
        this.beforeZ = new float[width];
        this.pulling = new int[outputs + 1];
        this.share = new float[Layout.roundUp(hidden, 64) + 64];
    }

    /** Take in the weights of a mini-batch; few rows of the table at a time, which then stay in the nearest cache. */
    void load(float[] weights, int stride) {
        for (int unit = 0; unit < hidden; unit += LOADED) {
            for (int k = 0; k < outputs; k++) {
                spread(weights, k * stride + unit, Math.min(LOADED, hidden - unit), table, LEAD + unit * width + k,
                        width);
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

    /** Begin with some neurons of an image. */
    void begin(int[] which, int many, float[] drives, int at, float[] starts) {
        count = many;
        decay = 1;
        Arrays.fill(z, 0);
        for (int i = 0; i < many; i++) {
            int unit = which[i];
            int row = LEAD + unit * width;
            rows[i] = row;
            table[row + outputs] = drives[at + unit];
            table[row + outputs + 1] = starts[unit];
        }
        for (int column = 0; column < outputs + 2; column += COLUMNS) {
            for (int i = 0; i < width; i += 2 * LANES) {
                products(table, rows, many, column, i, gram, width);
            }
        }
    }

    /** Sum six columns times two vectors of columns over the neurons. */
    private static void products(float[] table, int[] rows, int count, int column, int at, float[] gram, int width) {
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
            int row = rows[i];
            FloatVector a = FloatVector.fromArray(SPECIES, table, row + at);
            FloatVector b = FloatVector.fromArray(SPECIES, table, row + at + LANES);
            FloatVector c = FloatVector.broadcast(SPECIES, table[row + column]);
            a0 = c.fma(a, a0);
            b0 = c.fma(b, b0);
            c = FloatVector.broadcast(SPECIES, table[row + column + 1]);
            a1 = c.fma(a, a1);
            b1 = c.fma(b, b1);
            c = FloatVector.broadcast(SPECIES, table[row + column + 2]);
            a2 = c.fma(a, a2);
            b2 = c.fma(b, b2);
            c = FloatVector.broadcast(SPECIES, table[row + column + 3]);
            a3 = c.fma(a, a3);
            b3 = c.fma(b, b3);
            c = FloatVector.broadcast(SPECIES, table[row + column + 4]);
            a4 = c.fma(a, a4);
            b4 = c.fma(b, b4);
            c = FloatVector.broadcast(SPECIES, table[row + column + 5]);
            a5 = c.fma(a, a5);
            b5 = c.fma(b, b5);
        }
        a0.intoArray(gram, column * width + at);
        a1.intoArray(gram, (column + 1) * width + at);
        a2.intoArray(gram, (column + 2) * width + at);
        a3.intoArray(gram, (column + 3) * width + at);
        a4.intoArray(gram, (column + 4) * width + at);
        a5.intoArray(gram, (column + 5) * width + at);
        b0.intoArray(gram, column * width + at + LANES);
        b1.intoArray(gram, (column + 1) * width + at + LANES);
        b2.intoArray(gram, (column + 2) * width + at + LANES);
        b3.intoArray(gram, (column + 3) * width + at + LANES);
        b4.intoArray(gram, (column + 4) * width + at + LANES);
        b5.intoArray(gram, (column + 5) * width + at + LANES);
    }

    void save() {
        System.arraycopy(z, 0, savedZ, 0, width);
        savedDecay = decay;
    }

    void restore() {
        System.arraycopy(savedZ, 0, z, 0, width);
        decay = savedDecay;
    }

    /** Step once; first set drives[k] to what the neurons, as they were, drive output k with. */
    void step(float[] y, float[] drives) {
        if (count == 0) {
            Arrays.fill(drives, 0);
            return;
        }
        z[outputs] = 1 - decay;
        z[outputs + 1] = decay;
        for (int i = 0; i < width; i += 2 * LANES) {
            drive(gram, width, outputs + 2, z, i, sums);
        }
        System.arraycopy(sums, 0, drives, 0, outputs);
        for (int i = 0; i < outputs; i += LANES) {
            FloatVector to = FloatVector.fromArray(SPECIES, y, i);
            FloatVector next = FloatVector.fromArray(SPECIES, z, i).mul(1 - timeStep).add(to.mul(timeStep));
            next.blend(to, next.sub(to).abs().compare(VectorOperators.LT, ROUNDING)).intoArray(z, i);
        }
        decay *= 1 - timeStep;
    }

    private static void drive(float[] gram, int width, int used, float[] z, int at, float[] sums) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int k = 0; k < used; k += 2) {
            FloatVector even = FloatVector.broadcast(SPECIES, z[k]);
            FloatVector odd = FloatVector.broadcast(SPECIES, z[k + 1]);
            int row = k * width + at;
            a = even.fma(FloatVector.fromArray(SPECIES, gram, row), a);
            b = even.fma(FloatVector.fromArray(SPECIES, gram, row + LANES), b);
            c = odd.fma(FloatVector.fromArray(SPECIES, gram, row + width), c);
            d = odd.fma(FloatVector.fromArray(SPECIES, gram, row + width + LANES), d);
        }
        a.add(c).intoArray(sums, at);
        b.add(d).intoArray(sums, at + LANES);
    }

    /** Remember where the last step began. */
    void beforeLastStep() {
        System.arraycopy(z, 0, beforeZ, 0, width);
        beforeDecay = decay;
    }

    /** Tell whether the last step changed nothing and no other will while the outputs stay, for neurons that began at 0. */
    boolean isStill() {
        return 1 - beforeDecay == 1 && Arrays.equals(z, 0, outputs, beforeZ, 0, outputs);
    }

    /**
     * Write down the states of all hidden neurons and tell the largest change of the last step, {@code (a^t - a^t') (I - h(0))
     * + W^T (z' - z)}. Neurons that stay at 0 come out right too, for the formula makes nothing above 0 of them; only those
     * on the border do not.
     */
    float show(float[] weights, int stride, float[] drives, int at, float[] starts, float[] to) {
        int many = 0;
        for (int k = 0; k < outputs; k++) {
            beforeZ[k] = z[k] - beforeZ[k];
            pulling[many] = k;
            many += z[k] != 0 || beforeZ[k] != 0 ? 1 : 0;
        }
        return show(weights, stride, drives, at, starts, to, many);
    }

    private float show(float[] weights, int stride, float[] drives, int at, float[] starts, float[] to, int many) {
        FloatVector most = FloatVector.zero(SPECIES);
        float early = beforeDecay - decay;
        for (int i = 0; i < stride; i += LANES) {
            FloatVector drive = FloatVector.fromArray(SPECIES, drives, at + i);
            FloatVector start = FloatVector.fromArray(SPECIES, starts, i);
            FloatVector h = drive.mul(1 - decay).add(start.mul(decay));
            FloatVector change = drive.sub(start).mul(early);
            for (int each = 0; each < many; each++) {
                int k = pulling[each];
                FloatVector w = FloatVector.fromArray(SPECIES, weights, k * stride + i);
                h = w.fma(FloatVector.broadcast(SPECIES, z[k]), h);
                change = w.fma(FloatVector.broadcast(SPECIES, beforeZ[k]), change);
            }
            Lines.clip(h).intoArray(to, i);
            most = most.max(change.abs().mul(FloatVector.fromArray(SPECIES, share, i)));
        }
        return most.reduceLanes(VectorOperators.MAX);
    }
}
