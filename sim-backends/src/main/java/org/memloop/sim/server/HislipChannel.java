package org.memloop.sim.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.HislipMessage.Fatal;
import org.memloop.link.wire.HislipMessage.Refused;
import org.memloop.sim.instrument.RemoteState;

/** Serve one HiSLIP client over its asynchronous connection: locks, status, device clear, remote and local. */
final class HislipChannel {
    private static final int KEY_BYTES_MAX = 256;
    private static final int PAYLOAD_BYTES_MIN = 64;

    private final HislipSession session;
    private final Locks locks;
    private final Semaphore requests = new Semaphore(0);
    private volatile Optional<HislipLine> line = Optional.empty();
    private volatile int payloadBytesMax = HislipMessage.BYTES_MAX - HislipMessage.HEADER_BYTES;

    HislipChannel(HislipSession session, Locks locks) {
        this.session = session;
        this.locks = locks;
    }

    boolean established() {
        return line.isPresent();
    }

    /** {@return how much the client takes in one message besides its header} */
    int payloadBytesMax() {
        return payloadBytesMax;
    }

    /** Have the client told that service is requested; returns at once. */
    void requestService() {
        requests.release();
    }

    void send(HislipMessage message) throws IOException {
        if (line.isPresent()) {
            line.get().send(message);
        }
    }

    void serve(HislipLine opened, HislipMessage greeting) throws IOException, Fatal {
        synchronized (this) {
            if (line.isPresent()) {
                throw new Fatal(Fatal.INVALID_INITIALIZATION, "the session has its asynchronous connection already");
            }
            line = Optional.of(opened);
        }
        opened.send(greeting);
        Thread requesting = Thread.ofVirtual().name("HiSLIP, service requests").start(this::sendRequests);
        try {
            while (true) {
                try {
                    take(opened.receive());
                } catch (Refused e) {
                    opened.send(e.message());
                }
            }
        } catch (EOFException _) {
            // the client has hung up
        } finally {
            requesting.interrupt();
            TcpListener.join(requesting);
        }
    }

    private void sendRequests() {
        try {
            while (true) {
                requests.acquire();
                requests.drainPermits();
                Optional<Integer> status = session.request();
                if (status.isPresent()) {
                    send(new HislipMessage(HislipMessage.ASYNC_SERVICE_REQUEST, status.get(), 0));
                }
            }
        } catch (IOException | InterruptedException _) {
            // the client is gone
        }
    }

    private void take(HislipMessage message) throws IOException, Refused {
        switch (message.type()) {
            case HislipMessage.ASYNC_LOCK -> lock(message);
            case HislipMessage.ASYNC_LOCK_INFO -> send(new HislipMessage(HislipMessage.ASYNC_LOCK_INFO_RESPONSE,
                    locks.exclusivelyHeld() ? 1 : 0, locks.holders()));
            case HislipMessage.ASYNC_REMOTE_LOCAL -> remoteLocal(message);
            case HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE -> size(message);
            case HislipMessage.ASYNC_DEVICE_CLEAR -> {
                session.beginClear();
                send(new HislipMessage(HislipMessage.ASYNC_DEVICE_CLEAR_ACKNOWLEDGE, 0, 0));
            }
            case HislipMessage.ASYNC_STATUS_QUERY -> {
                if (message.control() > 1) {
                    throw new Refused(Refused.UNRECOGNIZED_CONTROL, "the control code is 0 or 1");
                }
                int status = session.status(message.control() == 1, message.parameter());
                send(new HislipMessage(HislipMessage.ASYNC_STATUS_RESPONSE, status, 0));
            }
            default -> throw message.type() >= HislipMessage.VENDOR_FIRST
                    ? new Refused(Refused.UNRECOGNIZED_VENDOR, "there are no vendor messages")
                    : new Refused(Refused.UNRECOGNIZED_TYPE, "no such message on the asynchronous connection");
        }
    }

