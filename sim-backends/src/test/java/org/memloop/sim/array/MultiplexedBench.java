package org.memloop.sim.array;

import java.util.BitSet;
import java.util.List;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.StepTiming;

/** Pulse a device the slow way, one pulse at a time through its multiplexers, as a router and a generator would. */
final class MultiplexedBench implements Bench {
    private final Geometry geometry;
    private final Multiplexers multiplexers;
    private double nowSeconds;

    MultiplexedBench(DeviceUnderTest device) {
        geometry = device.geometry();
        multiplexers = new Multiplexers(device);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("multiplexers", geometry, SimBench.LIMITS, new Capabilities.ReadAccuracy(0, 0),
                List.of());
    }

    @Override
    public Readings run(PulseProgram program) {
        Readings.Builder readings = Readings.builder(program.readingCount());
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            select(program.cell(step), pulse.polarity());
            for (int k = 0; k < program.count(step); k++) {
                nowSeconds += StepTiming.USUAL.settleSeconds();
                double amps = multiplexers.pulse(pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds(),
                        nowSeconds);
                if (pulse.measured()) {
                    readings.add(step, pulse.columnVolts(), amps, nowSeconds, Readings.Quality.GOOD);
                }
                nowSeconds += pulse.widthSeconds() + StepTiming.USUAL.recoverySeconds();
            }
        }
        return readings.build();
    }

    private void select(int cell, Pulse.Polarity polarity) {
        BitSet bits = new BitSet();
        bits.set(geometry.row(cell));
        int lines = geometry.rows() + (polarity == Pulse.Polarity.SET ? 0 : geometry.columns());
        bits.set(lines + geometry.column(cell));
        multiplexers.latch(bits);
    }

    @Override
    public void rest(double seconds) {
        nowSeconds += seconds;
    }

    @Override
    public void close() {
        multiplexers.latch(new BitSet());
    }
}
