package org.memloop.learn.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Do a piece of work in one part for each thread and wait until all are done. Mini-batches follow one another in less than
 * a millisecond, so threads look out for the next piece for a while before they sleep.
 */
public final class Workers implements AutoCloseable {
    private static final int LOOKS = 20_000;

    private final int threads;
    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread[] waiting = new Thread[1];
    private volatile int round;
    private volatile boolean closed;
    private Work work = (_, _) -> {};

    /** Do one part of a piece of work. */
    @FunctionalInterface
    public interface Work {
        /**
         * Do a part; parts run at the same time and must not touch the same memory.
         *
         * @param part which part, from 0
         * @param parts how many there are
         */
        void part(int part, int parts);

        /**
         * Find where a part of a range begins; it ends where the next begins.
         *
         * @param pieces length of the range
         * @param part which part
         * @param parts how many there are
         * @return index of the part's first piece
         */
        static int start(int pieces, int part, int parts) {
            return (int) ((long) pieces * part / parts);
        }
    }

    /**
     * Hire workers.
     *
     * @param threads how many threads share the work, the caller's among them; at least 1
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("learning needs at least 1 thread, not " + threads);
        }
        this.threads = threads;
        for (int part = 1; part < threads; part++) {
            int mine = part;
            others.add(Thread.ofPlatform().daemon().name("learn-" + part).start(() -> serve(mine)));
        }
    }

    /**
     * Do all parts; the caller's thread takes the first.
     *
     * @param next does one of them
     */
    public void share(Work next) {
        work = next;
        waiting[0] = Thread.currentThread();
        failure.set(null);
        unfinished.set(threads - 1);
        round++;
        others.forEach(LockSupport::unpark);
        try {
            next.part(0, threads);
        } finally {
            // Also after a failure nobody may still be writing into arrays the caller believes to own again.
            for (int look = 0; unfinished.get() > 0; look++) {
                rest(look);
            }
        }
        switch (failure.get()) {
            case null -> {
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void serve(int part) {
        int done = 0;
        while (true) {
            for (int look = 0; round == done && !closed; look++) {
                rest(look);
            }
            if (round == done) {
                return;
            }
            done++;
            try {
                work.part(part, threads);
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                if (unfinished.decrementAndGet() == 0) {
                    LockSupport.unpark(waiting[0]);
                }
            }
        }
    }

    private static void rest(int look) {
        if (look < LOOKS) {
            Thread.onSpinWait();
        } else {
            LockSupport.park();
        }
    }

    /** Let the other threads go. */
    @Override
    public void close() {
        closed = true;
        others.forEach(LockSupport::unpark);
    }
}
