package org.memloop.experiments.selftest;

/** Report that a self-test found something wrong. */
public final class SelftestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Report what is wrong.
     *
     * @param message one line that says what, and where to look
     */
    public SelftestException(String message) {
        super(message);
    }
}
