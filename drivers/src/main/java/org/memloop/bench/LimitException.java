package org.memloop.bench;

/**
 * Report a program that was refused because it breaks a limit: nothing was sent and nothing was fired. One that broke a
 * limit in spite of all that was known before says so by its {@link #firing()}.
 */
public final class LimitException extends BenchException {
    private static final long serialVersionUID = 1;

    /**
     * Report a refusal.
     *
     * @param message one line that names the step, the cell or pulse, the value and the limit
     */
    public LimitException(String message) {
        this(message, Firing.NONE);
    }

    private LimitException(String message, Firing firing) {
        super(message, firing, null);
    }

    /**
     * Report a limit that a reading shows to be broken.
     *
     * @param message one line that names the step, the cell, the value and the limit
     * @return the exception; pulses were fired
     */
    static LimitException measured(String message) {
        return new LimitException(message, Firing.POSSIBLE);
    }

    @Override
    public LimitException withFiring(Firing verdict) {
        return verdict == firing() ? this : new LimitException(getMessage(), verdict);
    }
}
