package org.memloop.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.memloop.bench.LinkException;

/** Keep received bytes between the thread that receives them and the caller who waits for them. */
final class Inbox {
    private static final int CAPACITY_BYTES = 1 << 16;

    private final String resource;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY_BYTES];
    private int first;
    private int size;
    private String ended = "";

    Inbox(String resource) {
        this.resource = resource;
    }

    /** Add bytes; wait for room while the caller does not take any. */
    void put(byte[] bytes, int count) {
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                while (size == ring.length && ended.isEmpty()) {
                    changed.awaitUninterruptibly();
                }
                if (!ended.isEmpty()) {
                    return;
                }
                ring[(first + size++) % ring.length] = bytes[i];
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Take 1 to {@code length} bytes. What came before the end can still be taken after it. */
    int take(byte[] into, int offset, int length, long timeoutNanos) {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            long left = timeoutNanos;
            while (size == 0) {
                if (!ended.isEmpty()) {
                    throw new LinkException(resource, "", ended, null);
                }
                if (left <= 0) {
                    throw new LinkException(resource, "",
                            "nothing came within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms", null);
                }
                left = changed.awaitNanos(left);
            }
            int count = Math.min(length, size);
            for (int i = 0; i < count; i++) {
                into[offset + i] = ring[(first + i) % ring.length];
            }
            first = (first + count) % ring.length;
            size -= count;
            changed.signalAll();
            return count;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** Say why no more bytes will come; the first reason stays. */
    void end(String why) {
        lock.lock();
        try {
            if (ended.isEmpty()) {
                ended = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private LinkException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LinkException(resource, "", "interrupted while waiting for an answer", e);
    }
}
