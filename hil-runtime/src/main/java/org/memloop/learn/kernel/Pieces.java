package org.memloop.learn.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Hand out pieces of work that take unequally long. Each thread has a stretch of them that is its own, the same one every
 * time, so that what it writes stays in its core's caches; whoever has finished takes over the last pieces of others. It is
 * for work whose outcome does not depend on who does it.
 */
public final class Pieces {
    /** What {@link #take} says once all pieces are taken. */
    static final int NONE = -1;
    /** Places between two stretches, so that threads do not write to the same line of a cache. */
    private static final int APART = 16;

    private final int threads;
    /** First and last piece left of a stretch: {@code from << 32 | to}, to without. */
    private final AtomicLongArray left;

    /**
     * Lay out pieces.
     *
     * @param count how many
     * @param threads how many threads will take some
     */
    public Pieces(int count, int threads) {
        this.threads = threads;
        this.left = new AtomicLongArray(threads * APART);
        for (int thread = 0; thread < threads; thread++) {
            left.setPlain(thread * APART, pack(Workers.Work.start(count, thread, threads),
                    Workers.Work.start(count, thread + 1, threads)));
        }
    }

    private static long pack(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }

    /**
     * Take a piece.
     *
     * @param thread who takes it, from 0
     * @return its index, {@link #NONE} once all are taken
     */
    int take(int thread) {
        for (int other = 0; other < threads; other++) {
            int piece = take((thread + other) % threads * APART, other == 0);
            if (piece != NONE) {
                return piece;
            }
        }
        return NONE;
    }

    private int take(int at, boolean own) {
        while (true) {
            long stretch = left.get(at);
            int from = (int) (stretch >>> Integer.SIZE);
            int to = (int) stretch;
            if (from == to) {
                return NONE;
            }
            if (left.compareAndSet(at, stretch, own ? pack(from + 1, to) : pack(from, to - 1))) {
                return own ? from : to - 1;
            }
        }
    }
}
