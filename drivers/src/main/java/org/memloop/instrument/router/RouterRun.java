package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.memloop.bench.BenchException;
import org.memloop.bench.InstrumentException;

/** Wait for the end of a program that a router runs, and believe nothing but that it was done with all of its triggers. */
final class RouterRun {
    private static final int STATUS_WAIT_MILLIS = 200;
    private static final long STATUS_WAIT_NANOS = STATUS_WAIT_MILLIS * 1_000_000L;
    private static final long STALL_NANOS = 3_000_000_000L;

    /** Ask a router something that it answers with its status. */
    interface Asking {
        RouterStatus status(RouterMessage request, byte[] body, long waitNanos);
    }

    /** Hold what was loaded: its id, how many triggers it takes, and how long one pulse is with its pauses. */
    record Load(int id, long triggers, long pulseNanos) {
        static final Load NOTHING = new Load(0, 0, 0);
    }

    private final Asking router;
    private final String role;
    private final Load load;

    RouterRun(Asking router, String role, Load load) {
        this.router = router;
        this.role = role;
        this.load = load;
    }

    /** Fire, and wait. */
    long fire() {
        byte[] body = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(load.id()).array();
        return finished(RouterMessage.FIRE, whenEnded(router.status(RouterMessage.FIRE, body, 0)));
    }

    /** Get ready to follow; no trigger has come yet. */
    void begin(long gapNanos) {
        byte[] body = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(load.id()).putInt((int) gapNanos)
                .array();
        router.status(RouterMessage.FOLLOW, body, 0);
    }

    /** Let the triggers come, keeping the router's watchdog quiet meanwhile. */
    long follow(Runnable triggers) {
        Thread keeper = Thread.ofVirtual().name("keep " + role + " awake").start(this::keepAwake);
        try {
            triggers.run();
        } finally {
            keeper.interrupt();
        }
        return finished(RouterMessage.FOLLOW, waited());
    }

    private void keepAwake() {
        try {
            while (waited().state() == RouterState.RUNNING) {
                Thread.sleep(STATUS_WAIT_MILLIS);
            }
        } catch (BenchException | InterruptedException _) {
            // the triggers have come, or whoever waits for them asks the router next and tells what is wrong
        }
    }

    private RouterStatus waited() {
        byte[] wait = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) STATUS_WAIT_MILLIS)
                .array();
        return router.status(RouterMessage.STATUS, wait, STATUS_WAIT_NANOS);
    }

    /**
     * Wait for the end of a program. An emulated router may be slower than a real one, so the whole time allowed is
     * generous; a router that stands still is noticed much earlier.
     */
    private RouterStatus whenEnded(RouterStatus first) {
        long programNanos = (long) Math.min((double) load.triggers() * load.pulseNanos(), Long.MAX_VALUE / 16.0);
        long deadline = System.nanoTime() + 10 * programNanos + 4 * STALL_NANOS;
        long moved = System.nanoTime();
        RouterStatus status = first;
        while (status.state() == RouterState.RUNNING) {
            RouterStatus next = waited();
            long now = System.nanoTime();
            if (next.triggersSinceLoad() != status.triggersSinceLoad()) {
                moved = now;
            }
            if (now - deadline > 0 || now - moved > STALL_NANOS + load.pulseNanos()) {
                throw new InstrumentException(role, "FIRE", "still running after " + next.triggersSinceLoad() + " of "
                        + load.triggers() + " triggers", "it took too long and was grounded");
            }
            status = next;
        }
        return status;
    }

    private long finished(RouterMessage request, RouterStatus status) {
        if (status.state() != RouterState.DONE || status.loadId() != load.id()
                || status.triggersSinceLoad() != load.triggers()) {
            throw new InstrumentException(role, request.name(),
                    status.state() + " after " + status.triggersSinceLoad() + " of " + load.triggers() + " triggers",
                    "read the cells before pulsing them again");
        }
        return status.triggersSinceLoad();
    }
}
