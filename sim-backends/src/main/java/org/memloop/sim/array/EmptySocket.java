package org.memloop.sim.array;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;

/**
 * Be a socket with nothing in it.
 *
 * @param geometry shape of the array that belongs there
 */
public record EmptySocket(Geometry geometry) implements DeviceUnderTest {
    @Override
    public double pulse(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        return 0;
    }
}
