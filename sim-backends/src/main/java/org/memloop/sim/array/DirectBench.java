package org.memloop.sim.array;

import java.util.List;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Safeguard;
import org.memloop.instrument.StepTiming;

/**
 * Pulse whatever sits in the socket directly, one pulse after the other, with no instruments between. The simulated clock
 * takes the time a router would, as that of a {@link SimBench} does.
 */
public final class DirectBench implements Bench {
    /** What such chips bear: 4 V on their columns, 5 V on their gates, 10 ns to 10 ms, ten million pulses a cell. */
    public static final Limits LIMITS = new Limits(4.0, 4.0, 5.0, 10e-9, 10e-3, 10_000_000);

    private final DeviceUnderTest device;
    private final StepTiming timing = StepTiming.USUAL;
    private final Capabilities capabilities;
    private final Safeguard safeguard;
    private double nowSeconds;
    private boolean closed;

    /**
     * Put a device on a bench.
     *
     * @param description one line for a person
     * @param device the device
     */
    public DirectBench(String description, DeviceUnderTest device) {
        this.device = device;
        capabilities = new Capabilities(description, device.geometry(), LIMITS,
                new Capabilities.ReadAccuracy(0, 0), List.of())
                .withPause(timing.settleSeconds() + timing.recoverySeconds());
        safeguard = new Safeguard(capabilities);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Readings run(PulseProgram program) {
        requireOpen();
        safeguard.admit(program);
        Readings.Builder readings = Readings.builder(program.readingCount());
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            for (int k = 0; k < program.count(step); k++) {
                nowSeconds += timing.settleSeconds();
                double amps = device.pulse(program.cell(step), pulse.polarity(), pulse.columnVolts(),
                        pulse.gateVolts(), pulse.widthSeconds(), nowSeconds);
                if (pulse.measured()) {
                    readings.add(step, pulse.columnVolts(), amps, nowSeconds, Readings.Quality.GOOD);
                }
                nowSeconds += pulse.widthSeconds() + timing.recoverySeconds();
            }
        }
        return readings.build();
    }

    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        requireOpen();
        nowSeconds += seconds;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
