package org.memloop.sim.crossbar;

/**
 * Solve all driven or all sensed lines of an array, each by itself. A line is a ladder: from its open end to its
 * terminal a segment leads from each node to the next, and at each node something leads away or comes in.
 *
 * <pre>
 *   open end  o--g--o--g--o--g--o--g'--  terminal, 0 V
 *             |     |     |     |
 *             s     s     s     s        shunts, and currents
 *
 *   y = s + share y (outer node)         share = g / (g + y)        what a node sees outwards (Norton)
 *   j = i + share j (outer node)
 *   v = (j + g v (inner node)) / (g + y)
 * </pre>
 *
 * <p>Only positive numbers are added, so that a weak shunt beside a good wire keeps its relative accuracy.
 */
final class Ladders {
    private final int nodes;
    private final int outwards;
    private final boolean[] open;
    private final boolean[] terminal;
    private final double[] segmentSiemens;
    private final double[] share;
    private final double[] ohms;

    private Ladders(int outwards, boolean[] open, boolean[] terminal, double[] segmentSiemens) {
        this.nodes = segmentSiemens.length;
        this.outwards = outwards;
        this.open = open;
        this.terminal = terminal;
        this.segmentSiemens = segmentSiemens;
        share = new double[nodes];
        ohms = new double[nodes];
    }

    /** Take the driven lines of an array turned so that its drivers are on the left. */
    static Ladders driven(int rows, int columns, Wires turned) {
        boolean[] open = new boolean[rows * columns];
        boolean[] terminal = new boolean[rows * columns];
        double[] siemens = new double[rows * columns];
        for (int cell = 0; cell < siemens.length; cell++) {
            open[cell] = cell % columns == columns - 1;
            terminal[cell] = cell % columns == 0;
            siemens[cell] = turned.drivenSiemens(cell % columns, columns);
        }
        return new Ladders(1, open, terminal, siemens);
    }

    /** Take the sensed lines of an array turned so that its sensing circuits are at the bottom. */
    static Ladders sensed(int rows, int columns, Wires turned) {
        boolean[] open = new boolean[rows * columns];
        boolean[] terminal = new boolean[rows * columns];
        double[] siemens = new double[rows * columns];
        for (int cell = 0; cell < siemens.length; cell++) {
            open[cell] = cell < columns;
            terminal[cell] = cell >= (rows - 1) * columns;
            siemens[cell] = turned.sensedSiemens(cell / columns, rows);
        }
        return new Ladders(-columns, open, terminal, siemens);
    }

    /** Set what leads away from each node, siemens. */
    void shunt(double[] shuntSiemens) {
        double[] seen = ohms;
        for (int k = 0; k < nodes; k++) {
            int node = inwards(k);
            seen[node] = shuntSiemens[node] + (open[node] ? 0 : share[node + outwards] * seen[node + outwards]);
            share[node] = segmentSiemens[node] / (segmentSiemens[node] + seen[node]);
        }
        for (int node = 0; node < nodes; node++) {
            ohms[node] = 1 / (segmentSiemens[node] + seen[node]);
        }
    }

    /** Find the volts of all nodes that currents into them make. */
    void solve(double[] amps, double[] volts) {
        for (int k = 0; k < nodes; k++) {
            int node = inwards(k);
            volts[node] = amps[node] + (open[node] ? 0 : share[node + outwards] * volts[node + outwards]);
        }
        for (int k = nodes - 1; k >= 0; k--) {
            int node = inwards(k);
            double inner = terminal[node] ? 0 : volts[node - outwards];
            volts[node] = (volts[node] + segmentSiemens[node] * inner) * ohms[node];
        }
    }

    /** {@return conductance of the segment from a node towards the terminal} */
    double segmentSiemens(int node) {
        return segmentSiemens[node];
    }

    private int inwards(int k) {
        return outwards > 0 ? nodes - 1 - k : k;
    }
}
