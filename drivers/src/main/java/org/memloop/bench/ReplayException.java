package org.memloop.bench;

/**
 * Report that a recorded session was asked something else than it was asked when it was recorded, so that it has no
 * answer. Nothing was fired.
 */
public final class ReplayException extends BenchException {
    private static final long serialVersionUID = 1;

    /**
     * Report a difference.
     *
     * @param where which request of the session, and which step of it
     * @param expected what was recorded there
     * @param actual what was asked now
     */
    public ReplayException(String where, String expected, String actual) {
        super(where + ": the recording has " + expected + ", the program asked for " + actual
                + "; a recording answers only what it was asked", Firing.NONE, null);
    }

    private ReplayException(String message, Throwable cause) {
        super(message, Firing.POSSIBLE, cause);
    }

    @Override
    public BenchException withFiring(Firing verdict) {
        return verdict == firing() ? this : new ReplayException(getMessage(), this);
    }
}
