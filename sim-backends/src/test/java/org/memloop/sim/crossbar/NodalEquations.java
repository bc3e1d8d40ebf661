package org.memloop.sim.crossbar;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.simple.SimpleMatrix;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;
import org.memloop.sim.device.Transistor;

/** Solve arrays another way: Kirchhoff's current law at all nodes as one matrix, and the factors of a library. */
final class NodalEquations {
    private static final double FINITE_VOLTS = 1e-7;

    private final int rows;
    private final int columns;
    private final Wires wires;

    NodalEquations(Crossbar array) {
        rows = array.rows();
        columns = array.columns();
        wires = array.wires();
    }

    private interface Segments {
        /** Take a segment from a node to another, or to the terminal of its line: a negative number. */
        void segment(int node, int other, double siemens);
    }

    private static int driven(int cell) {
        return 2 * cell;
    }

    private static int sensed(int cell) {
        return 2 * cell + 1;
    }

    private void eachSegment(Segments segments) {
        boolean left = wires.source() == Wires.Side.LEFT;
        boolean bottom = wires.sense() == Wires.End.BOTTOM;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                boolean first = column == (left ? 0 : columns - 1);
                segments.segment(driven(cell), first ? -1 : driven(left ? cell - 1 : cell + 1),
                        1 / (wires.drivenOhms() + (first ? wires.driverOhms() : 0)));
                boolean last = row == (bottom ? rows - 1 : 0);
                segments.segment(sensed(cell), last ? -1 : sensed(bottom ? cell + columns : cell - columns),
                        1 / (wires.sensedOhms() + (last ? wires.senseOhms() : 0)));
            }
        }
    }

    /** {@return currents out of an array of resistors, one for each column} */
    double[] sensedAmps(double[] siemens, double[] volts) {
        int nodes = 2 * rows * columns;
        DMatrixSparseTriplet matrix = new DMatrixSparseTriplet(nodes, nodes, 4 * nodes);
        DMatrixRMaj right = new DMatrixRMaj(nodes, 1);
        DMatrixRMaj found = new DMatrixRMaj(nodes, 1);
        double[] diagonal = new double[nodes];
        Segments add = (node, other, conductance) -> {
            diagonal[node] += conductance;
            if (other >= 0) {
                diagonal[other] += conductance;
                matrix.addItem(node, other, -conductance);
                matrix.addItem(other, node, -conductance);
            } else if (node % 2 == 0) {
                right.add(node, 0, conductance * volts[node / 2 / columns]);
            }
        };
        eachSegment(add);
        for (int cell = 0; cell < siemens.length; cell++) {
            add.segment(driven(cell), sensed(cell), siemens[cell]);
        }
        for (int node = 0; node < nodes; node++) {
            matrix.addItem(node, node, diagonal[node]);
        }
        LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> cholesky = LinearSolverFactory_DSCC
                .cholesky(FillReducing.NONE);
        if (!cholesky.setA(DConvertMatrixStruct.convert(matrix, (DMatrixSparseCSC) null))) {
            throw new AssertionError("the matrix is not positive definite");
        }
        cholesky.solve(right, found);
        double[] amps = new double[columns];
        eachSegment((node, other, conductance) -> {
            if (other < 0 && node % 2 == 1) {
                amps[node / 2 % columns] = found.get(node) * conductance;
            }
        });
        return amps;
    }

    /**
     * Solve an array of 1T1R cells with the node between device and transistor as a third unknown of each cell, by
     * Newton's method on a dense matrix of finite differences.
     *
     * @return currents out of the array, one for each column
     */
    double[] sensedAmps(Crossing.Devices devices, Transistor transistor, double[] gateVolts, double[] volts) {
        int cells = rows * columns;
        SimpleMatrix x = new SimpleMatrix(3 * cells, 1);
        for (int iteration = 0; iteration < 60; iteration++) {
            SimpleMatrix f = excess(x, devices, transistor, gateVolts, volts);
            SimpleMatrix slopes = new SimpleMatrix(3 * cells, 3 * cells);
            for (int i = 0; i < 3 * cells; i++) {
                SimpleMatrix moved = x.copy();
                moved.set(i, x.get(i) + FINITE_VOLTS);
                slopes.insertIntoThis(0, i,
                        excess(moved, devices, transistor, gateVolts, volts).minus(f).divide(FINITE_VOLTS));
            }
            SimpleMatrix step = slopes.solve(f);
            x = x.minus(step.scale(Math.min(1, 0.3 / step.elementMaxAbs())));
        }
        double[] amps = new double[columns];
        SimpleMatrix found = x;
        eachSegment((node, other, conductance) -> {
            if (other < 0 && node % 2 == 1) {
                amps[node / 2 % columns] = found.get(node) * conductance;
            }
        });
        return amps;
    }

    /** {@return current out of each node; the nodes inside the cells come last} */
    private SimpleMatrix excess(SimpleMatrix x, Crossing.Devices devices, Transistor transistor, double[] gateVolts,
            double[] volts) {
        SimpleMatrix f = new SimpleMatrix(x.getNumRows(), 1);
        eachSegment((node, other, conductance) -> {
            double far = other >= 0 ? x.get(other) : node % 2 == 0 ? volts[node / 2 / columns] : 0;
            f.set(node, f.get(node) + conductance * (x.get(node) - far));
            if (other >= 0) {
                f.set(other, f.get(other) - conductance * (x.get(node) - far));
            }
        });
        for (int cell = 0; cell < rows * columns; cell++) {
            int inner = 2 * rows * columns + cell;
            double a = devices.perVolt()[cell];
            double device = devices.siemens()[cell] / a * Math.sinh(a * (x.get(driven(cell)) - x.get(inner)));
            double channel = transistor.amps(gateVolts[cell / columns], x.get(sensed(cell)), x.get(inner));
            f.set(driven(cell), f.get(driven(cell)) + device);
            f.set(inner, channel - device);
            f.set(sensed(cell), f.get(sensed(cell)) - channel);
        }
        return f;
    }
}
