package org.memloop.sim.array;

/** Let the outside look into a simulated die as no instrument could. Nothing here is applied to a cell. */
public sealed interface SimulatedDie extends DeviceUnderTest permits Die, AbruptDie {
    /**
     * Tell what a noiseless reading of a cell would give: the conductance of cell, transistor and lines at the READ
     * condition.
     *
     * @param cell the cell's number
     * @return siemens
     */
    double conductanceSiemens(int cell);

    /**
     * Tell the stage of a cell's life.
     *
     * @param cell the cell's number
     * @return its state
     */
    CellState state(int cell);

    /**
     * Tell how many pulses a cell got, readings included, as the cell itself counts them.
     *
     * @param cell the cell's number
     * @return pulses
     */
    long pulsesReceived(int cell);

    /**
     * Tell whether a cell does not switch.
     *
     * @param cell the cell's number
     * @return true when nothing can change it any more
     */
    default boolean stuck(int cell) {
        return state(cell) != CellState.VIRGIN && state(cell) != CellState.FORMED;
    }
}
