package org.memloop.learn;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.memloop.learn.kernel.Layout;

/**
 * Add up how far every weight goes, to and fro: {@code travel += |dW|}, in single precision and laid out as the weights
 * are.
 */
final class Travel {
    private static final VectorSpecies<Float> FLOATS = Direct.FLOATS;
    private static final VectorSpecies<Integer> INTS = Direct.INTS;

    private final Layout layout;
    private final float[][] gone;

    Travel(Layout layout) {
        this.layout = layout;
        this.gone = new float[layout.layers()][];
        Arrays.setAll(gone, layer -> new float[layout.length(layer)]);
    }

    /** Adds changes of some weights, whole vectors of them. */
    void add(int layer, int at, float[] changes, int count) {
        for (int i = 0; i < count; i += FLOATS.length()) {
            go(layer, at + i, FloatVector.fromArray(FLOATS, changes, i));
        }
    }

    /** Adds pulses to some synapses, whole vectors of them, each a step of its weight. */
    void add(int layer, int at, int[] pulses, int count, float step) {
        for (int i = 0; i < count; i += FLOATS.length()) {
            FloatVector signed = (FloatVector) IntVector.fromArray(INTS, pulses, i).convert(VectorOperators.I2F, 0);
            go(layer, at + i, signed.mul(step));
        }
    }

    /** Adds a change of one weight. */
    void add(int layer, int at, float change) {
        gone[layer][at] += Math.abs(change);
    }

    private void go(int layer, int at, FloatVector change) {
        FloatVector.fromArray(FLOATS, gone[layer], at).add(change.abs()).intoArray(gone[layer], at);
    }

    /** Copies the sums of a layer, {@code [upper][lower]} row by row. */
    float[] of(int layer) {
        return layout.unpack(layer, gone[layer]);
    }
}
