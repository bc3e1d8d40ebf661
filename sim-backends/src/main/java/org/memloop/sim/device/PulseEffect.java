package org.memloop.sim.device;

/** Tell what pulses of one height do to the state of a cell. Several threads may ask at the same time. */
public interface PulseEffect {
    /**
     * Tell how far a pulse moves a state on average.
     *
     * @param state the state, within the model's range
     * @param seconds length of the pulse times the speed factor of the cell
     * @return displacement
     */
    double displacement(double state, double seconds);

    /**
     * Tell the state after one pulse, chance included.
     *
     * @param state the state, within the model's range
     * @param ceiling the highest state this pulse can bring a cell to, unless it is higher already
     * @param seconds length of the pulse times the speed factor of the cell
     * @param bits random bits of this pulse, of which the upper 53 are free
     * @return the state, within the model's range
     */
    double after(double state, double ceiling, double seconds, long bits);
}
