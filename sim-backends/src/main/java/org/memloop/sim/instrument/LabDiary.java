package org.memloop.sim.instrument;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Write down what the instruments of a laboratory did that bears on safety, in order: outputs on and off, lines driven
 * and grounded, supplies up and down. The last entries are kept.
 */
public final class LabDiary {
    private static final int ENTRIES_MAX = 1000;

    /**
     * Hold one entry.
     *
     * @param number how many came before it
     * @param seconds when, on the laboratory's simulated clock
     * @param time when, by the clock on the wall
     * @param role whose instrument
     * @param what what it did
     */
    public record Entry(long number, double seconds, Instant time, String role, String what) {}

    private final InstantSource clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long written;

    /**
     * Begin with nothing.
     *
     * @param clock the clock on the wall
     */
    public LabDiary(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void write(double seconds, String role, String what) {
        if (entries.size() == ENTRIES_MAX) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(written++, seconds, clock.instant(), role, what));
    }

    /** {@return the last thousand entries, the oldest first} */
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }
}
