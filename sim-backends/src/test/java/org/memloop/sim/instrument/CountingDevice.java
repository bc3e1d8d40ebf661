package org.memloop.sim.instrument;

import java.util.Arrays;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.sim.array.DeviceUnderTest;

/** Count the pulses each cell gets, by polarity. */
public final class CountingDevice implements DeviceUnderTest {
    private final Geometry geometry;
    private final int[][] pulses;

    public CountingDevice(Geometry geometry) {
        this.geometry = geometry;
        pulses = new int[2][geometry.cells()];
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public double pulse(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        pulses[polarity.ordinal()][cell]++;
        return 0;
    }

    /** {@return how many pulses of this polarity the cell got} */
    public int pulses(int cell, Pulse.Polarity polarity) {
        return pulses[polarity.ordinal()][cell];
    }

    /** {@return how many pulses all cells got} */
    public long total() {
        return Arrays.stream(pulses).flatMapToInt(Arrays::stream).asLongStream().sum();
    }
}
