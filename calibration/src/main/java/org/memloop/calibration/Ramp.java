package org.memloop.calibration;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * State evenly spaced volts.
 *
 * @param fromVolts the first
 * @param toVolts the last, not below the first
 * @param stepVolts distance of two, more than 0
 */
public record Ramp(double fromVolts, double toVolts, double stepVolts) {
    private static final double ROUNDING = 1e-9;

    /** Refuse a ramp that goes nowhere. */
    public Ramp {
        Require.that(stepVolts > 0 && toVolts >= fromVolts && fromVolts >= 0,
                "a ramp goes up in steps of more than 0 V: not from " + fromVolts + " V to " + toVolts + " V by "
                        + stepVolts + " V");
    }

    /** {@return how many levels it has} */
    public int levels() {
        return (int) Math.floor((toVolts - fromVolts) / stepVolts + ROUNDING) + 1;
    }

    /**
     * Tell a level; past the last one it stays there.
     *
     * @param level from 0
     * @return volts
     */
    public double volts(int level) {
        return Math.min(fromVolts + Math.clamp(level, 0, levels() - 1) * stepVolts, toVolts);
    }

    /** {@return all levels, upwards} */
    public DoubleStream stream() {
        return IntStream.range(0, levels()).mapToDouble(this::volts);
    }
}
