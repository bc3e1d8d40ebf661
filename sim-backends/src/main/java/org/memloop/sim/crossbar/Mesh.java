package org.memloop.sim.crossbar;

import java.util.Arrays;

/**
 * Hold the conductances between the ports of a piece of an array: what can be seen of it from outside. Two neighbours
 * join at their common border, and the nodes of the border are eliminated one by one (star to mesh):
 *
 * <pre>
 *   c[i][j] += c[i][k] c[j][k] / sum over all m of c[m][k]
 * </pre>
 *
 * <p>All numbers are positive and none is ever subtracted, so that every conductance keeps its full relative accuracy
 * however good the wires are (Grassmann, Taksar, Heyman 1985). Joining halves of halves is nested dissection: an
 * {@code n x n} array costs about {@code 20 n^3} operations.
 *
 * <p>Ports in order: the left ends of the driven lines, their right ends, the bottom ends of the sensed lines, their top
 * ends. Right and top ends at the border of the whole array lead nowhere and are no ports.
 */
final class Mesh {
    private final int left;
    private final int right;
    private final int bottom;
    private final int top;
    /** Row i holds the conductances from port i to ports 0 to i - 1, siemens. */
    private final double[][] siemens;

    private Mesh(int left, int right, int bottom, int top, double[][] siemens) {
        this.left = left;
        this.right = right;
        this.bottom = bottom;
        this.top = top;
        this.siemens = siemens;
    }

    /** Make the piece of one cell with the segments to its left and below it. */
    static Mesh cell(double drivenSiemens, double cellSiemens, double sensedSiemens) {
        return new Mesh(1, 1, 1, 1, new double[][]{{}, {drivenSiemens}, {0, 0}, {0, cellSiemens, sensedSiemens}});
    }

    /** {@return conductance from a left to a bottom port} */
    double through(int leftPort, int bottomPort) {
        return siemens[left + right + bottomPort][leftPort];
    }

    /** {@return this piece with nothing to its right} */
    Mesh closedRight() {
        return without(left, left + right);
    }

    /** {@return this piece with nothing above it} */
    Mesh closedTop() {
        int ports = siemens.length;
        return without(ports - top, ports);
    }

    private Mesh without(int from, int to) {
        int[] place = new int[siemens.length];
        int kept = siemens.length - (to - from);
        Arrays.setAll(place, port -> port < from ? port : port < to ? kept + port - from : port - (to - from));
        double[][] front = front(siemens.length);
        add(front, this, place);
        boolean isRight = from == left;
        return new Mesh(left, isRight ? 0 : right, bottom, isRight ? top : 0, eliminate(front, kept));
    }

    /** {@return this piece with another at its right} */
    Mesh besides(Mesh other) {
        int bottoms = left + other.right;
        int tops = bottoms + bottom + other.bottom;
        int border = tops + top + other.top;
        double[][] front = front(border + right);
        add(front, this, places(0, border, bottoms, tops));
        add(front, other, other.places(border, left, bottoms + bottom, tops + top));
        return new Mesh(left, other.right, bottom + other.bottom, top + other.top, eliminate(front, border));
    }

    /** {@return this piece with another below it} */
    Mesh above(Mesh other) {
        int rights = left + other.left;
        int bottoms = rights + right + other.right;
        int tops = bottoms + other.bottom;
        int border = tops + top;
        double[][] front = front(border + bottom);
        add(front, this, places(0, rights, border, tops));
        add(front, other, other.places(left, rights + right, bottoms, border));
        return new Mesh(left + other.left, right + other.right, other.bottom, top, eliminate(front, border));
    }

    private int[] places(int lefts, int rights, int bottoms, int tops) {
        int[] place = new int[siemens.length];
        int port = 0;
        for (int[] group : new int[][]{{left, lefts}, {right, rights}, {bottom, bottoms}, {top, tops}}) {
            for (int i = 0; i < group[0]; i++) {
                place[port++] = group[1] + i;
            }
        }
        return place;
    }

    private static double[][] front(int nodes) {
        double[][] front = new double[nodes][];
        Arrays.setAll(front, double[]::new);
        return front;
    }

    private static void add(double[][] front, Mesh piece, int[] place) {
        for (int i = 0; i < place.length; i++) {
            for (int j = 0; j < i; j++) {
                front[Math.max(place[i], place[j])][Math.min(place[i], place[j])] += piece.siemens[i][j];
            }
        }
    }

    private static double[][] eliminate(double[][] front, int kept) {
        for (int k = front.length - 1; k >= kept; k--) {
            double[] star = front[k];
            double total = 0;
            for (int j = 0; j < k; j++) {
                total += star[j];
            }
            for (int i = 1; i < k; i++) {
                double share = star[i] / total;
                double[] row = front[i];
                for (int j = 0; j < i; j++) {
                    row[j] += share * star[j];
                }
            }
        }
        return Arrays.copyOf(front, kept);
    }
}
