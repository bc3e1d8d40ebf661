package org.memloop.experiments;

import java.util.function.LongSupplier;
import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.learn.kernel.Workers;

/**
 * Measure how long it takes until threads that share a piece of work have all heard of it and have all said that they are
 * done, when there is nothing to do. It tells where the machine has put them: a word between the halves of one core takes a
 * fraction of one between cores that share a third-level cache, and that a fraction of one between cores that do not. A
 * virtual machine may be moved at any time.
 */
final class Meeting {
    private static final int LOTS = 20;
    private static final int MEETINGS = 500;

    private Meeting() {}

    /**
     * Measure some lots of meetings; the median counts, for the first have threads beside them that still look out for work.
     *
     * @param threads how many threads meet, at least 2
     * @param clockNanos wall clock, nanoseconds
     * @return nanoseconds of one meeting, on average in the lot in the middle
     */
    static double nanos(int threads, LongSupplier clockNanos) {
        double[] nanos = new double[LOTS];
        try (Workers workers = new Workers(threads)) {
            for (int lot = 0; lot < LOTS; lot++) {
                long begun = clockNanos.getAsLong();
                for (int meeting = 0; meeting < MEETINGS; meeting++) {
                    workers.share((_, _) -> {});
                }
                nanos[lot] = (double) (clockNanos.getAsLong() - begun) / MEETINGS;
            }
        }
        return new Median().evaluate(nanos);
    }
}
