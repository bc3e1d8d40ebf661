package org.memloop.instrument.router;

import java.util.Optional;

/** Name the requests a router understands. A reply carries the code of its request with the top bit set. */
public enum RouterMessage {
    /** Agree on the protocol version; ground every line and forget any program. */
    HELLO(0x01),
    /** Ask for the status, at once or when a running program has ended. */
    STATUS(0x02),
    /** Begin a new program: its id, length, polarity and timing. */
    LOAD_BEGIN(0x03),
    /** Add steps to the program. */
    LOAD_STEPS(0x04),
    /** Check that the program arrived whole. */
    LOAD_COMMIT(0x05),
    /** Run the program, once. */
    FIRE(0x06),
    /** Stop after the pulse under way, ground every line, forget the program. */
    GROUND(0x07),
    /** Take note that the watchdog has grounded the lines. */
    ACKNOWLEDGE(0x08),
    /** Run the program, once, by the triggers of another instrument. */
    FOLLOW(0x09);

    /** Code of the reply that refuses a request. */
    public static final int REFUSED = 0xFF;

    private static final int REPLY_BIT = 0x80;

    private final int code;

    RouterMessage(int code) {
        this.code = code;
    }

    /** {@return the first byte of the request} */
    public int code() {
        return code;
    }

    /** {@return the first byte of the reply} */
    public int replyCode() {
        return code | REPLY_BIT;
    }

    /**
     * Find a request by its code.
     *
     * @param code first byte of a message
     * @return the request, or nothing when no request has this code
     */
    public static Optional<RouterMessage> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
