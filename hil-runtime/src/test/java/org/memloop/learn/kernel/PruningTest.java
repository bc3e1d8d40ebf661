package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.memloop.learn.Biases;
import org.memloop.learn.Dataset;
import org.memloop.learn.EqProp;
import org.memloop.learn.IdealSynapses;
import org.memloop.learn.Network;
import org.memloop.learn.Seed;
import org.memloop.learn.Trainer;
import org.memloop.learn.UpdateRule;

/** What leaves the dynamics of a trained network leaves its gradient as plain steps make it, but for rounding. */
class PruningTest {
    private static final int IMAGES = 400;
    private static final Network NETWORK = Network.of(16, 60, 3);
    private static final Layout LAYOUT = new Layout(16, 60, 3);

    private final byte[] labels = new byte[IMAGES];
    private final float[] pixels = new float[16 * IMAGES];
    private final Inputs inputs;
    private final Weights weights;

    PruningTest() {
        Random random = new Random(3);
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = (byte) random.nextInt(3);
            for (int p = 0; p < 16; p++) {
                pixels[16 * i + p] = p / 5 == labels[i] ? random.nextFloat(0.2f, 1f) : random.nextInt(2) * 0.5f;
            }
        }
        inputs = new Inputs(pixels, 16, 0, IMAGES);
        IdealSynapses synapses = new IdealSynapses(NETWORK, 0, new Seed(5).stream("initial weights"));
        EqProp eqprop = EqProp.ofThesis(0.2, 0.1).withBatchSize(20).withBiases(Biases.CONTINUOUS);
        Dataset data = new Dataset("rows", 4, 4, 3, pixels, labels);
        new Trainer(eqprop, synapses, UpdateRule.continuous(), new Seed(5), 1, InstantSource.system())
                .train(data, data, 15, _ -> {}, () -> false);
        weights = synapses.plasticity(UpdateRule.continuous(), Biases.CONTINUOUS).weights();
    }

    private States states(Shallow.Pruning pruning, float beta) {
        States states = new States(LAYOUT, IMAGES);
        // what an earlier mini-batch left behind must not be taken for that of an image left alone
        for (int layer = 0; layer < 2; layer++) {
            Arrays.fill(states.minus[layer], Float.NaN);
            Arrays.fill(states.difference[layer], Float.NaN);
        }
        Shallow phases = new Shallow(LAYOUT, new Phases.Schedule(30, 10, 0.5f), () -> 0, pruning);
        phases.drive(weights, inputs, states, 0, 1);
        phases.run(weights, Phases.Start.ZERO, new Phases.Nudge(beta, false, labels, 0), states, new Pieces(IMAGES, 1),
                0);
        return states;
    }

    /** The contrast of an image in its first layer, of the largest neuron. */
    private static float contrast(States states, int image) {
        float largest = 0;
        for (int i = 0; i < LAYOUT.size(1); i++) {
            largest = Math.max(largest, Math.abs(states.difference[0][states.differenceAt(0, image, i)]));
        }
        return largest;
    }

    private float[][] gradient(States states) {
        float[][] caught = {new float[LAYOUT.length(0)], new float[LAYOUT.length(1)]};
        float[] scales = {1, 1};
        new Gradient(LAYOUT).run(states, inputs, scales, new Change() {
            @Override
            public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
                System.arraycopy(wanted, 0, caught[layer], at, count);
            }

            @Override
            public void biases(int layer, int at, float[] wanted, int[] pulses, int count) {}
        }, 0, 1, new Pieces(Gradient.pieces(LAYOUT, scales), 1), _ -> {});
        return caught;
    }

    @Test
    void imagesLeftAloneWouldHaveMovedByRoundingOnly() {
        for (float beta : new float[]{0.4f, -0.4f}) {
            States pruned = states(Shallow.Pruning.ALL, beta);
            States plain = states(Shallow.Pruning.NONE, beta);
            int still = 0;
            for (int image = 0; image < IMAGES; image++) {
                assertTrue(plain.isMoved(image), "plain steps leave no image alone");
                if (!pruned.isMoved(image)) {
                    still++;
                    assertTrue(contrast(plain, image) <= 0x1p-22f,
                            "image " + image + " would have moved by " + contrast(plain, image));
                }
            }
            assertTrue(still > IMAGES / 20 && still < IMAGES, still + " images are left alone");
        }
    }

    @Test
    void gradientsOfAllImagesAreThoseOfPlainSteps() {
        for (float beta : new float[]{0.4f, -0.4f}) {
            float[][] pruned = gradient(states(Shallow.Pruning.ALL, beta));
            float[][] plain = gradient(states(Shallow.Pruning.NONE, beta));
            for (int layer = 0; layer < 2; layer++) {
                float largest = 0;
                for (int i = 0; i < plain[layer].length; i++) {
                    // a few roundings of states near 1, for each of the images
                    assertEquals(plain[layer][i], pruned[layer][i], IMAGES * 0x1p-21f, "layer " + layer);
                    largest = Math.max(largest, Math.abs(plain[layer][i]));
                }
                assertTrue(largest > 1000 * IMAGES * 0x1p-21f, "there is a gradient: " + largest);
            }
        }
    }
}
