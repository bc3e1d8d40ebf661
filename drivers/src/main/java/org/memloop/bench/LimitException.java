package org.memloop.bench;

/** Report a program that was refused because it breaks a limit. Nothing was sent and nothing was fired. */
public final class LimitException extends BenchException {
    private static final long serialVersionUID = 1;

    /**
     * Report a refusal.
     *
     * @param message one line that names the step, the cell or pulse, the value and the limit
     */
    public LimitException(String message) {
        super(message, Firing.NONE, null);
    }

    @Override
    public LimitException withFiring(Firing verdict) {
        return this;
    }
}
