package org.memloop.instrument;

import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;

/**
 * Play a sequence of equal pulses on column and gate, measure the column's current during each, and give a trigger ahead of
 * each for a router to step by. It takes no trigger itself.
 */
public interface PulseMeasureUnit extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return what the instrument itself can do; the budget of pulses is unlimited} */
    Limits limits();

    /** {@return how finely a current is read during a READ pulse} */
    Capabilities.ReadAccuracy accuracy();

    /** {@return how many pulses one sequence may have} */
    int maxPulses();

    /**
     * Get ready to play; both channels stand at 0 V then, connected.
     *
     * @param pulse the condition; its polarity is the router's matter
     * @param pulses how many, 1 to {@link #maxPulses()}
     * @param leadSeconds from the start of the sequence to the first pulse's trigger
     * @param periodSeconds from one trigger to the next
     * @throws org.memloop.bench.LimitException before anything is sent, when the instrument or the array does not allow it
     */
    void prepare(Pulse pulse, int pulses, double leadSeconds, double periodSeconds);

    /**
     * Play what was prepared, once, and wait for its end.
     *
     * @return the mean current of each pulse's plateau; nothing when the pulse is not measured
     */
    PulseSource.Currents play();

    /** Stop, put both channels to 0 V, column first, and disconnect them. */
    void off();

    /** Switch off and let go of the instrument. Calling it again is harmless. */
    @Override
    void close();
}
