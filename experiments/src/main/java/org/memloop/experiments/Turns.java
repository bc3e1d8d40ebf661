package org.memloop.experiments;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Let two pieces of work go on by turns, never both at once. */
final class Turns {
    private final boolean[] gone = new boolean[2];
    private int turn;

    private Turns() {}

    /**
     * Do two pieces of work, until both are done. Once one is, the other goes on alone.
     *
     * @param first begins; told how to let the other go on until its turn comes again
     * @param second goes on whenever the first lets it
     * @throws RuntimeException or an error that either threw
     */
    static void take(Consumer<Runnable> first, Consumer<Runnable> second) {
        Turns turns = new Turns();
        FutureTask<Void> beside = new FutureTask<>(() -> turns.work(0, first), null);
        Thread.ofPlatform().daemon().name("by turns").start(beside);
        turns.work(1, second);
        try {
            beside.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void work(int who, Consumer<Runnable> work) {
        try {
            await(who);
            work.accept(() -> pass(who));
        } finally {
            leave(who);
        }
    }

    private synchronized void pass(int who) {
        turn = 1 - who;
        notifyAll();
        await(who);
    }

    private synchronized void await(int who) {
        while (turn != who && !gone[1 - who]) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private synchronized void leave(int who) {
        gone[who] = true;
        notifyAll();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for its turn", e);
    }
}
