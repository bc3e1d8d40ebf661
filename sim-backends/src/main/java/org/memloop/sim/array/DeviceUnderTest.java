package org.memloop.sim.array;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;

/** Stand for whatever sits in the socket: a die of memristors, or a board of resistors. */
public interface DeviceUnderTest {
    /** {@return the shape of the array} */
    Geometry geometry();

    /**
     * Apply one pulse to one cell.
     *
     * @param cell the cell's number
     * @param polarity which line of its column is driven
     * @param columnVolts height on that line, volts
     * @param gateVolts height on the word line, volts
     * @param widthSeconds length, seconds
     * @param startSeconds when it begins, on the simulated clock
     * @return mean current during the pulse, amperes, the cell's own noise included
     */
    double pulse(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds);

    /**
     * Apply one pulse to one cell whose column has lost the wire of the line that is not driven.
     *
     * @param cell the cell's number
     * @param polarity which line of its column is driven
     * @param columnVolts height on that line, volts
     * @param gateVolts height on the word line, volts
     * @param widthSeconds length, seconds
     * @param startSeconds when it begins, on the simulated clock
     * @return mean current during the pulse, amperes; 0 unless the device has a way of its own to the return
     */
    default double pulseWithoutReturn(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts,
            double widthSeconds, double startSeconds) {
        return 0;
    }
}
