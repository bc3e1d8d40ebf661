package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;
import static org.memloop.learn.kernel.Drive.WIDE;
import static org.memloop.learn.kernel.Drive.WIDE_LANES;

import java.util.Arrays;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;

/**
 * Contrast what pairs of neurons do, summed over the images of a mini-batch (thesis, equation 3.9), and change the weights
 * by it. A stretch of the gradient lives only until its weights are changed.
 *
 * <pre>
 *   g_ij = scale * sum over images (s_i s_j after the nudge phase - s_i s_j after the free phase)
 * </pre>
 *
 * <p>The input is the same in both phases and mostly dark, so the first layer's part is a sum over the lit pixels of
 * differences. An object has its own scratch memory and serves one thread at a time.
 */
public final class Gradient {
    private static final int STRETCH = 64;

    private final Layout layout;
    private final float[] wanted;
    private final float[] alsoWanted;
    private final int[] pulses;
    /** By pixel: where the differences of the images begin that light it and were moved, and how brightly they do. */
    private int[] ends = new int[0];
    private int[] rows = new int[0];
    private float[] values = new float[0];

    /**
     * Contrast networks of one shape.
     *
     * @param layout the network's layout
     */
    public Gradient(Layout layout) {
        this.layout = layout;
        int longest = STRETCH;
        for (int layer = 1; layer <= layout.layers(); layer++) {
            longest = Math.max(longest, layout.stride(layer));
        }
        longest = Math.max(longest, 2 * layout.width());
        this.wanted = new float[longest];
        this.alsoWanted = new float[longest];
        this.pulses = new int[longest];
    }

    /**
     * Tell in how many pieces the layers above the first are changed.
     *
     * @param layout the network's layout
     * @param scales factor of the sum for each layer; a layer with 0 is left alone
     * @return how many
     */
    public static int pieces(Layout layout, float[] scales) {
        int pieces = 0;
        for (int layer = 1; layer < layout.layers(); layer++) {
            pieces += pieces(layout, scales, layer);
        }
        return pieces;
    }

    private static int pieces(Layout layout, float[] scales, int layer) {
        return scales[layer] == 0 ? 0 : layout.size(layer + 1) * Math.ceilDiv(layout.stride(layer), STRETCH);
    }

    /**
     * Do one part of the changes of a mini-batch. What the next mini-batch's images drive a tile of the first layer with is
     * best summed right after the tile has changed, for its weights are in the nearest caches then. A tile stays with the
     * same part for the same reason; the pieces of the other layers are small and go to whoever has time left.
     *
     * @param states what is contrasted
     * @param inputs the mini-batch
     * @param scales factor of the sum for each layer; a layer with 0 is left alone
     * @param change what is done with the gradient
     * @param part which part, from 0
     * @param parts how many parts there are
     * @param upper the {@link #pieces} of the layers above the first, which the parts share
     * @param then told of each tile of the part's share of the first layer, once its changes are finished
     */
    public void run(States states, Inputs inputs, float[] scales, Change change, int part, int parts, Pieces upper,
            IntConsumer then) {
        if (scales[0] != 0) {
            gather(inputs, states);
        }
        int end = Workers.Work.start(layout.tiles(), part + 1, parts);
        for (int tile = Workers.Work.start(layout.tiles(), part, parts); tile < end; tile += 2) {
            int tiles = Math.min(2, end - tile);
            if (scales[0] != 0) {
                first(states, inputs, scales[0], change, tile, tiles);
                for (int each = tile; each < tile + tiles; each++) {
                    biases(states, 0, inputs.size(), scales[0], change, each * layout.width(), layout.width());
                }
            }
            change.finish();
            for (int each = tile; each < tile + tiles; each++) {
                then.accept(each);
            }
        }
        for (int piece = upper.take(part); piece != Pieces.NONE; piece = upper.take(part)) {
            int layer = 1;
            int index = piece;
            for (; index >= pieces(layout, scales, layer); layer++) {
                index -= pieces(layout, scales, layer);
            }
            upper(states, layer, index, inputs.size(), scales[layer], change);
            if (index == 0) {
                biases(states, layer, inputs.size(), scales[layer], change, 0, layout.stride(layer + 1));
            }
        }
        change.finish();
    }

    /** Sort by pixel, leaving out images that the nudge did not move, after some training every other one. */
    private void gather(Inputs inputs, States states) {
        if (rows.length < inputs.places.length) {
            rows = new int[inputs.places.length];
            values = new float[inputs.places.length];
        }
        if (ends.length < inputs.lit.length) {
            ends = new int[inputs.lit.length];
        }
        System.arraycopy(inputs.litStarts, 0, ends, 0, inputs.lit.length);
        for (int image = 0; image < inputs.size(); image++) {
            if (states.isMoved(image)) {
                int row = image * layout.width();
                for (int e = inputs.starts[image]; e < inputs.starts[image + 1]; e++) {
                    int at = ends[inputs.places[e]]++;
                    rows[at] = row;
                    values[at] = inputs.values[e];
                }
            }
        }
    }

