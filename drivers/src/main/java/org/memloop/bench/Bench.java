package org.memloop.bench;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deliver programs of pulses to a memristor array and bring its readings back. Nothing above this interface knows, or
 * may ask, whether the array is silicon behind instruments, a physical simulation or a recording.
 *
 * <p>A bench belongs to one caller at a time; it need not bear calls from two threads at once.
 */
public interface Bench extends AutoCloseable {
    /** {@return what this bench is and can do; the same object for its whole life} */
    Capabilities capabilities();

    /**
     * Do every step of a program in order and return when the array has done the last one.
     *
     * <p>The whole program is checked against {@link Capabilities#limits()} and {@link Capabilities#operations()} first:
     * a program that breaks a limit, or holds a pulse the bench cannot do, fires nothing.
     *
     * @param program the batch; an empty one is allowed and does nothing
     * @return one reading for each measured pulse, in order
     * @throws LimitException when a step breaks a limit or cannot be done here; nothing was fired
     * @throws BenchException when anything else goes wrong; {@link BenchException#firing()} says whether pulses may
     *         have reached the array
     * @throws IllegalStateException when the bench is closed
     */
    Readings run(PulseProgram program);

    /**
     * Let time pass with every line of the array on ground. Where time is simulated it is moved on; otherwise this waits,
     * and whoever interrupts the waiting thread ends it.
     *
     * @param seconds how long, finite and not negative; 0 does nothing
     * @throws IllegalArgumentException when it is negative, infinite or no number
     * @throws java.util.concurrent.CancellationException when the thread was interrupted; part of the time has passed and
     *         the thread is still marked as interrupted
     * @throws BenchException when the lines cannot be grounded
     * @throws IllegalStateException when the bench is closed
     */
    void rest(double seconds);

    /**
     * Refuse times that cannot pass; every bench asks this first.
     *
     * @param seconds how long a bench is to rest
     * @throws IllegalArgumentException when it is negative, infinite or no number
     */
    static void requireDuration(double seconds) {
        if (!(seconds >= 0 && Double.isFinite(seconds))) {
            throw new IllegalArgumentException("a bench cannot rest for " + seconds + " s");
        }
    }

    /**
     * Count the cells that can take no further pulse: a pulse on one of them does nothing from now on. What is learned
     * after the first such cell appeared says nothing about an array that has none. Matter never runs out of answers;
     * a recording does, at its last pulse.
     *
     * @return how many cells
     */
    default int exhaustedCells() {
        return 0;
    }

    /**
     * Let a recording be followed without programs. Matter has no such way, and no bench of matter may offer one.
     *
     * @return what is replayed and how far each cell is; empty unless every answer of this bench is recorded
     * @throws IllegalStateException when the bench is closed
     */
    default Optional<Replay> replay() {
        return Optional.empty();
    }

    /**
     * Let somebody hear what this bench has to tell beside its readings. A {@link Notice.Loaded} is told before its
     * stretch is fired, and nothing is fired when the listener fails.
     *
     * @param listener who is told, on the thread that runs the program; only the last one given is
     */
    default void tell(Consumer<Notice> listener) {
        // a bench without instruments has nothing to tell
    }

    /**
     * Ask what was fired last, also by an earlier program that is gone.
     *
     * @return the load and how many of its pulses were fired, as told when this bench was opened; empty where nobody
     *         remembers
     */
    default Optional<Load> lastLoad() {
        return Optional.empty();
    }

    /** Ground every line and let go of the instruments. Calling it again is harmless. */
    @Override
    void close();
}
