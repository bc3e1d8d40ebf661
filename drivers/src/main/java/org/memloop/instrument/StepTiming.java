package org.memloop.instrument;

/**
 * State the pauses a router keeps around every pulse. A step of {@code n} pulses of width {@code w} takes
 * {@code n * (settleSeconds + w + recoverySeconds)}.
 *
 * @param settleSeconds from selecting the cell to the trigger, so that multiplexers and lines are quiet
 * @param recoverySeconds from the end of the pulse to the next selection
 */
public record StepTiming(double settleSeconds, double recoverySeconds) {
    /** The pauses used when a laboratory file names none: 5 us before and 5 us after each pulse. */
    public static final StepTiming USUAL = new StepTiming(5e-6, 5e-6);

    /**
     * Tell how long one pulse takes, pauses included.
     *
     * @param widthSeconds length of the pulse, seconds
     * @return seconds
     */
    public double periodSeconds(double widthSeconds) {
        return settleSeconds + widthSeconds + recoverySeconds;
    }
}
