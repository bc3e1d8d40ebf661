package org.memloop.experiments;

import java.util.function.LongSupplier;
import org.memloop.learn.kernel.Workers;

/**
 * Measure how long it takes until threads that share a piece of work have all heard of it and have all said that they are
 * done, when there is nothing to do. It tells where the machine has put them: a word between cores that share a
 * third-level cache takes a fraction of one between cores that do not, and a virtual machine may be moved at any time.
 */
final class Meeting {
    private static final int LOTS = 20;
    private static final int MEETINGS = 500;

    private Meeting() {}

    /**
     * Measure the least time of some lots of meetings: whatever disturbs one makes it longer.
     *
     * @param threads how many threads meet, at least 2
     * @param clockNanos wall clock, nanoseconds
     * @return nanoseconds of one meeting, averaged over its lot
     */
    static double nanos(int threads, LongSupplier clockNanos) {
        double least = Double.POSITIVE_INFINITY;
        try (Workers workers = new Workers(threads)) {
            for (int lot = 0; lot < LOTS; lot++) {
                long begun = clockNanos.getAsLong();
                for (int meeting = 0; meeting < MEETINGS; meeting++) {
                    workers.share((_, _) -> {});
                }
                least = Math.min(least, (double) (clockNanos.getAsLong() - begun) / MEETINGS);
            }
        }
        return least;
    }
}
