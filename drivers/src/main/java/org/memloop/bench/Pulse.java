package org.memloop.bench;

import java.util.List;

/**
 * State one operating condition of a 1T1R cell: which line is driven, how high, how far the gate is open, for how long.
 *
 * <p>The named conditions are those of the thesis, table 4.1. A SET polarity drives the bit line and grounds the source
 * line; RESET drives the source line and grounds the bit line, so {@code columnVolts} is a magnitude.
 *
 * @param name what records and people call it
 * @param polarity which of the two column lines is driven
 * @param columnVolts height of the pulse on the driven line, volts, not negative
 * @param gateVolts height of the pulse on the word line, volts, not negative
 * @param widthSeconds length of the pulse, seconds, more than 0
 * @param measured whether the current during the pulse is read
 */
public record Pulse(String name, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
        boolean measured) {

    /** Say which line of the column is driven. */
    public enum Polarity {
        /** Drive the bit line, ground the source line: forming, SET and reading. */
        SET,
        /** Drive the source line, ground the bit line. */
        RESET
    }

    /** Column volts up to which a pulse is taken not to disturb a cell, and so not to wear it. */
    public static final double NON_DISTURBING_VOLTS = 0.3;

    /** Read the conductance: 0.2 V for 100 us with the gate at 3 V. */
    public static final Pulse READ = new Pulse("READ", Polarity.SET, 0.2, 3.0, 100e-6, true);
    /** Form the filament of a virgin cell: 2.4 V for 10 us with the gate at 2.8 V. */
    public static final Pulse FORMING = new Pulse("FORMING", Polarity.SET, 2.4, 2.8, 10e-6, false);
    /** Bring a formed cell to its low-resistance state: 2.0 V for 50 us with the gate at 2.5 V. */
    public static final Pulse SET = new Pulse("SET", Polarity.SET, 2.0, 2.5, 50e-6, false);
    /** Bring a cell to its high-resistance state: 2.0 V for 1 us with the gate at 4.5 V. */
    public static final Pulse HARD_RESET = new Pulse("HARD_RESET", Polarity.RESET, 2.0, 4.5, 1e-6, false);
    /** Take one small step down in conductance: 0.9 V for 0.6 us with the gate at 4.5 V. */
    public static final Pulse WEAK_RESET = new Pulse("WEAK_RESET", Polarity.RESET, 0.9, 4.5, 0.6e-6, false);

    /** The named conditions of table 4.1, in its order. */
    public static final List<Pulse> TABLE_4_1 = List.of(READ, FORMING, SET, HARD_RESET, WEAK_RESET);

    /** Refuse what is not a pulse at all. */
    public Pulse {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a pulse needs a name");
        }
        if (polarity == null) {
            throw new IllegalArgumentException("pulse " + name + " needs a polarity");
        }
        requireNotNegative(name, "columnVolts", columnVolts);
        requireNotNegative(name, "gateVolts", gateVolts);
        requireNotNegative(name, "widthSeconds", widthSeconds);
        if (widthSeconds == 0) {
            throw new IllegalArgumentException("pulse " + name + ": widthSeconds must be more than 0");
        }
    }

    private static void requireNotNegative(String name, String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "pulse " + name + ": " + what + " must be finite and not negative, not " + value);
        }
    }

    /** {@return whether the pulse is high enough to change a cell, so that it counts against the cell's wear budget} */
    public boolean wears() {
        return columnVolts > NON_DISTURBING_VOLTS;
    }
}
