package org.memloop.calibration;

import org.memloop.bench.Pulse;

/** Vary a pulse in one respect. */
final class Pulses {
    private static final double MICRO = 1e6;

    private Pulses() {}

    static Pulse withColumn(Pulse pulse, double volts) {
        return new Pulse(pulse.name(), pulse.polarity(), rounded(volts), pulse.gateVolts(), pulse.widthSeconds(),
                pulse.measured());
    }

    static Pulse withGate(Pulse pulse, double volts) {
        return new Pulse(pulse.name(), pulse.polarity(), pulse.columnVolts(), rounded(volts), pulse.widthSeconds(),
                pulse.measured());
    }

    static Pulse measured(Pulse pulse) {
        return new Pulse(pulse.name(), pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds(),
                true);
    }

    /** Sums of steps are rounded to microvolts, so that equal levels are equal numbers. */
    private static double rounded(double volts) {
        return Math.rint(volts * MICRO) / MICRO;
    }
}
