package org.memloop.sim.array;

/** Say in which stage of its life a simulated cell is. */
public enum CellState {
    /** Never formed; some megohms. */
    VIRGIN,
    /** Formed; it switches. */
    FORMED,
    /** Conducts whatever it is given, from fabrication or after too many cycles. */
    STUCK_LOW,
    /** Does not conduct whatever it is given, from fabrication or after too many cycles. */
    STUCK_HIGH,
    /** Hangs on a broken word, bit or source line: no pulse reaches it and no current comes back. */
    UNREACHABLE
}
