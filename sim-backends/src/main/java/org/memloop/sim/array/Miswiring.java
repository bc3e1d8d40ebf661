package org.memloop.sim.array;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;

/**
 * Know what is wired wrongly between the router's register, the pulses and the lines of the array. Each fault is one word:
 *
 * <pre>
 *   rows-reversed   word-lines-reversed   bit-lines-reversed   source-lines-reversed   columns-reversed (both)
 *   polarity-reversed                     bit lines and source lines exchanged
 *   register-shifted                      every bit one line too far
 *   swap-word-lines-3-4   swap-bit-lines-12-13   swap-source-lines-0-5
 *   open-word-line-7      open-bit-line-7        open-source-line-7       the wire is off: not driven, not grounded
 *   stuck-word-line-7     stuck-bit-line-7       stuck-source-line-7      the line stays on ground
 *   generator-channels-swapped            column pulse on the gate input, gate pulse on the column input
 *   column-terminated     gate-terminated 50 ohm to ground where the pulse arrives: half of it is left
 * </pre>
 */
public final class Miswiring {
    private static final Pattern TWO = Pattern.compile("swap-(word|bit|source)-lines-(\\d{1,4})-(\\d{1,4})");
    private static final Pattern ONE = Pattern.compile("(open|stuck)-(word|bit|source)-line-(\\d{1,4})");
    private static final double TERMINATED = 0.5; // 50 ohm source, 50 ohm load

    private final Geometry geometry;
    private final int[] lineOfBit;
    private final BitSet open = new BitSet();
    private final BitSet stuck = new BitSet();
    private boolean swapped;
    private double columnShare = 1;
    private double gateShare = 1;

    private Miswiring(Geometry geometry) {
        this.geometry = geometry;
        lineOfBit = new int[geometry.rows() + 2 * geometry.columns()];
        Arrays.setAll(lineOfBit, i -> i);
    }

    /**
     * Wire a laboratory.
     *
     * @param geometry shape of the array
     * @param faults what is wrong, in this order; none for a laboratory that is as it should be
     * @return the wiring
     * @throws ConfigurationException naming a fault that there is not, or a line that there is not
     */
    public static Miswiring of(Geometry geometry, List<String> faults) {
        Miswiring wiring = new Miswiring(geometry);
        faults.forEach(wiring::add);
        return wiring;
    }

    private void add(String fault) {
        int rows = geometry.rows();
        int columns = geometry.columns();
        switch (fault) {
            case "rows-reversed", "word-lines-reversed" -> reverse(0, rows);
            case "bit-lines-reversed" -> reverse(rows, columns);
            case "source-lines-reversed" -> reverse(rows + columns, columns);
            case "columns-reversed" -> {
                reverse(rows, columns);
                reverse(rows + columns, columns);
            }
            case "polarity-reversed" -> {
                for (int column = 0; column < columns; column++) {
                    swap(rows + column, rows + columns + column);
                }
            }
            case "register-shifted" -> {
                int[] before = lineOfBit.clone();
                Arrays.setAll(lineOfBit, i -> before[(i + 1) % before.length]);
            }
            case "generator-channels-swapped" -> swapped = !swapped;
            case "column-terminated" -> columnShare = TERMINATED;
            case "gate-terminated" -> gateShare = TERMINATED;
            default -> addNumbered(fault);
        }
    }

    private void addNumbered(String fault) {
        Matcher two = TWO.matcher(fault);
        Matcher one = ONE.matcher(fault);
        if (two.matches()) {
            swap(line(fault, two.group(1), two.group(2)), line(fault, two.group(1), two.group(3)));
        } else if (one.matches()) {
            (one.group(1).equals("open") ? open : stuck).set(line(fault, one.group(2), one.group(3)));
        } else {
            throw new ConfigurationException("there is no wiring fault '" + fault + "'; there are rows-reversed,"
                    + " bit-lines-reversed, source-lines-reversed, columns-reversed, polarity-reversed,"
                    + " register-shifted, swap-bit-lines-12-13, open-source-line-7, stuck-word-line-7 and the like,"
                    + " generator-channels-swapped, column-terminated, gate-terminated");
        }
    }

    private int line(String fault, String kind, String digits) {
        int number = Integer.parseInt(digits);
        int of = kind.equals("word") ? geometry.rows() : geometry.columns();
        if (number >= of) {
            throw new ConfigurationException("wiring fault '" + fault + "': a " + geometry + " array has " + kind
                    + " lines 0 to " + (of - 1));
        }
        return number + switch (kind) {
            case "word" -> 0;
            case "bit" -> geometry.rows();
            default -> geometry.rows() + geometry.columns();
        };
    }

    private void swap(int a, int b) {
        int line = lineOfBit[a];
        lineOfBit[a] = lineOfBit[b];
        lineOfBit[b] = line;
    }

    private void reverse(int from, int count) {
        for (int i = 0; i < count / 2; i++) {
            swap(from + i, from + count - 1 - i);
        }
    }

    /**
     * Tell which lines a register drives.
     *
     * @param register its set bits
     * @return the lines on their driven input; open ones as well, though nothing arrives there
     */
    BitSet driven(BitSet register) {
        BitSet lines = new BitSet();
        register.stream().map(bit -> lineOfBit[bit]).filter(line -> !stuck.get(line)).forEach(lines::set);
        return lines;
    }

    /**
     * Tell whether a wire is off.
     *
     * @param line the line, numbered like the bits of a register that is wired as it should be
     * @return true when the line is neither driven nor on ground
     */
    boolean open(int line) {
        return open.get(line);
    }

    /**
     * Tell what reaches the column input.
     *
     * @param columnVolts what the column output gives
     * @param gateVolts what the gate output gives
     * @return volts
     */
    public double columnVolts(double columnVolts, double gateVolts) {
        return columnShare * (swapped ? gateVolts : columnVolts);
    }

    /**
     * Tell what reaches the gate input.
     *
     * @param columnVolts what the column output gives
     * @param gateVolts what the gate output gives
     * @return volts
     */
    public double gateVolts(double columnVolts, double gateVolts) {
        return gateShare * (swapped ? columnVolts : gateVolts);
    }
}
