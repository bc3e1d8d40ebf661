package org.memloop.instrument;

/**
 * Hold what one output of a supply gave when it was measured.
 *
 * @param output number of the output, counted from 1
 * @param volts measured, volts
 * @param amps measured, amperes
 * @param state how it regulated
 */
public record SupplyReading(int output, double volts, double amps, State state) {
    /** Say how an output regulates. */
    public enum State {
        /** Switched off, or not regulated at all. */
        OFF,
        /** It holds its voltage, as a supply of a chip should. */
        CONSTANT_VOLTAGE,
        /** It is at its current limit; the voltage is lower than asked. */
        CONSTANT_CURRENT,
        /** Its protection has switched it off. */
        TRIPPED
    }
}
