package org.memloop.bench;

/** Report a bench that cannot be opened as it was described: a wrong address, file, key or value. */
public final class ConfigurationException extends BenchException {
    private static final long serialVersionUID = 1;

    /**
     * Report a description that makes no bench.
     *
     * @param message one line that names the file or address, the key, and what to do
     */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /**
     * Report a description that makes no bench.
     *
     * @param message one line that names the file or address, the key, and what to do
     * @param cause what revealed it
     */
    public ConfigurationException(String message, Throwable cause) {
        super(message, Firing.NONE, cause);
    }

    @Override
    public ConfigurationException withFiring(Firing verdict) {
        return this;
    }
}
