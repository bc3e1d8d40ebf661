package org.memloop.learn.kernel;

/** Do Equilibrium Propagation as the equations are written, in double precision, one image at a time. */
final class NaiveEqProp {
    final double[][] weights;
    final double[][] biases;
    final int[] sizes;

    NaiveEqProp(int[] sizes, double[][] weights, double[][] biases) {
        this.biases = biases;
        this.sizes = sizes;
        this.weights = weights;
    }

    double[][] start(double[] input) {
        double[][] states = new double[sizes.length][];
        states[0] = input;
        for (int layer = 1; layer < sizes.length; layer++) {
            states[layer] = new double[sizes[layer]];
        }
        return states;
    }

    double[][] run(double[][] from, int steps, double dt, double beta, int label) {
        double[][] states = from;
        for (int n = 0; n < steps; n++) {
            double[][] next = start(states[0]);
            for (int layer = 1; layer < sizes.length; layer++) {
                for (int i = 0; i < sizes[layer]; i++) {
                    double s = states[layer][i];
                    double target = i == label ? 1 : 0;
                    double nudge = layer == sizes.length - 1 ? beta * (target - s) : 0;
                    double moved = s + dt * (drive(states, layer, i) + nudge - s);
                    next[layer][i] = Math.min(1, Math.max(0, moved));
                }
            }
            states = next;
        }
        return states;
    }

    private double drive(double[][] states, int layer, int i) {
        double sum = biases[layer - 1][i];
        for (int j = 0; j < sizes[layer - 1]; j++) {
            sum += weights[layer - 1][i * sizes[layer - 1] + j] * states[layer - 1][j];
        }
        for (int k = 0; layer + 1 < sizes.length && k < sizes[layer + 1]; k++) {
            sum += weights[layer][k * sizes[layer] + i] * states[layer + 1][k];
        }
        return sum;
    }

    double loss(double[][] from, int steps, int label) {
        double[] y = run(from, steps, 0.5, 0, label)[sizes.length - 1];
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            double error = y[i] - (i == label ? 1 : 0);
            sum += error * error / 2;
        }
        return sum;
    }
}
