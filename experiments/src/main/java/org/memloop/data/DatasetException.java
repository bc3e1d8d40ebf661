package org.memloop.data;

/** Report images that cannot be had. The message is one line that names the file or address and says what to do. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Report a failure.
     *
     * @param message one line a person can act on
     */
    public DatasetException(String message) {
        super(message);
    }

    /**
     * Report a failure.
     *
     * @param message one line a person can act on
     * @param cause what revealed it
     */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
