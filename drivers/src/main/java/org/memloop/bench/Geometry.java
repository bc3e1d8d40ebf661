package org.memloop.bench;

/**
 * Describe the shape of an array: word lines are its rows, bit lines (each with its source line) its columns.
 *
 * <p>A cell is addressed by one number, {@code row * columns + column}, everywhere below the edges of the program.
 *
 * @param rows number of word lines, at least 1
 * @param columns number of bit lines, at least 1
 */
public record Geometry(int rows, int columns) {
    /** Refuse an empty array. */
    public Geometry {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "an array needs at least one row and one column, not " + rows + "x" + columns);
        }
    }

    /** {@return the number of cells} */
    public int cells() {
        return Math.multiplyExact(rows, columns);
    }

    /**
     * Number the cell at a crossing.
     *
     * @param row word line, 0 to rows - 1
     * @param column bit line, 0 to columns - 1
     * @return the cell's number
     */
    public int cell(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IllegalArgumentException(
                    "no cell at row " + row + ", column " + column + " of a " + this + " array");
        }
        return row * columns + column;
    }

    /**
     * Find the word line of a cell.
     *
     * @param cell the cell's number
     * @return its row
     */
    public int row(int cell) {
        return cell / columns;
    }

    /**
     * Find the bit line of a cell.
     *
     * @param cell the cell's number
     * @return its column
     */
    public int column(int cell) {
        return cell % columns;
    }

    /**
     * Tell whether the array has a cell of this number.
     *
     * @param cell the cell's number
     * @return true when it lies on the array
     */
    public boolean contains(int cell) {
        return cell >= 0 && cell < cells();
    }

    /**
     * Name a cell for a person.
     *
     * @param cell the cell's number
     * @return for example {@code cell 130 (row 2, column 2)}
     */
    public String describe(int cell) {
        return contains(cell)
                ? "cell " + cell + " (row " + row(cell) + ", column " + column(cell) + ")"
                : "cell " + cell;
    }

    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
