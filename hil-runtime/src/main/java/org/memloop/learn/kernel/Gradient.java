package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;

import java.util.Arrays;
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
    private final int[] pulses;
    private int[] starts = new int[0];
    private int[] images = new int[0];
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
        this.wanted = new float[longest];
        this.pulses = new int[longest];
    }

    /**
     * Do one part of the changes of a mini-batch.
     *
     * @param states what is contrasted
     * @param inputs the mini-batch
     * @param scales factor of the sum for each layer; a layer with 0 is left alone
     * @param change what is done with the gradient
     * @param part which part, from 0
     * @param parts how many parts there are
     */
    public void run(States states, Inputs inputs, float[] scales, Change change, int part, int parts) {
        for (int layer = 0; layer < scales.length; layer++) {
            if (scales[layer] != 0) {
                int pieces = layer == 0
                        ? layout.tiles() * inputs.lit.length
                        : layout.size(layer + 1) * Math.ceilDiv(layout.stride(layer), STRETCH);
                int from = (int) ((long) pieces * part / parts);
                int to = (int) ((long) pieces * (part + 1) / parts);
                if (layer == 0) {
                    gather(inputs, states.moved);
                    first(states, inputs, scales[0], change, from, to);
                } else {
                    upper(states, layer, inputs.size(), scales[layer], change, from, to);
                }
                if (layer % parts == part) {
                    biases(states, layer, inputs.size(), scales[layer], change);
                }
            }
        }
        change.finish();
    }

    /** Leave out images that the nudge did not move, after some training every other one. */
    private void gather(Inputs inputs, int[] moved) {
        if (images.length < inputs.images.length) {
            images = new int[inputs.images.length];
            values = new float[inputs.images.length];
        }
        if (starts.length < inputs.litStarts.length) {
            starts = new int[inputs.litStarts.length];
        }
        int count = 0;
        for (int k = 0; k < inputs.lit.length; k++) {
            starts[k] = count;
            for (int e = inputs.litStarts[k]; e < inputs.litStarts[k + 1]; e++) {
                int image = inputs.images[e];
                images[count] = image;
                values[count] = inputs.litValues[e];
                // a branch would be taken at random
                count += moved[image];
            }
        }
        starts[inputs.lit.length] = count;
    }

    private void first(States states, Inputs inputs, float scale, Change change, int from, int to) {
        int width = layout.width();
        int lit = inputs.lit.length;
        for (int piece = from; piece < to; piece++) {
            int tile = piece / lit;
            int k = piece % lit;
            if (starts[k] == starts[k + 1]) {
                continue;
            }
            sum(states.difference, Layout.LEAD + tile * states.capacity * width, width, starts[k], starts[k + 1],
                    scale);
            change.synapses(0, Layout.LEAD + (tile * layout.size(0) + inputs.lit[k]) * width, wanted, pulses, width);
        }
    }

    /** Set the first {@code width} of what is wanted to scale * sum of values[e] * rows[images[e]]. */
    private void sum(float[] rows, int base, int width, int start, int end, float scale) {
        int i = 0;
        for (; i + 8 * LANES <= width; i += 8 * LANES) {
            sumEight(wanted, i, rows, base + i, width, images, values, start, end, scale);
        }
        for (; i < width; i += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int e = start; e < end; e++) {
                sum = FloatVector.broadcast(SPECIES, values[e])
                        .fma(FloatVector.fromArray(SPECIES, rows, base + i + images[e] * width), sum);
            }
            sum.mul(scale).intoArray(wanted, i);
        }
    }

    private static void sumEight(float[] line, int at, float[] rows, int base, int width, int[] images, float[] values,
            int start, int end, float scale) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int e = start; e < end; e++) {
            FloatVector x = FloatVector.broadcast(SPECIES, values[e]);
            int row = base + images[e] * width;
            s0 = x.fma(FloatVector.fromArray(SPECIES, rows, row), s0);
            s1 = x.fma(FloatVector.fromArray(SPECIES, rows, row + LANES), s1);
            s2 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 2 * LANES), s2);
            s3 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 3 * LANES), s3);
            s4 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 4 * LANES), s4);
            s5 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 5 * LANES), s5);
            s6 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 6 * LANES), s6);
            s7 = x.fma(FloatVector.fromArray(SPECIES, rows, row + 7 * LANES), s7);
        }
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        s0.mul(factor).intoArray(line, at);
        s1.mul(factor).intoArray(line, at + LANES);
        s2.mul(factor).intoArray(line, at + 2 * LANES);
        s3.mul(factor).intoArray(line, at + 3 * LANES);
        s4.mul(factor).intoArray(line, at + 4 * LANES);
        s5.mul(factor).intoArray(line, at + 5 * LANES);
        s6.mul(factor).intoArray(line, at + 6 * LANES);
        s7.mul(factor).intoArray(line, at + 7 * LANES);
    }

    private static void scale(float[] line, int length, float scale) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector.fromArray(SPECIES, line, i).mul(scale).intoArray(line, i);
        }
    }

    private void upper(States states, int layer, int images, float scale, Change change, int from, int to) {
        int stride = layout.stride(layer);
        int above = layout.stride(layer + 1);
        int stretches = Math.ceilDiv(stride, STRETCH);
        for (int piece = from; piece < to; piece++) {
            int row = piece / stretches;
            int start = piece % stretches * STRETCH;
            int length = Math.min(STRETCH, stride - start);
            Arrays.fill(wanted, 0, length, 0);
            for (int image = 0; image < images; image++) {
                float plus = states.plus[layer][image * above + row];
                float minus = states.minus[layer][image * above + row];
                if (plus != 0 || minus != 0) {
                    contrast(wanted, length, image * stride + start, plus, states.plus[layer - 1], -minus,
                            states.minus[layer - 1]);
                }
            }
            scale(wanted, length, scale);
            change.synapses(layer, row * stride + start, wanted, pulses, length);
        }
    }

    private static void contrast(float[] line, int length, int at, float a, float[] plus, float b, float[] minus) {
        FloatVector x = FloatVector.broadcast(SPECIES, a);
        FloatVector y = FloatVector.broadcast(SPECIES, b);
        for (int i = 0; i < length; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, line, i);
            sum = x.fma(FloatVector.fromArray(SPECIES, plus, at + i), sum);
            sum = y.fma(FloatVector.fromArray(SPECIES, minus, at + i), sum);
            sum.intoArray(line, i);
        }
    }

    private static void addDifference(float[] line, int length, float[] plus, float[] minus, int at) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector difference = FloatVector.fromArray(SPECIES, plus, at + i)
                    .sub(FloatVector.fromArray(SPECIES, minus, at + i));
            FloatVector.fromArray(SPECIES, line, i).add(difference).intoArray(line, i);
        }
    }

    private void biases(States states, int layer, int images, float scale, Change change) {
        int stride = layout.stride(layer + 1);
        Arrays.fill(wanted, 0, stride, 0);
        for (int image = 0; image < images; image++) {
            if (states.moved[image] != 0) {
                addDifference(wanted, stride, states.plus[layer], states.minus[layer], image * stride);
            }
        }
        scale(wanted, stride, scale);
        change.biases(layer, wanted, pulses);
    }
}
