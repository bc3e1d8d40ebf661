package org.memloop.calibration.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

import org.memloop.bench.Pulse;

/**
 * Find out to which word lines and column lines the bits of the register really go, from the readings of one polarity.
 *
 * <p>First the whole order of the lines is guessed (as it should be, reversed, shifted by one bit, the other half of the
 * column lines) by the guess that explains most; then each line is looked for on its own while all others stay.
 */
final class Lines {
    /** A line that nothing explains. */
    static final int UNKNOWN = -1;

    private static final double BETTER_BY = 0.15;
    private static final double EXPLAINED_BELOW = 0.5;
    private static final int ROUNDS = 3;

    private final Evidence evidence;
    private final Pulse.Polarity polarity;
    private final int rows;
    private final int columns;
    private final int[] wordLine;
    private final int[] columnLine;
    private final Pulse.Polarity[] driven;
    private final boolean[] darkRow;
    private final boolean[] darkColumn;

    private record Order(String name, IntUnaryOperator line) {}

    Lines(Evidence evidence, Pulse.Polarity polarity) {
        this.evidence = evidence;
        this.polarity = polarity;
        rows = evidence.geometry().rows();
        columns = evidence.geometry().columns();
        wordLine = new int[rows];
        columnLine = new int[columns];
        driven = new Pulse.Polarity[columns];
        darkRow = new boolean[rows];
        darkColumn = new boolean[columns];
        for (int row = 0; row < rows; row++) {
            darkRow[row] = nothingConducts(row, true);
        }
        for (int column = 0; column < columns; column++) {
            darkColumn[column] = nothingConducts(column, false);
        }
        guess();
        for (int round = 0; round < ROUNDS; round++) {
            refineRows();
            refineColumns();
        }
    }

    /** {@return the word line that each row's bit goes to} */
    int[] wordLines() {
        return wordLine.clone();
    }

    /** {@return the number of the column line that each column's bit goes to} */
    int[] columnLines() {
        return columnLine.clone();
    }

    /** {@return for each column, whether its bit goes to a bit line (SET) or to a source line (RESET)} */
    Pulse.Polarity[] driven() {
        return driven.clone();
    }

    /** {@return how much of the readings this leaves unexplained, 0 to 1} */
    double unexplained() {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                sum += distance(row, column, wordLine[row], columnLine[column], driven[column]);
            }
        }
        return sum / rows / columns;
    }

    private static List<Order> orders(int count) {
        return List.of(new Order("straight", i -> i), new Order("reversed", i -> count - 1 - i),
                new Order("shifted up", i -> (i + 1) % count),
                new Order("shifted down", i -> (i + count - 1) % count));
    }

    private void guess() {
        double best = Double.POSITIVE_INFINITY;
        Pulse.Polarity other = polarity == Pulse.Polarity.SET ? Pulse.Polarity.RESET : Pulse.Polarity.SET;
        for (Pulse.Polarity of : List.of(polarity, other)) {
            for (Order byRow : orders(rows)) {
                for (Order byColumn : orders(columns)) {
                    int[] oldRows = wordLine.clone();
                    int[] oldColumns = columnLine.clone();
                    Pulse.Polarity[] oldDriven = driven.clone();
                    Arrays.setAll(wordLine, byRow.line());
                    Arrays.setAll(columnLine, byColumn.line());
                    Arrays.fill(driven, of);
                    double left = unexplained();
                    if (left < best - 1e-9) {
                        best = left;
                    } else {
                        System.arraycopy(oldRows, 0, wordLine, 0, rows);
                        System.arraycopy(oldColumns, 0, columnLine, 0, columns);
                        System.arraycopy(oldDriven, 0, driven, 0, columns);
                    }
                }
            }
        }
    }

    private double distance(int row, int column, int word, int line, Pulse.Polarity of) {
        return word == UNKNOWN || line == UNKNOWN
                ? 1
                : evidence.distance(polarity, evidence.geometry().cell(row, column), of,
                        evidence.geometry().cell(word, line));
    }

    private void refineRows() {
        int[] found = new int[rows];
        for (int row = 0; row < rows; row++) {
            double present = row(row, wordLine[row]);
            int best = UNKNOWN;
            double bestLeft = Double.POSITIVE_INFINITY;
            for (int word = 0; word < rows; word++) {
                double left = row(row, word);
                if (left < bestLeft) {
                    bestLeft = left;
                    best = word;
                }
            }
            found[row] = darkRow[row] || bestLeft > present - BETTER_BY ? wordLine[row] : best;
        }
        System.arraycopy(found, 0, wordLine, 0, rows);
    }

    /** {@return how badly a word line explains a row, over the columns that are known} */
    private double row(int row, int word) {
        double sum = 0;
        int known = 0;
        for (int column = 0; column < columns; column++) {
            if (!darkColumn[column]) {
                sum += distance(row, column, word, columnLine[column], driven[column]);
                known++;
            }
        }
        return known == 0 ? 1 : sum / known;
    }

    private void refineColumns() {
        for (int column = 0; column < columns; column++) {
            if (darkColumn[column]) {
                continue;
            }
            double present = column(column, columnLine[column], driven[column]);
            for (Pulse.Polarity of : Pulse.Polarity.values()) {
                for (int line = 0; line < columns; line++) {
                    // the other half of the column lines differs in few cells, so less of a difference has to do
                    double by = line == columnLine[column] ? BETTER_BY / 3 : BETTER_BY;
                    double left = column(column, line, of);
                    if (left < present - by) {
                        present = left;
                        columnLine[column] = line;
                        driven[column] = of;
                    }
                }
            }
        }
    }

    private double column(int column, int line, Pulse.Polarity of) {
        double sum = 0;
        int known = 0;
        for (int row = 0; row < rows; row++) {
            if (!darkRow[row]) {
                sum += distance(row, column, wordLine[row], line, of);
                known++;
            }
        }
        return known == 0 ? 1 : sum / known;
    }

    private boolean nothingConducts(int index, boolean row) {
        int lit = 0;
        int along = row ? columns : rows;
        for (int i = 0; i < along; i++) {
            lit += evidence.conducts(polarity, row
                    ? evidence.geometry().cell(index, i)
                    : evidence.geometry().cell(i, index)) ? 1 : 0;
        }
        return lit * 20 < along;
    }

    /** {@return whether nothing at all, or next to nothing, conducts along a row} */
    boolean darkRow(int row) {
        return darkRow[row];
    }

    /** {@return whether nothing at all, or next to nothing, conducts along a column} */
    boolean darkColumn(int column) {
        return darkColumn[column];
    }

    /** {@return the rows that no word line explains, though they conduct} */
    List<Integer> strangeRows() {
        List<Integer> strange = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (!darkRow[row] && row(row, wordLine[row]) > EXPLAINED_BELOW) {
                strange.add(row);
            }
        }
        return strange;
    }

    /** {@return the columns that no column line explains, though they conduct} */
    List<Integer> strangeColumns() {
        List<Integer> strange = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            if (!darkColumn[column] && column(column, columnLine[column], driven[column]) > EXPLAINED_BELOW) {
                strange.add(column);
            }
        }
        return strange;
    }
}
