package org.memloop.sim.server;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.memloop.link.wire.Vxi11;

/** Be one link of a VXI-11 client: an exchange of messages that respects locks and can be aborted. */
final class Vxi11Link implements AutoCloseable {

    private final int id;
    private final Exchange exchange;
    private final Locks locks;
    private volatile boolean busy;
    private volatile boolean aborted;

    Vxi11Link(int id, Exchange exchange, Locks locks) {
        this.id = id;
        this.exchange = exchange;
        this.locks = locks;
    }

    int id() {
        return id;
    }

    /** Carry out an operation on the instrument. */
    interface Operation<T> {
        T on(Exchange exchange, BooleanSupplier aborted) throws Vxi11Error;
    }

    /**
     * Carry out an operation once no other client's lock stands in the way.
     *
     * @param flags of the call: whether to wait for a lock
     * @param lockMillis how long to wait
     * @throws Vxi11Error when it is locked or the operation is aborted
     */
    <T> T operate(int flags, long lockMillis, Operation<T> operation) throws Vxi11Error {
        begin();
        try {
            if (!locks.enter(this, patience(flags, lockMillis), () -> aborted)) {
                throw new Vxi11Error(aborted ? Vxi11.ABORTED : Vxi11.LOCKED);
            }
            T result = operation.on(exchange, () -> aborted);
            if (aborted) {
                throw new Vxi11Error(Vxi11.ABORTED);
            }
            return result;
        } finally {
            busy = false;
        }
    }

    private static long patience(int flags, long lockMillis) {
        return (flags & Vxi11.WAIT_LOCK) == 0 ? 0 : lockMillis;
    }

    private synchronized void begin() {
        aborted = false;
        busy = true;
    }

    void lock(int flags, long lockMillis) throws Vxi11Error {
        begin();
        try {
            if (locks.exclusive(this, patience(flags, lockMillis), () -> aborted) != Locks.Outcome.GRANTED) {
                throw new Vxi11Error(aborted ? Vxi11.ABORTED : Vxi11.LOCKED);
            }
        } finally {
            busy = false;
        }
    }

    void unlock() throws Vxi11Error {
        if (!locks.releaseExclusive(this)) {
            throw new Vxi11Error(Vxi11.NO_LOCK_HELD);
        }
    }

    /** Read the next part of a response. */
    Exchange.Part read(Vxi11Core.ReadCall call) throws Vxi11Error {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(call.ioMillis());
        Optional<Exchange.Part> part = operate(call.flags(), call.lockMillis(),
                (instrument, abort) -> instrument.read(call.bytesMax(), call.stop(), deadline, abort));
        return part.orElseThrow(() -> new Vxi11Error(Vxi11.TIMED_OUT));
    }

    /** End the operation that is under way, if there is one. */
    synchronized void abort() {
        if (busy) {
            aborted = true;
            locks.wake();
        }
    }

    /** Give up lock and session. */
    @Override
    public void close() {
        locks.release(this);
        exchange.close();
    }
}
