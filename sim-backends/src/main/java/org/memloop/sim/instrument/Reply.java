package org.memloop.sim.instrument;

/**
 * Hold what an instrument sends, and how it reaches the line.
 *
 * @param bytes the response message with its terminator; empty when nothing is sent
 * @param complete whether the end of the bytes is the end of the message (END); a cut-off answer never ends
 * @param delaySeconds how long the instrument takes before the first byte, seconds of real time
 * @param hangsUp whether the connection is dropped after the bytes
 */
public record Reply(byte[] bytes, boolean complete, double delaySeconds, boolean hangsUp) {
    /** Nothing at all. */
    public static final Reply NONE = of(new byte[0]);

    /**
     * Send a whole message at once.
     *
     * @param bytes the message with its terminator
     * @return the reply
     */
    public static Reply of(byte[] bytes) {
        return new Reply(bytes, true, 0, false);
    }
}
