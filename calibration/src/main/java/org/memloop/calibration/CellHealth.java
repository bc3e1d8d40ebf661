package org.memloop.calibration;

/** Say what was found of one cell. */
public enum CellHealth {
    /** Formed, and switches both ways. */
    HEALTHY,
    /** Did not form; it is left alone after the last attempt. */
    NOT_FORMED,
    /** Formed, but a SET does not bring it to its low-resistance state. */
    STUCK_HRS,
    /** Formed, but a hard RESET does not bring it to its high-resistance state. */
    STUCK_LRS
}
