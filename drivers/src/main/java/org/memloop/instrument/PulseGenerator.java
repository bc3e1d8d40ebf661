package org.memloop.instrument;

import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;

/** Give, at each trigger, one pulse on the column and one on the gate at the same time. */
public interface PulseGenerator extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return what the instrument itself can do; the budget of pulses is unlimited} */
    Limits limits();

    /**
     * Set heights and width of the next pulses, outputs as they are.
     *
     * @param pulse the condition; its polarity is the router's matter
     */
    void shape(Pulse pulse);

    /** Switch the outputs on and answer triggers. */
    void arm();

    /** Ignore triggers and switch the outputs off. */
    void disarm();

    /** Switch the outputs off and let go of the link. Calling it again is harmless. */
    @Override
    void close();
}
