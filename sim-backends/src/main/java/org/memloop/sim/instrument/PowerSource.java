package org.memloop.sim.instrument;

/** Feed supply pins of the chip: one output of a supply. */
public interface PowerSource {
    /** Meet a pulse: whatever may happen to the output during it, happens now. */
    default void meetPulse() {}

    /**
     * Tell the volts at the terminals.
     *
     * @param loadSiemens what hangs on them
     * @return volts, of either sign
     */
    double volts(double loadSiemens);
}
