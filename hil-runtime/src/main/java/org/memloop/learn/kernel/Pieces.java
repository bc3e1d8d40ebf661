package org.memloop.learn.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hand out pieces of work that take unequally long: whoever is free takes the next few, fewer and fewer of them, so that all
 * threads end at the same time. It is for work whose outcome does not depend on who does it.
 */
public final class Pieces {
    private final int count;
    private final int threads;
    private final AtomicInteger taken = new AtomicInteger();

    /** Some pieces that follow one another: from the first to the one before {@code to}; none where both are equal. */
    record Few(int from, int to) {}

    /**
     * Lay out pieces.
     *
     * @param count how many
     * @param threads how many threads will take some
     */
    public Pieces(int count, int threads) {
        this.count = count;
        this.threads = threads;
    }

    /** {@return the next few, none once all are taken} */
    Few take() {
        while (true) {
            int from = taken.get();
            int to = from + Math.ceilDiv(count - from, 2 * threads);
            if (from == to || taken.compareAndSet(from, to)) {
                return new Few(from, to);
            }
        }
    }
}
