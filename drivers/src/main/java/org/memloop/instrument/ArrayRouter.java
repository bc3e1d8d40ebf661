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

    /** Stop at once, connect every line to ground, and forget what was loaded. */
    void ground();

    /** Ground every line and let go of the link. Calling it again is harmless. */
    @Override
    void close();
}
