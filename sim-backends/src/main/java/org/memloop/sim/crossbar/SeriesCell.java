package org.memloop.sim.crossbar;

import org.memloop.sim.crossbar.Crossing.Flow;
import org.memloop.sim.device.Transistor;

/** Find how the volts between two lines share out between a device and the transistor in series with it. */
final class SeriesCell {
    private static final double TOLERANCE = 1e-15;
    private static final int MOST_ITERATIONS = 200;
    /** Up to here sinh(x)/x is 1 + x^2/6 to 1e-14. */
    private static final double ALMOST_OHMIC = 1e-3;

    private SeriesCell() {}

    /**
     * Solve for the volts V on the device: what flows through it flows through the transistor. The difference of both
     * rises with V, and is 0 between V = 0 and all the volts; Newton's steps that leave this interval are halvings of it.
     */
    static Flow flow(double siemens, double perVolt, Transistor transistor, double gateVolts, double driven,
            double sensed) {
        double low = Math.min(0, driven - sensed);
        double high = Math.max(0, driven - sensed);
        double volts = 0;
        for (int i = 0;; i++) {
            double x = perVolt * volts;
            double amps = Math.abs(x) < ALMOST_OHMIC
                    ? siemens * volts * (1 + x * x / 6)
                    : siemens * Math.sinh(x) / perVolt;
            double slope = siemens * Math.cosh(x);
            double drainSlope = transistor.slopeSiemens(gateVolts, driven - volts);
            double excess = amps - transistor.amps(gateVolts, sensed, driven - volts);
            if (excess > 0) {
                high = volts;
            } else {
                low = volts;
            }
            double step = excess / (slope + drainSlope);
            double next = volts - step;
            if (Math.abs(step) <= TOLERANCE * Math.abs(driven - sensed) || i == MOST_ITERATIONS) {
                double through = slope / (slope + drainSlope);
                return new Flow(amps, through * drainSlope, through * transistor.slopeSiemens(gateVolts, sensed));
            }
            volts = next >= low && next <= high ? next : (low + high) / 2;
        }
    }
}
