package org.memloop.sim.crossbar;

import org.memloop.sim.crossbar.Crossing.Flow;

/**
 * Solve the nodes of an array turned so that its drivers are on the left and its sensing circuits at the bottom.
 *
 * <pre>
 *   driven lines   (A + g1) w = i + g2 b - k        A, B: the segments;  i: the drivers
 *   sensed lines   (B + g2) b =     g1 w + k        cells: I(w, b) = g1 w - g2 b + k near the last w and b
 * </pre>
 *
 * <p>Newton's method sets g1, g2 and k. Each kind of line is solved exactly ({@link Ladders}); the two are made to agree
 * by {@link Stabilized}, to which one pass over both is an operation near one.
 */
final class Nodes {
    private static final int MOST_ITERATIONS = 100;
    /** Of the largest current: how well the linear cells have to be the real ones. */
    private static final double LINEAR = 1e-13;
    private static final double RESIDUAL = 1e-15;
    /** More than rounding leaves where wires are many decades better than cells. */
    private static final double WORST_RESIDUAL = 1e-9;

    private final int nodes;
    private final Crossing crossing;
    private final Ladders driven;
    private final Ladders sensed;
    private final double[] w;
    private final double[] b;
    private final double[] drivenSlope;
    private final double[] sensedSlope;
    private final double[] rest;
    private final double[] amps;
    private final double[] work;

    Nodes(Ladders driven, Ladders sensed, int nodes, Crossing crossing) {
        this.driven = driven;
        this.sensed = sensed;
        this.nodes = nodes;
        this.crossing = crossing;
        w = new double[nodes];
        b = new double[nodes];
        drivenSlope = new double[nodes];
        sensedSlope = new double[nodes];
        rest = new double[nodes];
        amps = new double[nodes];
        work = new double[nodes];
    }

    double[] drivenVolts() {
        return w;
    }

    double[] sensedVolts() {
        return b;
    }

    double[] cellAmps() {
        return amps;
    }

    /** Find volts and currents for what the drivers send into each node. */
    void solve(double[] driverAmps) {
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            if (linearise() && i > 0) {
                return;
            }
            driven.shunt(drivenSlope);
            sensed.shunt(sensedSlope);
            solveLinear(driverAmps);
        }
        throw new ArithmeticException("the volts of " + nodes + " cells do not settle in " + MOST_ITERATIONS
                + " steps: lower volts, or cells whose current does not fall with the volts, would");
    }

    /** Ask the cells; {@return whether they do what their linear form says} */
    private boolean linearise() {
        double worst = 0;
        double most = 0;
        for (int cell = 0; cell < nodes; cell++) {
            Flow flow = crossing.at(cell, w[cell], b[cell]);
            double linear = drivenSlope[cell] * w[cell] - sensedSlope[cell] * b[cell] + rest[cell];
            worst = Math.max(worst, Math.abs(flow.amps() - linear));
            most = Math.max(most, Math.abs(flow.amps()));
            amps[cell] = flow.amps();
            drivenSlope[cell] = flow.drivenSiemens();
            sensedSlope[cell] = flow.sensedSiemens();
            rest[cell] = flow.amps() - (drivenSlope[cell] * w[cell] - sensedSlope[cell] * b[cell]);
        }
        return worst <= LINEAR * most;
    }

    private void solveLinear(double[] driverAmps) {
        double[] right = new double[nodes];
        pass(driverAmps, rest, right, 0);
        double[] none = new double[nodes];
        Stabilized lines = new Stabilized(nodes, (x, result) -> {
            System.arraycopy(x, 0, result, 0, nodes);
            pass(none, none, result, 1);
            for (int cell = 0; cell < nodes; cell++) {
                result[cell] = x[cell] - result[cell];
            }
        });
        double left = lines.solve(right, b, RESIDUAL);
        if (!(left <= WORST_RESIDUAL)) {
            throw new ArithmeticException("a part of " + left + " of the volts of " + nodes
                    + " cells stays unsolved: are wires and cells many decades apart?");
        }
        pass(driverAmps, rest, b, 1);
    }

    /** Solve the driven lines at given volts of the sensed ones, times a factor, then the sensed lines anew. */
    private void pass(double[] driverAmps, double[] cellRest, double[] volts, double factor) {
        for (int cell = 0; cell < nodes; cell++) {
            work[cell] = driverAmps[cell] + factor * sensedSlope[cell] * volts[cell] - cellRest[cell];
        }
        driven.solve(work, w);
        for (int cell = 0; cell < nodes; cell++) {
            work[cell] = drivenSlope[cell] * w[cell] + cellRest[cell];
        }
        sensed.solve(work, volts);
    }
}
