package org.memloop.sim.crossbar;

/**
 * Describe the wires of an array. Every row has a driven line, fed at one side of the array; every column has a sensed
 * line, held at 0 V at one end; a cell joins the two where they cross. A line has one segment for each cell, the first
 * of them between the terminal and the first cell.
 *
 * <pre>
 *   Vi --driver+segment--+--segment--+--segment--+            driven line of row i, source on the left
 *                        |           |           |            cells
 *                        +           +           +
 *                        |           |           |            sensed lines, sense end at the bottom
 *                  segment+sense  ...          ...  -- 0 V
 * </pre>
 *
 * @param drivenOhms one segment of a driven line, ohms, above 0
 * @param sensedOhms one segment of a sensed line, ohms, above 0
 * @param driverOhms resistance of a driver, in series with the first segment of its line, ohms
 * @param senseOhms input resistance of a sensing circuit, in series with the last segment of its line, ohms
 * @param source the side of the array at which the drivers are
 * @param sense the end of the columns at which the sensing circuits are
 */
public record Wires(double drivenOhms, double sensedOhms, double driverOhms, double senseOhms, Side source, End sense) {
    /** Name a side of an array. */
    public enum Side {
        /** Before column 0. */
        LEFT,
        /** After the last column. */
        RIGHT
    }

    /** Name an end of the columns. */
    public enum End {
        /** Above row 0. */
        TOP,
        /** Below the last row. */
        BOTTOM
    }

    /** Refuse a line without resistance, which a conductance cannot describe, and negative ones. */
    public Wires {
        if (!(drivenOhms > 0 && sensedOhms > 0 && driverOhms >= 0 && senseOhms >= 0
                && drivenOhms + sensedOhms + driverOhms + senseOhms < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("segments of " + drivenOhms + " and " + sensedOhms
                    + " ohms, driver " + driverOhms + " ohms, sense " + senseOhms
                    + " ohms: segments need more than 0 ohms (for ideal wires, 1e-9), the others 0 or more");
        }
    }

    /**
     * Describe wires of one kind between ideal drivers on the left and ideal sensing circuits at the bottom.
     *
     * @param segmentOhms any segment, ohms, above 0
     * @return the wires
     */
    public static Wires of(double segmentOhms) {
        return new Wires(segmentOhms, segmentOhms, 0, 0, Side.LEFT, End.BOTTOM);
    }

    /**
     * Move the drivers.
     *
     * @param side where to
     * @return otherwise the same wires
     */
    public Wires from(Side side) {
        return new Wires(drivenOhms, sensedOhms, driverOhms, senseOhms, side, sense);
    }

    /**
     * Move the sensing circuits.
     *
     * @param end where to
     * @return otherwise the same wires
     */
    public Wires to(End end) {
        return new Wires(drivenOhms, sensedOhms, driverOhms, senseOhms, source, end);
    }

    /**
     * Take drivers and sensing circuits that are not ideal.
     *
     * @param driver resistance of a driver, ohms
     * @param sensing input resistance of a sensing circuit, ohms
     * @return otherwise the same wires
     */
    public Wires between(double driver, double sensing) {
        return new Wires(drivenOhms, sensedOhms, driver, sensing, source, sense);
    }

    /** {@return conductance of the segment that leads from a terminal or a cell to the cell in a column, siemens} */
    double drivenSiemens(int column, int columns) {
        boolean first = column == (source == Side.LEFT ? 0 : columns - 1);
        return 1 / (drivenOhms + (first ? driverOhms : 0));
    }

    /** {@return conductance of the segment that leads from the cell in a row to the next one or the terminal, siemens} */
    double sensedSiemens(int row, int rows) {
        boolean last = row == (sense == End.BOTTOM ? rows - 1 : 0);
        return 1 / (sensedOhms + (last ? senseOhms : 0));
    }

    /**
     * Turn the array so that its drivers are on the left and its sensing circuits at the bottom. Turning twice is turning
     * back.
     *
     * @return where the cell goes, or comes from
     */
    int turned(int cell, int rows, int columns) {
        int row = cell / columns;
        int column = cell % columns;
        return turnedRow(row, rows) * columns + turnedColumn(column, columns);
    }

    int turnedRow(int row, int rows) {
        return sense == End.BOTTOM ? row : rows - 1 - row;
    }

    int turnedColumn(int column, int columns) {
        return source == Side.LEFT ? column : columns - 1 - column;
    }
}
