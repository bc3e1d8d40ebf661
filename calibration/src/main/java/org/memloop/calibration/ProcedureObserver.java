package org.memloop.calibration;

/** Take what a procedure measures and finds, while it runs. */
public interface ProcedureObserver {
    /** Take nothing. */
    ProcedureObserver NONE = _ -> {};

    /**
     * Take one measurement. Measurements come in the order in which they were made.
     *
     * @param observation what was measured
     */
    void observed(Observation observation);

    /**
     * Take what the procedure says of a cell in the end.
     *
     * @param verdict how the cell came out
     */
    default void judged(Verdict verdict) {}

    /**
     * Take what was found about the health of a cell.
     *
     * @param cell the cell's number
     * @param health what was found
     */
    default void found(int cell, CellHealth health) {}
}
