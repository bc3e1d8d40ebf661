package org.memloop.calibration;

/**
 * State how the height of a pulse differs from what was asked for, and ask so that it does not.
 *
 * <pre>
 *   volts = gain * asked + offsetVolts          asked = (volts - offsetVolts) / gain
 * </pre>
 *
 * @param gain volts that arrive for each volt asked for, more than 0
 * @param offsetVolts volts that arrive when none are asked for
 */
public record Amplitude(double gain, double offsetVolts) {
    /** Get what is asked for. */
    public static final Amplitude EXACT = new Amplitude(1, 0);

    /** Refuse a gain that no path has. */
    public Amplitude {
        if (!(gain > 0.5 && gain < 2)) {
            throw new IllegalArgumentException(
                    "a pulse path with a gain of " + gain + " is broken, not to be corrected");
        }
    }

    /**
     * Ask for the height that makes the wanted one arrive.
     *
     * @param volts what is to arrive, not negative
     * @return what to ask for, not negative
     */
    public double ask(double volts) {
        return volts == 0 ? 0 : Math.max(0, (volts - offsetVolts) / gain);
    }

    /**
     * Tell what arrives.
     *
     * @param asked what was asked for
     * @return volts
     */
    public double arrives(double asked) {
        return gain * asked + offsetVolts;
    }
}
