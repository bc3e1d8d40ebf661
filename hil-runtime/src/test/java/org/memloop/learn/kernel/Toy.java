package org.memloop.learn.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Hold a small random network and mini-batch, for the fast loops and for the equations as they are written. */
final class Toy {
    static final int IMAGES = 5;
    /** The first label belongs to an image before the mini-batch. */
    static final int FIRST = 1;

    final int[] sizes;
    final byte[] labels = new byte[FIRST + IMAGES];
    final float[] pixels;
    final float[][] rows;
    final Weights weights;
    final Inputs inputs;
    final NaiveEqProp naive;
    private final Layout layout;

    Toy(long seed, float least, float most, int... sizes) {
        Random random = new Random(seed);
        this.sizes = sizes;
        this.layout = new Layout(sizes);
        this.weights = new Weights(layout);
        this.pixels = new float[(FIRST + IMAGES) * sizes[0]];
        for (int i = 0; i < pixels.length; i++) {
            // One column is dark in all images, other pixels here and there.
            pixels[i] = i % sizes[0] == 2 || i % 5 == 0 ? 0 : random.nextFloat();
        }
        int layers = sizes.length - 1;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) random.nextInt(sizes[layers]);
        }
        this.rows = new float[layers][];
        double[][] exact = new double[layers][];
        double[][] biases = new double[layers][];
        for (int layer = 0; layer < layers; layer++) {
            float[] row = new float[sizes[layer] * sizes[layer + 1]];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat(least, most);
            }
            rows[layer] = row;
            exact[layer] = IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
            layout.pack(layer, row, weights.synapses()[layer]);
            biases[layer] = new double[sizes[layer + 1]];
            for (int i = 0; i < sizes[layer + 1]; i++) {
                weights.biases()[layer][i] = random.nextFloat(-0.1f, 0.1f);
                biases[layer][i] = weights.biases()[layer][i];
            }
        }
        this.naive = new NaiveEqProp(sizes, exact, biases);
        this.inputs = new Inputs(pixels, sizes[0], FIRST, FIRST + IMAGES);
    }

    double[][] start(int image) {
        double[] input = new double[sizes[0]];
        for (int i = 0; i < input.length; i++) {
            input[i] = pixels[(FIRST + image) * sizes[0] + i];
        }
        return naive.start(input);
    }

    int label(int image) {
        return labels[FIRST + image];
    }

    States states(int freeSteps, int nudgeSteps, float beta, boolean symmetric) {
        return states(Phases.of(layout, new Phases.Schedule(freeSteps, nudgeSteps, 0.5f), () -> 0), beta, symmetric);
    }

    States states(Shallow.Pruning pruning, float beta) {
        return states(new Shallow(layout, new Phases.Schedule(30, 10, 0.5f), () -> 0, pruning), beta, false);
    }

    States deepStates(float beta, boolean symmetric) {
        return states(new Deep(layout, new Phases.Schedule(30, 10, 0.5f), () -> 0), beta, symmetric);
    }

    private States states(Phases phases, float beta, boolean symmetric) {
        States states = new States(layout, IMAGES + 1);
        phases.drive(weights, inputs, states, 0, 1);
        phases.run(weights, Phases.Start.ZERO, new Phases.Nudge(beta, symmetric, labels, FIRST), states,
                new Pieces(IMAGES, 1), 0);
        return states;
    }

    /** Catch what {@link Gradient} wants, weights row by row and after them biases, in {@code parts} parts. */
    float[][] wanted(States states, float scale, int parts) {
        int layers = layout.layers();
        float[][] synapses = new float[layers][];
        float[][] all = new float[2 * layers][];
        float[] scales = new float[layers];
        for (int layer = 0; layer < layers; layer++) {
            synapses[layer] = new float[layout.length(layer)];
            scales[layer] = scale;
            all[layers + layer] = new float[sizes[layer + 1]];
        }
        Change caught = new Change() {
            @Override
            public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
                for (int i = 0; i < count; i++) {
                    synapses[layer][at + i] += wanted[i];
                }
            }

            @Override
            public void biases(int layer, int at, float[] wanted, int[] pulses, int count) {
                System.arraycopy(wanted, 0, all[layers + layer], at, Math.min(count, sizes[layer + 1] - at));
            }
        };
        Pieces upper = new Pieces(Gradient.pieces(layout, scales), parts);
        for (int part = 0; part < parts; part++) {
            new Gradient(layout).run(states, inputs, scales, caught, part, parts, upper, _ -> {});
        }
        for (int layer = 0; layer < layers; layer++) {
            all[layer] = layout.unpack(layer, synapses[layer]);
        }
        return all;
    }

    int stride(int layer) {
        return layout.stride(layer);
    }
}
