package org.memloop.link;

/**
 * Carry bytes to one instrument and back. Every operation has a deadline and answers an interrupt of its thread; none
 * hangs.
 *
 * <p>A link belongs to one caller at a time.
 */
public interface Link extends AutoCloseable {
    /** {@return the name of what it is connected to, as the laboratory file writes it, for messages} */
    String resource();

    /** {@return how long an answer over this link may take where nobody says otherwise, nanoseconds} */
    default long answerNanos() {
        return Patience.USUAL.operationNanos();
    }

    /**
     * Send bytes, all of them, within the link's own time limit.
     *
     * @param bytes what to send
     * @throws org.memloop.bench.LinkException when they could not be sent in time, the instrument is gone or the link
     *         is closed
     */
    void write(byte[] bytes);

    /**
     * Wait for bytes and take those that are there.
     *
     * @param into where to put them
     * @param offset index of the first
     * @param length how many at most, at least 1
     * @param timeoutNanos how long to wait for the first byte, nanoseconds
     * @return how many were taken, at least 1
     * @throws org.memloop.bench.LinkException when none came in time, the stream has ended or the link is closed
     */
    int read(byte[] into, int offset, int length, long timeoutNanos);

    /** Let go of the connection. Calling it again is harmless. */
    @Override
    void close();
}
