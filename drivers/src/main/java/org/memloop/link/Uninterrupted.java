package org.memloop.link;

import java.util.function.Supplier;

/**
 * Do what must be done even by an interrupted thread, as switching outputs off. The thread is interrupted again
 * afterwards.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Do something.
     *
     * @param <T> what comes of it
     * @param work what is done
     * @return what came of it
     */
    public static <T> T get(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Do something of which nothing comes.
     *
     * @param work what is done
     */
    public static void run(Runnable work) {
        get(() -> {
            work.run();
            return work;
        });
    }
}
