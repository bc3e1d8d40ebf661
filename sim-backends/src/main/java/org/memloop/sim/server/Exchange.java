package org.memloop.sim.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.RemoteState;
import org.memloop.sim.instrument.Reply;
import org.memloop.sim.instrument.Session;

/**
 * Hold one client's message exchange with an instrument, the same behind every protocol: bytes become messages on the
 * way in, and responses are read in parts on the way out.
 */
final class Exchange implements AutoCloseable {
    /** How often it is looked whether the reader gives up, or a delayed response is due. */
    private static final long LOOK_NANOS = 5_000_000;

    /**
     * Hold a part of a response.
     *
     * @param bytes the part
     * @param character whether its last byte is the one that the reader wanted to stop at
     * @param end whether it is the last part of its response
     * @param hangsUp whether the connection is dropped after it
     */
    record Part(byte[] bytes, boolean character, boolean end, boolean hangsUp) {}

    private final Session session;
    private final Semaphore replies = new Semaphore(0);
    private final MessageSplitter input = new MessageSplitter();
    private Optional<Reply> reply = Optional.empty();
    private int sent;
    private long readyNanos;

    /**
     * Begin.
     *
     * @param instrument with which
     * @param onServiceRequest called when service is requested, within the laboratory's monitor
     */
    Exchange(EmulatedInstrument instrument, Runnable onServiceRequest) {
        session = instrument.open(new Session.Listener() {
            @Override
            public void onReply() {
                replies.release();
            }

            @Override
            public void onServiceRequest() {
                onServiceRequest.run();
            }
        });
    }

    /**
     * Take bytes, and carry out the messages they complete.
     *
     * @param bytes the bytes
     * @param end whether the last of them ends a message
     * @return false when the message has become too long and was dropped
     */
    synchronized boolean write(byte[] bytes, boolean end) {
        List<byte[]> messages = input.accept(bytes, bytes.length, end);
        for (byte[] message : messages) {
            run(message);
        }
        if (input.overrun()) {
            input.clear();
            return false;
        }
        return true;
    }

    /** Carry out one message. The rest of a response that was not read to its end is lost. */
    synchronized void run(byte[] message) {
        if (message.length > 0) {
            forget();
            session.write(message);
        }
    }

    /** {@return whether a response, or the rest of one, waits} */
    synchronized boolean available() {
        return reply.isPresent() || session.available();
    }

    /**
     * Read the next part of a response.
     *
     * @param bytesMax at most so many bytes
     * @param stop the byte to stop after, if any
     * @param deadlineNanos until when to wait for one, on the clock of {@link System#nanoTime()}
     * @param abandoned whether to wait no longer
     * @return the part; empty when none came in time, or the wait was abandoned
     */
    Optional<Part> read(int bytesMax, Optional<Byte> stop, long deadlineNanos, BooleanSupplier abandoned) {
        while (!abandoned.getAsBoolean()) {
            Optional<Part> part = take(bytesMax, stop);
            if (part.isPresent()) {
                return part;
            }
            long leftNanos = deadlineNanos - System.nanoTime();
            if (leftNanos <= 0) {
                unterminated();
                return Optional.empty();
            }
            try {
                if (replies.tryAcquire(Math.min(leftNanos, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                    replies.drainPermits();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Wait until the instrument says that it has a response. */
    void awaitReply() throws InterruptedException {
        replies.acquire();
        replies.drainPermits();
    }

    private synchronized void unterminated() {
        if (!available()) {
            session.read(); // the instrument notes that it was asked for what it has not
        }
    }

    private synchronized Optional<Part> take(int bytesMax, Optional<Byte> stop) {
        if (reply.isEmpty()) {
            if (!session.available()) {
                return Optional.empty();
            }
            begin(session.read());
        }
        return readyNanos - System.nanoTime() > 0 ? Optional.empty() : Optional.of(part(reply.get(), bytesMax, stop));
    }

    private void begin(Reply next) {
        reply = Optional.of(next);
        sent = 0;
        readyNanos = System.nanoTime() + (long) (next.delaySeconds() * 1e9);
    }

    private Part part(Reply from, int bytesMax, Optional<Byte> stop) {
        byte[] all = from.bytes();
        int to = Math.min(all.length, sent + bytesMax);
        boolean character = false;
        for (int i = sent; stop.isPresent() && i < to; i++) {
            if (all[i] == stop.get()) {
                to = i + 1;
                character = true;
            }
        }
        byte[] bytes = Arrays.copyOfRange(all, sent, to);
        sent = to;
        boolean last = sent == all.length;
        if (last) {
            forget();
        }
        return new Part(bytes, character, last && from.complete(), last && from.hangsUp());
    }

    synchronized int poll() {
        return session.poll() | (available() ? Session.MESSAGE_AVAILABLE : 0);
    }

    synchronized void trigger() {
        session.trigger();
    }

    synchronized void clear() {
        input.clear();
        forget();
        session.clear();
    }

    /** Drop a response that was begun. */
    private void forget() {
        reply = Optional.empty();
    }

    /** Drop a response that nobody will read. */
    synchronized void drop() {
        forget();
        if (session.available()) {
            session.read();
        }
    }

    synchronized void remote(RemoteState state) {
        session.remote(state);
    }

    synchronized RemoteState remote() {
        return session.remote();
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
