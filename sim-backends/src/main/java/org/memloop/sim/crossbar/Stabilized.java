package org.memloop.sim.crossbar;

import java.util.Arrays;

/**
 * Solve a linear system that is given as an operation, by stabilised bi-conjugate gradients (van der Vorst 1992): the
 * operation need not be symmetric, and is near one.
 */
final class Stabilized {
    private static final int MOST_STEPS = 5000;

    private final int size;
    private final Operation operation;
    private final double[] shadow;
    private final double[] residual;
    private final double[] direction;
    private final double[] moved;
    private final double[] between;

    /** Apply the operation. */
    interface Operation {
        void apply(double[] x, double[] result);
    }

    Stabilized(int size, Operation operation) {
        this.size = size;
        this.operation = operation;
        shadow = new double[size];
        residual = new double[size];
        direction = new double[size];
        moved = new double[size];
        between = new double[size];
    }

    /**
     * Improve a solution until its residual is a small part of the right side, or does not become smaller any more: then
     * rounding keeps it from becoming so.
     *
     * @return that part
     */
    double solve(double[] right, double[] x, double tolerance) {
        double scale = Math.sqrt(dot(right, right));
        double last = Double.POSITIVE_INFINITY;
        int steps = 0;
        while (true) {
            operation.apply(x, residual);
            for (int i = 0; i < size; i++) {
                residual[i] = right[i] - residual[i];
            }
            double left = Math.sqrt(dot(residual, residual));
            if (left <= tolerance * scale || left > last / 2 || steps >= MOST_STEPS) {
                return scale == 0 ? 0 : left / scale;
            }
            last = left;
            steps += descend(x, tolerance * scale);
        }
    }

    /** Go down from a fresh residual; {@return steps done} */
    private int descend(double[] x, double enough) {
        System.arraycopy(residual, 0, shadow, 0, size);
        Arrays.fill(direction, 0);
        Arrays.fill(moved, 0);
        double rho = 1;
        double alpha = 1;
        double omega = 1;
        for (int step = 1;; step++) {
            double next = dot(shadow, residual);
            double beta = next / rho * (alpha / omega);
            rho = next;
            for (int i = 0; i < size; i++) {
                direction[i] = residual[i] + beta * (direction[i] - omega * moved[i]);
            }
            operation.apply(direction, moved);
            alpha = rho / dot(shadow, moved);
            if (!Double.isFinite(alpha) || alpha == 0) {
                return step;
            }
            for (int i = 0; i < size; i++) {
                residual[i] -= alpha * moved[i];
            }
            operation.apply(residual, between);
            double square = dot(between, between);
            omega = square == 0 ? 0 : dot(between, residual) / square;
            for (int i = 0; i < size; i++) {
                x[i] += alpha * direction[i] + omega * residual[i];
                residual[i] -= omega * between[i];
            }
            if (Math.sqrt(dot(residual, residual)) <= enough || omega == 0 || step == MOST_STEPS) {
                return step;
            }
        }
    }

    private double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
