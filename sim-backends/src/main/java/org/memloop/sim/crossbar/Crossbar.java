package org.memloop.sim.crossbar;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Solve an array with its wires: exactly, by Kirchhoff's current law at both ends of every cell.
 *
 * <p>Source: M. E. Fouda et al., section 3.3 and figure 4 (the measured weights of a crossbar).
 *
 * @param rows driven lines
 * @param columns sensed lines
 * @param wires what the lines are made of
 */
public record Crossbar(int rows, int columns, Wires wires) {
    /** Refuse an array without cells. */
    public Crossbar {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("an array of " + rows + " x " + columns + " cells has none");
        }
    }

    /**
     * Find what each cell seems to conduct when it is measured through the wires: the current of its column for 1 V on its
     * row and 0 V on all others. Multiplied with volts, this matrix gives the currents of the wired array.
     *
     * @param siemens conductance of each cell, row by row, 0 or more
     * @return effective conductance of each cell, siemens
     * @throws IllegalArgumentException when the numbers are not as many as cells, or one is negative
     */
    public double[] effectiveSiemens(double[] siemens) {
        requireConductances(siemens);
        Mesh whole = piece(siemens, 0, rows, 0, columns);
        double[] effective = new double[siemens.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                effective[wires.turned(row * columns + column, rows, columns)] = whole.through(row, column);
            }
        }
        return effective;
    }

    private Mesh piece(double[] siemens, int row, int rowEnd, int column, int columnEnd) {
        if (rowEnd - row > 1 && rowEnd - row >= columnEnd - column) {
            int middle = (row + rowEnd) / 2;
            return piece(siemens, row, middle, column, columnEnd).above(
                    piece(siemens, middle, rowEnd, column, columnEnd));
        }
        if (columnEnd - column > 1) {
            int middle = (column + columnEnd) / 2;
            return piece(siemens, row, rowEnd, column, middle).besides(
                    piece(siemens, row, rowEnd, middle, columnEnd));
        }
        Mesh cell = Mesh.cell(wires.drivenSiemens(wires.turnedColumn(column, columns), columns),
                siemens[wires.turned(row * columns + column, rows, columns)],
                wires.sensedSiemens(wires.turnedRow(row, rows), rows));
        Mesh right = columnEnd == columns ? cell.closedRight() : cell;
        return row == 0 ? right.closedTop() : right;
    }

    /**
     * Cut the array into tiles that each have wires, drivers and sensing circuits of their own, and whose currents are
     * added up (figure 5 of the source), and measure every cell so.
     *
     * @param siemens conductance of each cell, row by row, 0 or more
     * @param tileRows rows of a tile; tiles at the lower border may have fewer
     * @param tileColumns columns of a tile; tiles at the right border may have fewer
     * @return effective conductance of each cell, siemens
     * @throws IllegalArgumentException when the numbers are not as many as cells, or one is negative
     */
    public double[] effectiveSiemens(double[] siemens, int tileRows, int tileColumns) {
        requireConductances(siemens);
        if (tileRows < 1 || tileColumns < 1) {
            throw new IllegalArgumentException("a tile of " + tileRows + " x " + tileColumns + " cells has none");
        }
        int across = Math.ceilDiv(columns, tileColumns);
        double[] effective = new double[siemens.length];
        IntStream.range(0, across * Math.ceilDiv(rows, tileRows)).parallel().forEach(tile -> {
            int row = tile / across * tileRows;
            int column = tile % across * tileColumns;
            int width = Math.min(tileColumns, columns - column);
            Crossbar part = new Crossbar(Math.min(tileRows, rows - row), width, wires);
            double[] cells = new double[part.rows * width];
            Arrays.setAll(cells, i -> siemens[(row + i / width) * columns + column + i % width]);
            double[] measured = part.effectiveSiemens(cells);
            for (int i = 0; i < measured.length; i++) {
                effective[(row + i / width) * columns + column + i % width] = measured[i];
            }
        });
        return effective;
    }

    /**
     * Find all volts and currents of an array.
     *
     * @param crossing its cells
     * @param volts of each driver; one for each row
     * @return volts and currents
     * @throws IllegalArgumentException when the volts are not as many as rows
     * @throws ArithmeticException when the cells are so far from linear that no volts are found
     */
    public Solution solve(Crossing crossing, double[] volts) {
        if (volts.length != rows) {
            throw new IllegalArgumentException(volts.length + " volts for " + rows + " rows");
        }
        int cells = rows * columns;
        Wires straight = wires.from(Wires.Side.LEFT).to(Wires.End.BOTTOM);
        Ladders driven = Ladders.driven(rows, columns, straight);
        Ladders sensed = Ladders.sensed(rows, columns, straight);
        double[] driverAmps = new double[cells];
        for (int row = 0; row < rows; row++) {
            driverAmps[row * columns] = volts[wires.turnedRow(row, rows)] * driven.segmentSiemens(row * columns);
        }
        Nodes nodes = new Nodes(driven, sensed, cells,
                (cell, w, b) -> crossing.at(wires.turned(cell, rows, columns), w, b));
        nodes.solve(driverAmps);
        double[] sourceAmps = new double[rows];
        Arrays.setAll(sourceAmps, row -> (volts[row] - nodes.drivenVolts()[wires.turnedRow(row, rows) * columns])
                * driven.segmentSiemens(0));
        double[] sensedAmps = new double[columns];
        int last = cells - columns;
        Arrays.setAll(sensedAmps, column -> nodes.sensedVolts()[last + wires.turnedColumn(column, columns)]
                * sensed.segmentSiemens(last));
        return new Solution(turned(nodes.drivenVolts()), turned(nodes.sensedVolts()), turned(nodes.cellAmps()),
                sourceAmps, sensedAmps);
    }

    private double[] turned(double[] values) {
        double[] turned = new double[values.length];
        Arrays.setAll(turned, cell -> values[wires.turned(cell, rows, columns)]);
        return turned;
    }

    private void requireConductances(double[] siemens) {
        if (siemens.length != rows * columns) {
            throw new IllegalArgumentException(siemens.length + " conductances for an array of " + rows + " x "
                    + columns + " cells");
        }
        for (int cell = 0; cell < siemens.length; cell++) {
            if (!(siemens[cell] >= 0 && siemens[cell] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the cell in row " + cell / columns + ", column " + cell % columns
                        + " conducts " + siemens[cell] + " S; a conductance is 0 or more");
            }
        }
    }
}
