package org.memloop.calibration;

/**
 * Say how one cell came out of a procedure.
 *
 * @param cell the cell's number
 * @param result whether the procedure reached its aim
 * @param pulses how many wearing pulses the procedure gave the cell
 * @param siemens its last conductance
 * @param note why, for a person; one line without commas
 */
public record Verdict(int cell, Result result, long pulses, double siemens, String note) {
    /** Say whether a procedure reached its aim on a cell. */
    public enum Result {
        /** It did. */
        REACHED,
        /** It tried and did not. */
        MISSED,
        /** There was nothing to do. */
        LEFT_ALONE
    }
}
