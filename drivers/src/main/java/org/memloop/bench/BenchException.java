package org.memloop.bench;

/**
 * Report that a bench could not do what it was asked. The message is one line a person at the bench can act on; it
 * names the instrument, what was asked and what came back, where there are such.
 */
public abstract sealed class BenchException extends RuntimeException
        permits ConfigurationException, LimitException, LinkException, InstrumentException, ReplayException {

    /** Say whether pulses may have reached the array before the failure. */
    public enum Firing {
        /** Certainly none of the program's pulses left. */
        NONE,
        /** Some or all pulses of the program may have been fired; read the cells before pulsing them again. */
        POSSIBLE
    }

    private static final long serialVersionUID = 1;

    private final Firing firing;

    BenchException(String message, Firing firing, Throwable cause) {
        super(message, cause);
        this.firing = firing;
    }

    /** {@return whether pulses of the failed program may have reached the array} */
    public Firing firing() {
        return firing;
    }

    /**
     * Say the same failure with another verdict on the pulses; a bench does so when it knows more than its instrument.
     *
     * @param verdict whether pulses may have reached the array
     * @return an exception of the same kind and message
     */
    public abstract BenchException withFiring(Firing verdict);

    static String quote(String text) {
        String shown = text.length() <= 120 ? text : text.substring(0, 117) + "...";
        StringBuilder out = new StringBuilder("'");
        for (char c : shown.toCharArray()) {
            out.append(c >= ' ' && c < 127 ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return out.append('\'').toString();
    }
}
