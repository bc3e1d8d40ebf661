package org.memloop.experiments;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turn Ctrl-C, or any other request to end the process, into a question that can be asked between two programs, and keep
 * the process alive until the work has put its record in order.
 */
public final class Interruption implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private final AutoCloseable second;
    private volatile Runnable lastResort = () -> {};
    private volatile boolean requested;

    /**
     * Listen from now on.
     *
     * @param patience how long to wait at most for the work to end once it has been asked to
     */
    public Interruption(Duration patience) {
        hook = new Thread(() -> {
            requested = true;
            try {
                finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }, "wait for the run to stop");
        Runtime.getRuntime().addShutdownHook(hook);
        second = SecondInterrupt.listen(() -> System.err.println(
                "memloop: stopping after the pulse under way; Ctrl-C once more ends at once"), () -> lastResort.run());
    }

    /** {@return whether the work has been asked to end} */
    public boolean requested() {
        return requested;
    }

    /**
     * Say what to try when somebody insists before the work has ended, a second at most, before the process is ended.
     *
     * @param attempt for example to ground the array
     */
    public void lastResort(Runnable attempt) {
        lastResort = attempt;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            letGo();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the process is ending; the hook has been let go
        }
    }

    private void letGo() {
        try {
            second.close();
        } catch (Exception e) {
            throw new IllegalStateException("Ctrl-C cannot be given back", e);
        }
    }
}
