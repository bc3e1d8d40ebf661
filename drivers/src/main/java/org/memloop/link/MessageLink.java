package org.memloop.link;

/**
 * Carry whole messages to one instrument and back, and what goes beside them (IEEE 488.1): the end of a message, the
 * status byte, clear and trigger. VXI-11, HiSLIP, GPIB and USBTMC can do so; raw sockets and serial ports cannot.
 *
 * <p>Each {@link #write} is one message and ends with END. A {@link #read} never goes past the end of a response; it may
 * return 0 where nothing but the end came.
 */
public interface MessageLink extends Link {
    /** {@return whether what was read last went up to the end of a response} */
    boolean ended();

    /**
     * Poll the status byte (serial poll). That ends the instrument's request for service.
     *
     * @return 0 to 255; bit 4 says that a response waits, bit 6 that service is requested
     * @throws org.memloop.bench.LinkException when it could not be had in time
     */
    int poll();

    /**
     * Clear input and output of the instrument and end what it is doing (device clear). Settings stay.
     *
     * @throws org.memloop.bench.LinkException when it was not confirmed in time
     */
    void clear();

    /**
     * Trigger the instrument (GET). Never done twice for one call, whatever happens.
     *
     * @throws org.memloop.bench.LinkException when it was not confirmed in time; it may have been done then
     */
    void trigger();

    /**
     * Be told when the instrument requests service.
     *
     * @param listener called by a thread of the link's own; it should wake whoever uses the link, and not use the link
     * @throws org.memloop.bench.LinkException when the instrument cannot tell
     */
    void onServiceRequest(Runnable listener);

    /** {@return who else may operate the instrument meanwhile} */
    Access access();

    /** Keep others from an instrument. */
    interface Access {
        /**
         * Lock the instrument for this link alone.
         *
         * @param timeoutNanos how long to wait while others hold a lock, nanoseconds; 0 does not wait
         * @throws org.memloop.bench.LinkException when others still hold one then
         */
        void lock(long timeoutNanos);

        /**
         * Give the lock up.
         *
         * @throws org.memloop.bench.LinkException when this link holds none
         */
        void unlock();

        /**
         * Let the bus alone operate the instrument, not the person in front of it.
         *
         * @throws org.memloop.bench.LinkException when it was not confirmed in time
         */
        void remote();

        /**
         * Give the front panel back to the person in front of it.
         *
         * @throws org.memloop.bench.LinkException when it was not confirmed in time
         */
        void local();
    }
}
