package org.memloop.sim.instrument;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.sim.array.DeviceUnderTest;

/**
 * Be a board of equal resistors, without noise.
 *
 * @param ohms resistance of each
 */
public record Resistor(double ohms) implements DeviceUnderTest {
    @Override
    public Geometry geometry() {
        return new Geometry(2, 2);
    }

    @Override
    public double pulse(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        return columnVolts / ohms;
    }
}
