package org.memloop.sim.crossbar;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * State the volts and currents of a wired array. Cells are in order, row by row.
 *
 * @param drivenVolts of each cell's node on its driven line
 * @param sensedVolts of each cell's node on its sensed line
 * @param cellAmps through each cell, from the driven to the sensed line
 * @param sourceAmps out of each driver; one for each row
 * @param sensedAmps into each sensing circuit; one for each column
 */
public record Solution(double[] drivenVolts, double[] sensedVolts, double[] cellAmps, double[] sourceAmps,
        double[] sensedAmps) {

    /**
     * Tell how well the currents add up, over all lines.
     *
     * @return the largest difference between what a terminal carries and what the cells of its line carry, as a part of
     *         the largest sum of magnitudes on a line; 0 without any current
     */
    public double imbalance() {
        int columns = sensedAmps.length;
        double worst = 0;
        double most = 0;
        for (int line = 0; line < sourceAmps.length + columns; line++) {
            int first = line;
            boolean row = line < sourceAmps.length;
            int[] cells = row
                    ? IntStream.range(first * columns, (first + 1) * columns).toArray()
                    : IntStream.range(0, sourceAmps.length).map(i -> i * columns + first - sourceAmps.length).toArray();
            double sum = Arrays.stream(cells).mapToDouble(cell -> cellAmps[cell]).sum();
            double terminal = row ? sourceAmps[line] : sensedAmps[line - sourceAmps.length];
            worst = Math.max(worst, Math.abs(sum - terminal));
            most = Math.max(most, Arrays.stream(cells).mapToDouble(cell -> Math.abs(cellAmps[cell])).sum());
        }
        return most == 0 ? 0 : worst / most;
    }
}
