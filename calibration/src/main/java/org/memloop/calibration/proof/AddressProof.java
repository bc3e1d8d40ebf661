package org.memloop.calibration.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.lab.ResistorBoard;

/**
 * Name what is wrong with the way from the router's register to the lines of the array, from readings of a board of known
 * resistors in both polarities.
 */
public final class AddressProof {
    private static final double UNEXPLAINED = 0.2;
    private static final String CABLE = "check the connector and cable of this line between register and socket";
    private static final String ORDER = "correct the order in the router's firmware or at its connector";

    private final Evidence evidence;
    private final Geometry geometry;
    private final Lines set;
    private final Lines reset;
    private final List<Finding> findings = new ArrayList<>();

    private AddressProof(ResistorBoard board, BoardReadings readings) {
        evidence = new Evidence(board, readings);
        geometry = readings.geometry();
        set = new Lines(evidence, Polarity.SET);
        reset = new Lines(evidence, Polarity.RESET);
    }

    /**
     * Prove the address map.
     *
     * @param board what sits in the socket
     * @param readings what was read of it; some of it must conduct
     * @return what is wrong, line by line; one good finding when nothing is
     */
    public static List<Finding> of(ResistorBoard board, BoardReadings readings) {
        AddressProof proof = new AddressProof(board, readings);
        proof.prove();
        return List.copyOf(proof.findings);
    }

