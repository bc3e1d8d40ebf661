package org.memloop.bench;

import java.util.Locale;

/**
 * State what may never be exceeded on an array.
 *
 * @param bitLineVoltsMax highest pulse on a bit line (SET polarity), volts
 * @param sourceLineVoltsMax highest pulse on a source line (RESET polarity), volts
 * @param wordLineVoltsMax highest pulse on a word line (the gate), volts
 * @param widthSecondsMin shortest pulse, seconds
 * @param widthSecondsMax longest pulse, seconds
 * @param pulsesPerCellMax how many {@linkplain Pulse#wears() wearing} pulses one cell may get from one bench
 */
public record Limits(double bitLineVoltsMax, double sourceLineVoltsMax, double wordLineVoltsMax, double widthSecondsMin,
        double widthSecondsMax, long pulsesPerCellMax) {

    /**
     * Combine two sets of limits so that both hold.
     *
     * @param other the other set
     * @return for each quantity the tighter of the two
     */
    public Limits tightest(Limits other) {
        return new Limits(Math.min(bitLineVoltsMax, other.bitLineVoltsMax),
                Math.min(sourceLineVoltsMax, other.sourceLineVoltsMax),
                Math.min(wordLineVoltsMax, other.wordLineVoltsMax),
                Math.max(widthSecondsMin, other.widthSecondsMin), Math.min(widthSecondsMax, other.widthSecondsMax),
                Math.min(pulsesPerCellMax, other.pulsesPerCellMax));
    }

    /**
     * Check one operating condition.
     *
     * @param pulse the condition
     * @throws LimitException naming the pulse, the quantity and the limit it breaks
     */
    public void check(Pulse pulse) {
        boolean set = pulse.polarity() == Pulse.Polarity.SET;
        atMost(pulse, set ? "bit line" : "source line", pulse.columnVolts(), set ? bitLineVoltsMax : sourceLineVoltsMax,
                "V");
        atMost(pulse, "word line", pulse.gateVolts(), wordLineVoltsMax, "V");
        atMost(pulse, "width", pulse.widthSeconds(), widthSecondsMax, "s");
        if (pulse.widthSeconds() < widthSecondsMin) {
            throw new LimitException(
                    String.format(Locale.ROOT, "pulse %s: width %g s is below the limit of %g s; nothing was fired",
                            pulse.name(), pulse.widthSeconds(), widthSecondsMin));
        }
    }

    private static void atMost(Pulse pulse, String what, double value, double limit, String unit) {
        if (value > limit) {
            throw new LimitException(
                    String.format(Locale.ROOT, "pulse %s: %s %.4g %s is above the limit of %.4g %s; nothing was fired",
                            pulse.name(), what, value, unit, limit, unit));
        }
    }
}
