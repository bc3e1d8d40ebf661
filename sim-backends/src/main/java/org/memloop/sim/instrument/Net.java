package org.memloop.sim.instrument;

/** Name the chip's analogue nets (thesis, figure 4.5b), to which source-measure units are wired. */
public enum Net {
    /** Vin2_col: the bit lines or source lines that the registers select. */
    COLUMN,
    /** Vin1_col: all other bit and source lines, through which the current returns. */
    RETURN,
    /** Vin2_row: the word lines that the registers select. */
    GATE
}
