package org.memloop.sim.instrument;

/**
 * Be an emulated instrument, whatever wire it hangs on. A server opens a {@link Session} for every connection, and says
 * nothing to the instrument but through it.
 *
 * <pre>
 *   raw socket   write; send read() whenever onReply() tells
 *   VXI-11       device_write (END) = write     device_read = read     readstb = poll     clear, trigger, remote, local
 *   HiSLIP       DataEnd = write, read          AsyncStatusQuery = poll                   clear, trigger, remote
 * </pre>
 *
 * Instruments of one laboratory take the monitor of its {@link Wiring} for every message, so that the laboratory has one
 * order of events; calls may come from any thread.
 */
public interface EmulatedInstrument {
    /** {@return maker, model, serial number and firmware} */
    Identity identity();

    /**
     * Open a session, which has an output queue and a service request of its own.
     *
     * @param listener told of what happens while nobody asks
     * @return the session
     */
    Session open(Session.Listener listener);

    /** {@return how long it takes} */
    Pace pace();

    /** {@return whether its error queue holds something} */
    boolean errorsWaiting();

    /** {@return the query that tells its settings as the commands that bring them back} */
    default String settingsQuery() {
        return "*LRN?";
    }

    /**
     * Carry out one message in a session of its own.
     *
     * @param message the message without its terminator
     * @return the response message with its terminator, empty when nothing was asked
     */
    default byte[] handle(byte[] message) {
        try (Session session = open(Session.Listener.NONE)) {
            session.write(message);
            return session.available() ? session.read().bytes() : Reply.NONE.bytes();
        }
    }
}
