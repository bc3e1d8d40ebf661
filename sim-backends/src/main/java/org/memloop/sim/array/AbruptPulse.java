package org.memloop.sim.array;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/**
 * Hold one pulse condition.
 *
 * @param polarity which line is driven
 * @param columnVolts volts on it
 * @param gateVolts volts on the word line
 * @param widthSeconds length
 */
record AbruptPulse(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
    /** {@return whether the pulse changes cells} */
    boolean wears() {
        return columnVolts > Pulse.NON_DISTURBING_VOLTS;
    }
}
