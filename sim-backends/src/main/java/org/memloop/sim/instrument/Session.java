package org.memloop.sim.instrument;

/** Talk to an emulated instrument over one connection (IEEE 488.2, message exchange and status reporting). */
public interface Session extends AutoCloseable {
    /** Bit of the status byte that says that a response waits: MAV. */
    int MESSAGE_AVAILABLE = 16;
    /** Bit of the status byte that says that an enabled standard event happened: ESB. */
    int STANDARD_EVENT = 32;
    /** Bit of a polled status byte that says that this instrument requests service: RQS. */
    int REQUEST_SERVICE = 64;

    /**
     * Be told of what happens in a session while nobody asks. Called by the thread that makes it happen, within the
     * laboratory's monitor: return at once, and do not call the session.
     */
    interface Listener {
        /** Care for nothing. */
        Listener NONE = new Listener() {
        };

        /** Learn that a response waits that did not wait before. It may come long after the question. */
        default void onReply() {}

        /** Learn that the session requests service that did not request it before. */
        default void onServiceRequest() {}
    }

    /**
     * Carry out a program message. It may go on after this returns, until a trigger comes, say. A response that was not
     * read is lost then, as error -410 tells, except in instruments that keep it.
     *
     * @param message the message without its terminator
     */
    void write(byte[] message);

    /** {@return whether a response waits to be read; what {@link #MESSAGE_AVAILABLE} says} */
    boolean available();

    /**
     * Take the next response message. Only to be called when one is available, or when a client has waited for one in
     * vain: error -420 tells of that.
     *
     * @return the response; {@link Reply#NONE} when there is none
     */
    Reply read();

    /**
     * Poll the status byte. That ends a request for service.
     *
     * @return 0 to 255, with {@link #REQUEST_SERVICE} in bit 6
     */
    int poll();

    /** Carry out a bus trigger (GET), as {@code *TRG} does. */
    void trigger();

    /** Clear input and output, and stop what is running (device clear). Settings and status registers stay. */
    void clear();

    /**
     * Hand the instrument over.
     *
     * @param state to whom
     */
    void remote(RemoteState state);

    /** {@return who may operate the instrument} */
    RemoteState remote();

    /** End the session. Calling it again is harmless. */
    @Override
    void close();
}