    private void size(HislipMessage message) throws IOException, Refused {
        if (message.payload().length != Long.BYTES) {
            throw new Refused(0, "a size has 8 bytes");
        }
        long wanted = ByteBuffer.wrap(message.payload()).getLong();
        // some clients count the header, which makes no difference to the others
        payloadBytesMax = Math.clamp(wanted - HislipMessage.HEADER_BYTES, PAYLOAD_BYTES_MIN,
                HislipMessage.BYTES_MAX - HislipMessage.HEADER_BYTES);
        send(new HislipMessage(HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE_RESPONSE, 0, 0,
                ByteBuffer.allocate(Long.BYTES).putLong(HislipMessage.BYTES_MAX).array()));
    }

    /** Hand the instrument over; 0 to 6 as IVI-6.1, table 19, numbers the wishes. */
    private void remoteLocal(HislipMessage message) throws IOException, Refused {
        Optional<RemoteState> state = switch (message.control()) {
            case 0, 2, 6 -> Optional.of(RemoteState.LOCAL);
            case 1 -> Optional.empty(); // remote with the next message, as always here
            case 3 -> Optional.of(RemoteState.REMOTE);
            case 4 -> Optional.of(RemoteState.LOCAL_WITH_LOCKOUT);
            case 5 -> Optional.of(RemoteState.REMOTE_WITH_LOCKOUT);
            default -> throw new Refused(Refused.UNRECOGNIZED_CONTROL, "the control code is 0 to 6");
        };
        if (!locks.enter(session, 0, session::stopped)) {
            throw new Refused(0, "the instrument is locked by another client");
        }
        state.ifPresent(session.exchange()::remote);
        send(new HislipMessage(HislipMessage.ASYNC_REMOTE_LOCAL_RESPONSE, 0, 0));
    }

    private void lock(HislipMessage message) throws IOException, Refused {
        switch (message.control()) {
            case 0 -> answerLock(release());
            case 1 -> request(message);
            default -> throw new Refused(Refused.UNRECOGNIZED_CONTROL, "the control code is 0 or 1");
        }
    }

    private int release() {
        return locks.releaseExclusive(session)
                ? HislipMessage.LOCK_SUCCESS
                : locks.releaseShared(session) ? HislipMessage.LOCK_SHARED_RELEASED : HislipMessage.LOCK_ERROR;
    }

    /** Asks for a lock in a thread of its own when that has to wait, so that status and clear still work. */
    private void request(HislipMessage message) throws IOException {
        String key = new String(message.payload(), StandardCharsets.ISO_8859_1);
        if (key.length() > KEY_BYTES_MAX) {
            answerLock(HislipMessage.LOCK_ERROR);
            return;
        }
        int first = outcome(key, 0);
        long millis = Integer.toUnsignedLong(message.parameter());
        if (first != HislipMessage.LOCK_FAILED || millis == 0) {
            answerLock(first);
            return;
        }
        Thread.ofVirtual().name("HiSLIP, waiting for a lock").start(() -> {
            try {
                answerLock(outcome(key, millis));
            } catch (IOException _) {
                session.stop();
            } finally {
                if (session.stopped()) {
                    locks.release(session); // it came too late
                }
            }
        });
    }

    private int outcome(String key, long millis) {
        Locks.Outcome outcome = key.isEmpty()
                ? locks.exclusive(session, millis, session::stopped)
                : locks.shared(session, key, millis, session::stopped);
        return switch (outcome) {
            case GRANTED -> HislipMessage.LOCK_SUCCESS;
            case TIMED_OUT -> HislipMessage.LOCK_FAILED;
            case REFUSED -> HislipMessage.LOCK_ERROR;
        };
    }

    private void answerLock(int control) throws IOException {
        send(new HislipMessage(HislipMessage.ASYNC_LOCK_RESPONSE, control, 0));
    }

    void close() {
        line.ifPresent(HislipLine::close);
    }
}