    private void prove() {
        int[] words = set.wordLines();
        if (shifted(words, 1) && shifted(set.columnLines(), 1) && shifted(reset.columnLines(), 1)) {
            wrong("register-shifted", "the whole register is shifted by one bit",
                    "one clock pulse too many or too few: check clock and latch");
        } else if (shifted(words, -1) && shifted(set.columnLines(), -1) && shifted(reset.columnLines(), -1)) {
            wrong("register-shifted", "the whole register is shifted back by one bit",
                    "one clock pulse too many or too few: check clock and latch");
        } else {
            order("word line", words);
            order("bit line", set.columnLines());
            order("source line", reset.columnLines());
        }
        polarity();
        openRows(words);
        for (int column = 0; column < geometry.columns(); column++) {
            openColumn(column);
        }
        strange();
        if (findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.WRONG)) {
            double left = Math.max(set.unexplained(), reset.unexplained());
            if (left > UNEXPLAINED) {
                wrong("map-unexplained", String.format(
                        "%.0f %% of the readings do not fit the board, and no exchange of lines explains it",
                        100 * left),
                        "is the board's map the right one?");
            } else {
                findings.add(0, Finding.good("address-map", "all " + geometry.rows() + " word lines, "
                        + geometry.columns() + " bit lines and " + geometry.columns()
                        + " source lines are where they belong"));
            }
        }
    }

    private void wrong(String kind, String text, String advice) {
        findings.add(Finding.wrong(kind, text, advice));
    }

    private static boolean shifted(int[] lines, int by) {
        return mostly(lines, i -> Math.floorMod(i + by, lines.length)) && lines.length > 2;
    }

    /** An order that a few further exchanges disturb is that order still. */
    private static boolean mostly(int[] lines, IntUnaryOperator order) {
        int same = 0;
        for (int i = 0; i < lines.length; i++) {
            same += lines[i] == order.applyAsInt(i) ? 1 : 0;
        }
        return same * 4 > lines.length * 3;
    }

    private void order(String kind, int[] lines) {
        int count = lines.length;
        IntUnaryOperator order = i -> i;
        if (count > 2 && mostly(lines, i -> count - 1 - i)) {
            order = i -> count - 1 - i;
            wrong("lines-reversed", kind + "s are reversed: bit 0 selects " + kind + " " + (count - 1), ORDER);
        } else if (shifted(lines, 1) || shifted(lines, -1)) {
            int by = shifted(lines, 1) ? 1 : -1;
            order = i -> Math.floorMod(i + by, count);
            wrong("lines-shifted", kind + "s are shifted by one: bit 0 selects " + kind + " " + order.applyAsInt(0),
                    ORDER);
        }
        exchanges(kind, lines, order);
    }

    private void exchanges(String kind, int[] lines, IntUnaryOperator order) {
        boolean[] told = new boolean[lines.length];
        for (int i = 0; i < lines.length; i++) {
            int other = indexOf(lines, order.applyAsInt(i));
            if (lines[i] == order.applyAsInt(i) || told[i]) {
                continue;
            }
            if (other >= 0 && lines[i] == order.applyAsInt(other)) {
                told[other] = true;
                wrong("lines-swapped", kind + "s " + Math.min(lines[i], lines[other]) + " and "
                        + Math.max(lines[i], lines[other]) + " are swapped", "exchange the two wires");
            } else {
                wrong("line-misplaced", "the bit of " + kind + " " + order.applyAsInt(i) + " selects " + kind + " "
                        + lines[i], ORDER);
            }
        }
    }

    private static int indexOf(int[] lines, int line) {
        return Arrays.stream(lines).boxed().toList().indexOf(line);
    }

    private void polarity() {
        if (symmetric()) {
            findings.add(Finding.remark("polarity-unproved",
                    "the board conducts alike in both polarities, so the polarity is not proved",
                    "add cells that conduct in SET polarity only: a resistor from the bit line to the return"));
            return;
        }
        int exchanged = 0;
        for (int column = 0; column < geometry.columns(); column++) {
            exchanged += exchanged(column) ? 1 : 0;
        }
        if (exchanged * 4 > geometry.columns() * 3) {
            wrong("polarity-reversed", "the polarity is reversed: SET drives source lines, RESET drives bit lines",
                    "exchange bits " + geometry.rows() + " to " + (geometry.rows() + geometry.columns() - 1) + " and "
                            + (geometry.rows() + geometry.columns()) + " to "
                            + (geometry.rows() + 2 * geometry.columns() - 1) + " of the register");
            return;
        }
        for (int column = 0; column < geometry.columns(); column++) {
            if (exchanged(column)) {
                wrong("column-exchanged", "bit line and source line of column " + column + " are exchanged",
                        "exchange the two wires");
            }
        }
    }

    private boolean exchanged(int column) {
        return !set.darkColumn(column) && !reset.darkColumn(column)
                && set.driven()[column] == Polarity.RESET && reset.driven()[column] == Polarity.SET;
    }

    private boolean symmetric() {
        for (int cell = 0; cell < geometry.cells(); cell++) {
            if (evidence.shouldConduct(Polarity.SET, cell) != evidence.shouldConduct(Polarity.RESET, cell)) {
                return false;
            }
        }
        return true;
    }

    private void openRows(int[] words) {
        for (int row = 0; row < geometry.rows(); row++) {
            if (set.darkRow(row) && reset.darkRow(row)) {
                wrong("line-open", "word line " + words[row] + " is open, or never driven", CABLE);
            }
        }
    }

    /**
     * Nothing conducts when either line of a column is open, except cells whose resistor goes to the return: they need
     * the bit line alone.
     */
    private void openColumn(int column) {
        boolean noSet = set.darkColumn(column);
        boolean noReset = reset.darkColumn(column);
        int bitLine = set.columnLines()[column];
        int sourceLine = reset.columnLines()[column];
        if (noSet && noReset) {
            wrong("line-open", oneWay(bitLine) > 0
                    ? "bit line " + bitLine + " is open"
                    : "bit line " + bitLine + " or source line " + sourceLine + " is open", CABLE);
        } else if (noReset && onlyOneWay(column, bitLine)) {
            wrong("line-open", "source line " + sourceLine + " is open", CABLE);
        } else if (noSet) {
            wrong("line-stuck", "bit line " + bitLine + " is never driven; it stays on ground", CABLE);
        } else if (noReset) {
            wrong("line-stuck", "source line " + sourceLine + " is never driven; it stays on ground", CABLE);
        }
    }

    /** {@return how many cells along a bit line conduct in SET polarity only} */
    private int oneWay(int bitLine) {
        int count = 0;
        for (int row = 0; row < geometry.rows(); row++) {
            int cell = geometry.cell(row, bitLine);
            count += evidence.shouldConduct(Polarity.SET, cell) && !evidence.shouldConduct(Polarity.RESET, cell)
                    ? 1
                    : 0;
        }
        return count;
    }

    /** {@return whether next to nothing but those cells conducts, as it was read} */
    private boolean onlyOneWay(int column, int bitLine) {
        int others = 0;
        int lit = 0;
        for (int row = 0; row < geometry.rows(); row++) {
            int known = geometry.cell(set.wordLines()[row], bitLine);
            if (evidence.shouldConduct(Polarity.RESET, known)) {
                others++;
                lit += evidence.conducts(Polarity.SET, geometry.cell(row, column)) ? 1 : 0;
            }
        }
        return oneWay(bitLine) > 0 && lit * 20 < others;
    }

    private void strange() {
        List<Integer> bitLines = set.strangeColumns().stream()
                .filter(column -> !onlyOneWay(column, set.columnLines()[column])).toList();
        strange("word line", set.strangeRows(), geometry.rows());
        strange("bit line", bitLines, geometry.columns());
        strange("source line", reset.strangeColumns(), geometry.columns());
    }

    private void strange(String kind, List<Integer> lines, int of) {
        if (lines.size() * 4 > of) {
            wrong("map-unexplained", lines.size() + " of " + of + " " + kind
                    + "s do not answer like any of the board, and no exchange of lines explains it",
                    "is the board's map the right one, and the board in its socket?");
            return;
        }
        for (int line : lines) {
            wrong("line-strange", kind + " " + line + " answers like no " + kind + " of the board",
                    "look for a short to another line");
        }
    }
}
