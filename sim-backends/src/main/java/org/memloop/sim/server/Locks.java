package org.memloop.sim.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Keep who has locked an instrument, over whatever protocol (VXI-11 B.6.11; IVI-6.1, 6.5: HiSLIP).
 *
 * <pre>
 *   exclusive    one client alone, which may hold a shared lock at the same time
 *   shared       all clients that named the same key
 * </pre>
 */
final class Locks {
    /** Tell what became of a wish. */
    enum Outcome {
        GRANTED,
        TIMED_OUT,
        /** It was held already, or another one stands in the way for good. */
        REFUSED
    }

    private final ReentrantLock monitor = new ReentrantLock();
    private final Condition changed = monitor.newCondition();
    private final Set<Object> sharing = new HashSet<>();
    private Optional<Object> exclusive = Optional.empty();
    private String key = "";

    /**
     * Wait until a client may operate the instrument.
     *
     * @return whether it may; false when the time was up or the wait abandoned
     */
    boolean enter(Object client, long millis, BooleanSupplier abandoned) {
        return await(millis, abandoned, () -> open(client));
    }

    /** {@return the outcome of locking the instrument for one client alone} */
    Outcome exclusive(Object client, long millis, BooleanSupplier abandoned) {
        monitor.lock();
        try {
            if (exclusive.isPresent() && exclusive.get() == client) {
                return Outcome.REFUSED;
            }
            boolean free = await(millis, abandoned,
                    () -> exclusive.isEmpty() && (sharing.isEmpty() || sharing.equals(Set.of(client))));
            if (free) {
                exclusive = Optional.of(client);
            }
            return free ? Outcome.GRANTED : Outcome.TIMED_OUT;
        } finally {
            monitor.unlock();
        }
    }

    /** {@return the outcome of locking the instrument for all clients that name a key} */
    Outcome shared(Object client, String wanted, long millis, BooleanSupplier abandoned) {
        monitor.lock();
        try {
            if (sharing.contains(client) || exclusive.isPresent() && exclusive.get() == client) {
                return Outcome.REFUSED;
            }
            boolean free = await(millis, abandoned,
                    () -> exclusive.isEmpty() && (sharing.isEmpty() || key.equals(wanted)));
            if (free) {
                sharing.add(client);
                key = wanted;
            }
            return free ? Outcome.GRANTED : Outcome.TIMED_OUT;
        } finally {
            monitor.unlock();
        }
    }

    private boolean open(Object client) {
        return exclusive.isPresent() ? exclusive.get() == client : sharing.isEmpty() || sharing.contains(client);
    }

    private boolean await(long millis, BooleanSupplier abandoned, BooleanSupplier free) {
        monitor.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!free.getAsBoolean()) {
                if (left <= 0 || abandoned.getAsBoolean()) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return !abandoned.getAsBoolean();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            monitor.unlock();
        }
    }

    /** Give up the exclusive lock. {@return whether the client held it} */
    boolean releaseExclusive(Object client) {
        monitor.lock();
        try {
            boolean held = exclusive.isPresent() && exclusive.get() == client;
            if (held) {
                exclusive = Optional.empty();
                changed.signalAll();
            }
            return held;
        } finally {
            monitor.unlock();
        }
    }

    /** Give up a share. {@return whether the client had one} */
    boolean releaseShared(Object client) {
        monitor.lock();
        try {
            boolean held = sharing.remove(client);
            changed.signalAll();
            return held;
        } finally {
            monitor.unlock();
        }
    }

    /** Give up everything, as the end of a connection does. */
    void release(Object client) {
        releaseExclusive(client);
        releaseShared(client);
    }

    /** Let those that wait look whether they still want to. */
    void wake() {
        monitor.lock();
        try {
            changed.signalAll();
        } finally {
            monitor.unlock();
        }
    }

    boolean exclusivelyHeld() {
        monitor.lock();
        try {
            return exclusive.isPresent();
        } finally {
            monitor.unlock();
        }
    }

    /** {@return how many clients hold a lock of either kind} */
    int holders() {
        monitor.lock();
        try {
            return sharing.size() + (exclusive.isPresent() && !sharing.contains(exclusive.get()) ? 1 : 0);
        } finally {
            monitor.unlock();
        }
    }
}
