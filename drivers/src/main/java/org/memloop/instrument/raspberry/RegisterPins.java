package org.memloop.instrument.raspberry;

/** Move the pins that lead to the chip's line registers, and the one that triggers. */
public interface RegisterPins extends AutoCloseable {
    /** {@return whose pins these are, and which, for records} */
    String describe();

    /**
     * Shift bits into the registers; what the registers put out does not change yet.
     *
     * @param bits whole bytes; the highest bit of the first byte is shifted in first
     */
    void shift(byte[] bits);

    /** Let the registers put out what was shifted in. */
    void latch();

    /** Give one trigger. */
    void trigger();

    /**
     * Let time pass.
     *
     * @param nanos at least how long, nanoseconds
     */
    void pause(long nanos);

    /** Let go of the pins. Calling it again is harmless. */
    @Override
    void close();
}