    /** Two tiles go together: sums over few images end before they have filled the pipeline, and the next begins anew. */
    private void first(States states, Inputs inputs, float scale, Change change, int tile, int tiles) {
        int width = layout.width();
        int base = Layout.LEAD + tile * states.capacity * width;
        int second = base + (tiles - 1) * states.capacity * width;
        for (int k = 0; k < inputs.lit.length; k++) {
            if (inputs.litStarts[k] < ends[k]) {
                sum(states.difference[0], base, second, width, inputs.litStarts[k], ends[k], scale);
                int at = Layout.LEAD + (tile * layout.size(0) + inputs.lit[k]) * width;
                change.synapses(0, at, wanted, pulses, width);
                if (tiles == 2) {
                    change.synapses(0, at + layout.size(0) * width, alsoWanted, pulses, width);
                }
            }
        }
    }

    /** Set the first {@code width} of what is wanted to scale * sum of values[e] * difference from base + rows[e] on. */
    private void sum(float[] difference, int base, int second, int width, int start, int end, float scale) {
        int i = 0;
        for (; i + 4 * WIDE_LANES <= width; i += 4 * WIDE_LANES) {
            sumFour(wanted, alsoWanted, i, difference, base + i, second + i, rows, values, start, end, scale);
        }
        for (; i < width; i += LANES) {
            FloatVector a = FloatVector.zero(SPECIES);
            FloatVector b = a;
            for (int e = start; e < end; e++) {
                FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
                a = x.fma(FloatVector.fromArray(SPECIES, difference, base + i + rows[e]), a);
                b = x.fma(FloatVector.fromArray(SPECIES, difference, second + i + rows[e]), b);
            }
            a.mul(scale).intoArray(wanted, i);
            b.mul(scale).intoArray(alsoWanted, i);
        }
    }

    /** Four vectors of each of two tiles. */
    private static void sumFour(float[] line, float[] other, int at, float[] difference, int base, int second,
            int[] rows, float[] values, int start, int end, float scale) {
        FloatVector a0 = FloatVector.zero(WIDE);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        for (int e = start; e < end; e++) {
            FloatVector x = FloatVector.broadcast(WIDE, values[e]);
            int row = base + rows[e];
            a0 = x.fma(FloatVector.fromArray(WIDE, difference, row), a0);
            a1 = x.fma(FloatVector.fromArray(WIDE, difference, row + WIDE_LANES), a1);
            a2 = x.fma(FloatVector.fromArray(WIDE, difference, row + 2 * WIDE_LANES), a2);
            a3 = x.fma(FloatVector.fromArray(WIDE, difference, row + 3 * WIDE_LANES), a3);
            row = second + rows[e];
            b0 = x.fma(FloatVector.fromArray(WIDE, difference, row), b0);
            b1 = x.fma(FloatVector.fromArray(WIDE, difference, row + WIDE_LANES), b1);
            b2 = x.fma(FloatVector.fromArray(WIDE, difference, row + 2 * WIDE_LANES), b2);
            b3 = x.fma(FloatVector.fromArray(WIDE, difference, row + 3 * WIDE_LANES), b3);
        }
        FloatVector factor = FloatVector.broadcast(WIDE, scale);
        a0.mul(factor).intoArray(line, at);
        a1.mul(factor).intoArray(line, at + WIDE_LANES);
        a2.mul(factor).intoArray(line, at + 2 * WIDE_LANES);
        a3.mul(factor).intoArray(line, at + 3 * WIDE_LANES);
        b0.mul(factor).intoArray(other, at);
        b1.mul(factor).intoArray(other, at + WIDE_LANES);
        b2.mul(factor).intoArray(other, at + 2 * WIDE_LANES);
        b3.mul(factor).intoArray(other, at + 3 * WIDE_LANES);
    }

    private static void scale(float[] line, int length, float scale) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(SPECIES, line, i).mul(scale).intoArray(line, i);
        }
    }

    /**
     * Change the synapses of one neuron with a stretch of lower neurons; pieces that follow one another share the stretch,
     * whose states then are in the nearest cache. What an image wants is
     * {@code s_i s_j - s'_i s'_j = s_i (s_j - s'_j) + (s_i - s'_i) s'_j}.
     */
    private void upper(States states, int layer, int piece, int images, float scale, Change change) {
        int stride = layout.stride(layer);
        int row = piece % layout.size(layer + 1);
        int start = piece / layout.size(layer + 1) * STRETCH;
        int length = Math.min(STRETCH, stride - start);
        int first = states.differenceAt(layer - 1, 0, start);
        int next = states.differenceAt(layer - 1, 1, start) - first;
        Arrays.fill(wanted, 0, length, 0);
        for (int image = 0; image < images; image++) {
            if (states.isMoved(image)) {
                float contrast = states.difference[layer][states.differenceAt(layer, image, row)];
                float plus = states.plus(layer, image, row);
                if (plus != 0) {
                    Lines.addScaled(wanted, length, states.difference[layer - 1], first + image * next, plus);
                }
                if (contrast != 0) {
                    Lines.addScaled(wanted, length, states.minus[layer - 1], Layout.LEAD + image * stride + start,
                            contrast);
                }
            }
        }
        scale(wanted, length, scale);
        change.synapses(layer, layout.at(layer, row, start), wanted, pulses, length);
    }

    private void biases(States states, int layer, int images, float scale, Change change, int at, int length) {
        Arrays.fill(wanted, 0, length, 0);
        for (int image = 0; image < images; image++) {
            if (states.isMoved(image)) {
                Lines.addScaled(wanted, length, states.difference[layer], states.differenceAt(layer, image, at), 1);
            }
        }
        scale(wanted, length, scale);
        change.biases(layer, at, wanted, pulses, length);
    }
}
