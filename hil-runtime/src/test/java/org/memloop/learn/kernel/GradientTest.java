package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {
    static Stream<Toy> networks() {
        return Stream.of(new Toy(11, -0.35f, 0.5f, 7, 9, 3), new Toy(12, -0.35f, 0.5f, 7, 70, 11),
                new Toy(11, -0.35f, 0.5f, 7, 9, 6, 3), new Toy(13, -0.35f, 0.5f, 7, 4));
    }

    static Stream<Toy> smallNetworks() {
        return Stream.of(new Toy(11, -0.15f, 0.4f, 7, 9, 3), new Toy(11, -0.15f, 0.4f, 7, 9, 6, 3));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void statesAndGradientAreThoseOfTheEquations(Toy toy) {
        int layers = toy.sizes.length - 1;
        States states = toy.states(30, 10, 0.4f, false);
        double[][] expected = new double[2 * layers][];
        for (int layer = 0; layer < layers; layer++) {
            expected[layer] = new double[toy.rows[layer].length];
            expected[layers + layer] = new double[toy.sizes[layer + 1]];
        }
        for (int image = 0; image < Toy.IMAGES; image++) {
            double[][] free = toy.naive.run(toy.start(image), 30, 0.5, 0, toy.label(image));
            double[][] nudged = toy.naive.run(free, 10, 0.5, 0.4, toy.label(image));
            for (int layer = 0; layer < layers; layer++) {
                for (int i = 0; i < toy.sizes[layer + 1]; i++) {
                    int at = image * toy.stride(layer + 1) + i;
                    assertEquals(free[layer + 1][i], states.minus[layer][Layout.LEAD + at], 1e-5);
                    assertEquals(nudged[layer + 1][i], states.plus(layer, image, i), 1e-5);
                    expected[layers + layer][i] += nudged[layer + 1][i] - free[layer + 1][i];
                }
                add(expected[layer], nudged, layer, 1);
                add(expected[layer], free, layer, -1);
            }
        }
        float[][] wanted = toy.wanted(states, 2, 1);
        for (int layer = 0; layer < 2 * layers; layer++) {
            for (int i = 0; i < expected[layer].length; i++) {
                assertEquals(2 * expected[layer][i], wanted[layer][i], 2e-5, "layer " + layer + ", number " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void partsMakeTheWhole(Toy toy) {
        States states = toy.states(30, 10, 0.4f, false);
        float[][] whole = toy.wanted(states, 2, 1);
        float[][] pieces = toy.wanted(states, 2, 3);
        for (int layer = 0; layer < whole.length; layer++) {
            assertArrayEquals(whole[layer], pieces[layer], 0);
        }
    }

    @ParameterizedTest
    @MethodSource("smallNetworks")
    void settledNetworksDescendTheLoss(Toy toy) {
        requireSlope(toy, toy.wanted(toy.states(3000, 3000, 0.002f, true), 1 / 0.004f, 1), 3000);
    }

    /** Nudges of k steps give the gradient of back-propagation through the last k steps (Ernoult and others, 2019). */
    @ParameterizedTest
    @MethodSource("smallNetworks")
    void shortNudgesAreBackPropagationThroughTime(Toy toy) {
        requireSlope(toy, toy.wanted(toy.states(3000, 4, 0.002f, true), 1 / 0.004f, 1), 4);
    }

    /** The nudge is small so that no neuron crosses 0 or 1 on its account, where there is no slope. */
    private static void requireSlope(Toy toy, float[][] wanted, int steps) {
        int layers = toy.sizes.length - 1;
        double[][][] settled = new double[Toy.IMAGES][][];
        for (int image = 0; image < Toy.IMAGES; image++) {
            settled[image] = toy.naive.run(toy.start(image), 3000, 0.5, 0, 0);
        }
        for (int layer = 0; layer < 2 * layers; layer++) {
            double[] parameters = layer < layers ? toy.naive.weights[layer] : toy.naive.biases[layer - layers];
            double largest = 0;
            double worst = 0;
            for (int i = 0; i < parameters.length; i++) {
                double slope = slope(toy, settled, parameters, i, steps);
                largest = Math.max(largest, Math.abs(slope));
                worst = Math.max(worst, Math.abs(wanted[layer][i] + slope));
            }
            assertTrue(largest > 0.005, "layer " + layer + " has a slope to follow: " + largest);
            assertTrue(worst < 0.02 * largest, "layer " + layer + ": off by " + worst + " of " + largest);
        }
    }

    private static double slope(Toy toy, double[][][] settled, double[] parameters, int i, int steps) {
        double kept = parameters[i];
        double difference = 0;
        for (double sign : new double[]{1, -1}) {
            parameters[i] = kept + sign * 1e-4;
            for (int image = 0; image < Toy.IMAGES; image++) {
                difference += sign * toy.naive.loss(settled[image], steps, toy.label(image));
            }
        }
        parameters[i] = kept;
        return difference / 2e-4;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void residualsAreTheLastSteps(Toy toy) {
        States states = toy.states(5, 3, 0.4f, false);
        for (int image = 0; image < Toy.IMAGES; image++) {
            double[][] fourth = toy.naive.run(toy.start(image), 4, 0.5, 0, 0);
            double[][] free = toy.naive.run(fourth, 1, 0.5, 0, 0);
            double[][] second = toy.naive.run(free, 2, 0.5, 0.4, toy.label(image));
            double[][] nudged = toy.naive.run(second, 1, 0.5, 0.4, toy.label(image));
            assertEquals(largestChange(fourth, free), states.freeResidual(image), 1e-5);
            assertEquals(largestChange(second, nudged), states.nudgeResidual(image), 1e-5);
            assertTrue(states.freeResidual(image) > 1e-4);
        }
    }

    private static double largestChange(double[][] before, double[][] after) {
        double largest = 0;
        for (int layer = 1; layer < before.length; layer++) {
            for (int i = 0; i < before[layer].length; i++) {
                largest = Math.max(largest, Math.abs(after[layer][i] - before[layer][i]));
            }
        }
        return largest;
    }

    private static void add(double[] gradient, double[][] states, int layer, int sign) {
        int width = states[layer].length;
        for (int i = 0; i < states[layer + 1].length; i++) {
            for (int j = 0; j < width; j++) {
                gradient[i * width + j] += sign * states[layer + 1][i] * states[layer][j];
            }
        }
    }
}
