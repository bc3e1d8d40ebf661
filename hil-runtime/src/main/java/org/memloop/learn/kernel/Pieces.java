package org.memloop.learn.kernel;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Hand out pieces of work that take unequally long. Each thread has a stretch of them that is its own, the same one every
 * time, so that what it writes stays in its core's caches; whoever has finished takes over the last pieces of others. It is
 * for work whose outcome does not depend on who does it.
 *
 * <p>Of its own stretch a thread sets aside half of what is left at a time and takes from that without telling anybody: an
 * atomic step waits until all that was written before has arrived, which between cores far apart takes long.
 */
public final class Pieces {
    /** What {@link #take} says once all pieces are taken. */
    static final int NONE = -1;
    /**
     * Places between what different threads write, and before the first of them, for the line of a cache that an array begins
     * in is read by all: its length stands there.
     */
    private static final int APART = 16;

    private final int threads;
    /** First and last piece left of a stretch: {@code from << 32 | to}, to without. */
    private final AtomicLongArray left;
    /** What each thread has set aside, in the same way. */
    private final long[] aside;

    /**
     * Lay out pieces.
     *
     * @param count how many
     * @param threads how many threads will take some
     */
    public Pieces(int count, int threads) {
        this.threads = threads;
        this.left = new AtomicLongArray(at(threads + 1));
        this.aside = new long[at(threads + 1)];
        for (int thread = 0; thread < threads; thread++) {
            layOut(count, thread);
        }
    }

    /**
     * Lay out a thread's own stretch again, once all pieces are taken. Each thread does so itself, when it likes: what the
     * others have not laid out yet looks as if all of it were taken.
     *
     * @param count how many pieces there are for all threads together, the same for each of them
     * @param thread whose stretch, from 0
     */
    public void layOut(int count, int thread) {
        left.setRelease(at(thread), pack(Workers.Work.start(count, thread, threads),
                Workers.Work.start(count, thread + 1, threads)));
    }

    private static int at(int thread) {
        return (thread + 1) * APART;
    }

    private static long pack(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }

    private static int from(long stretch) {
        return (int) (stretch >>> Integer.SIZE);
    }

    private static int to(long stretch) {
        return (int) stretch;
    }

    /**
     * Take a piece.
     *
     * @param thread who takes it, from 0
     * @return its index, {@link #NONE} once all are taken
     */
    int take(int thread) {
        long mine = aside[at(thread)];
        if (from(mine) == to(mine)) {
            mine = setAside(thread);
        }
        if (from(mine) < to(mine)) {
            aside[at(thread)] = pack(from(mine) + 1, to(mine));
            return from(mine);
        }
        for (int other = 1; other < threads; other++) {
            int piece = takeLast(at((thread + other) % threads));
            if (piece != NONE) {
                return piece;
            }
        }
        return NONE;
    }

    /** {@return the first half, rounded up, of what is left of a thread's own stretch} */
    private long setAside(int thread) {
        while (true) {
            long stretch = left.get(at(thread));
            int from = from(stretch);
            int middle = to(stretch) - (to(stretch) - from) / 2;
            if (from == middle || left.compareAndSet(at(thread), stretch, pack(middle, to(stretch)))) {
                return pack(from, middle);
            }
        }
    }

    private int takeLast(int at) {
        while (true) {
            long stretch = left.get(at);
            int last = to(stretch) - 1;
            if (last < from(stretch)) {
                return NONE;
            }
            if (left.compareAndSet(at, stretch, pack(from(stretch), last))) {
                return last;
            }
        }
    }
}
