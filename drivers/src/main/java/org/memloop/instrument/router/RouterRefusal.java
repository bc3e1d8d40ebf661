package org.memloop.instrument.router;

import java.util.Optional;

/** Say why a router refuses a request. The table is in {@code docs/router-protocol.md}; detail is one number more. */
public enum RouterRefusal {
    /** No request has this code; detail is the code. */
    UNKNOWN_REQUEST(1, "the router does not know this request (code %d)"),
    /** The bytes after the code make no such request; detail is their number. */
    BAD_LENGTH(2, "the request has a wrong length (%d bytes)"),
    /** The host speaks another version; detail is the router's. */
    WRONG_VERSION(3, "the router speaks protocol version %d"),
    /** HELLO was not said since the router started. */
    NO_HELLO(4, "the router has started anew and waits for HELLO"),
    /** A sequence number came again with another request; detail is the number. */
    SEQUENCE_REUSED(5, "sequence number %d was used for another request just before"),
    /** A program runs; detail is the step it is at. */
    RUNNING(6, "a program is running (step %d); ground it first or wait"),
    /** The watchdog has grounded the lines; detail is how long the host was silent, milliseconds. */
    WATCHDOG(7,
            "the host was silent for %d ms, so the watchdog grounded every line and dropped the program; acknowledge it"),
    /** More steps than fit, or none; detail is how many fit. */
    TOO_MANY_STEPS(8, "a program has 1 to %d steps"),
    /** A time or the polarity is out of its range; detail is the index of the field. */
    BAD_FIELD(9, "field %d of the request is out of its range"),
    /** Steps came for another program or out of order; detail is the step the router expects. */
    OUT_OF_ORDER(10, "step %d of the program that was begun was expected"),
    /** A step names a line the array has not, or fires no pulse; detail is the index of the step. */
    BAD_STEP(11, "step %d names a cell that the array has not, or no pulse"),
    /** Number, triggers or checksum of the steps are not as announced; detail is how many steps are there. */
    BAD_PROGRAM(12, "the program did not arrive whole (%d steps are there)"),
    /** Nothing is loaded, or another program; detail is the id of the program loaded, 0 for none. */
    NOT_LOADED(13, "that program is not loaded, or was fired before (loaded: %d)");

    private final int code;
    private final String text;

    RouterRefusal(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** {@return the code on the wire} */
    public int code() {
        return code;
    }

    /**
     * Say the refusal to a person.
     *
     * @param detail the number that came with it
     * @return one sentence
     */
    public String describe(long detail) {
        return text.contains("%d") ? String.format(text, detail) : text;
    }

    /**
     * Find a refusal by its code.
     *
     * @param code the code on the wire
     * @return the refusal, or nothing when this version knows no such code
     */
    public static Optional<RouterRefusal> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
