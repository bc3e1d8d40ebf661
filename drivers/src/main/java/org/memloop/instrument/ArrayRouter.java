package org.memloop.instrument;

import java.util.Optional;

import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Load;
import org.memloop.bench.PulseProgram;

/**
 * Connect cells of the array to the analogue inputs, one after the other, and give one trigger for each pulse.
 *
 * <p>A router walks through a loaded stretch of a program on its own: for each step it selects the cell and the
 * polarity, waits for the lines to settle, and then triggers the pulse generator {@code count} times.
 */
public interface ArrayRouter extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return the shape of the array it routes} */
    Geometry geometry();

    /** {@return the pauses it keeps around every pulse} */
    StepTiming timing();

    /** {@return how many steps one load may hold} */
    int maxSteps();

    /**
     * Load the steps {@code from} to {@code to - 1}, which must share one pulse. Nothing is fired yet; a stretch
     * loaded before is forgotten.
     *
     * @param program the batch
     * @param from first step
     * @param to index after the last step
     */
    void load(PulseProgram program, int from, int to);

    /**
     * Fire what was loaded, once, and wait until the last step is done. A loaded stretch is used up by firing it.
     *
     * @return how many triggers were given
     */
    long fire();

    /** {@return what names the stretch that waits to be fired; empty when none does, or the router has no names} */
    default Optional<Load> loaded() {
        return Optional.empty();
    }

    /** {@return what was fired last before this router was opened, and how far it came; empty when it does not remember} */
    default Optional<Load> lastLoad() {
        return Optional.empty();
    }

    /**
     * Tell how closely triggers of another instrument may follow one another for this router to step by them.
     *
     * @param widthSeconds length of the pulse that each trigger announces, seconds
     * @return seconds from one trigger to the next, a whole number of 10 ns
     */
    double followSeconds(double widthSeconds);

    /**
     * Step through what was loaded by the triggers of another instrument, once: select the first cell, let the other
     * instrument begin, step after each of its pulses, and wait until the last step is done. A trigger that comes too early,
     * or does not come in time, grounds every line, so that later pulses reach no cell.
     *
     * @param periodSeconds from one trigger to the next, at least {@link #followSeconds}
     * @param triggers starts the other instrument, and returns when it has given its last trigger
     * @return how many triggers came
     */
    long follow(double periodSeconds, Runnable triggers);

    /** Stop at once, connect every line to ground, and forget what was loaded. */
    void ground();

    /** Ground every line and let go of the link. Calling it again is harmless. */
    @Override
    void close();
}
