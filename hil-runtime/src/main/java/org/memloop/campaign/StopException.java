package org.memloop.campaign;

/** End a campaign because one of its rules says so. The array is well; what was measured is kept. */
public final class StopException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * End it.
     *
     * @param message one line that names the rule
     */
    public StopException(String message) {
        super(message);
    }
}
