package org.memloop.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.HislipMessage;

/**
 * Speak HiSLIP 1.0 and 2.0 without encryption (IVI-6.1), in synchronized mode: two connections to one port, of which one
 * carries messages and the other what goes beside them.
 *
 * <pre>
 *   synchronous     Data ... DataEnd (id)  -->     &lt;-- Data ... DataEnd (same id)       Trigger -->
 *   asynchronous    status, locks, device clear, remote and local -->     &lt;-- service requests
 * </pre>
 *
 * A response to another message than the last is dropped. The first message after a whole response says that it was
 * delivered.
 */
public final class HislipLink implements MessageLink {
    private static final String ADVICE = "; is the instrument on and HiSLIP enabled?";
    private static final int OVERLAP = 1;
    private static final int ENCRYPTED = 2;

    /**
     * Say what the client offers.
     *
     * @param version highest version it knows, as sent: 0x0200 is 2.0
     * @param vendor two letters by which the maker of the client is known, as sent
     */
    record Offer(int version, int vendor) {
        static final Offer USUAL = new Offer(0x0200, 0x7878);
    }

    /**
     * Tell who has locked an instrument.
     *
     * @param exclusive whether one client has it for itself
     * @param holders how many clients hold a lock of either kind
     */
    public record LockInfo(boolean exclusive, int holders) {}

    private final String resource;
    private final Patience patience;
    private final TcpConnection synchronous;
    private final HislipResponses responses;
    private final HislipEvents events;
    private final Access access = new Locking();
    private final int version;
    private final int payloadBytesMax;
    private int nextId = HislipMessage.ID_FIRST;
    private boolean unfinished;

    /**
     * Connect, with 3 s for the connection and for each operation.
     *
     * @param name where to connect to
     * @throws LinkException when nobody answers there, or not as HiSLIP does
     */
    public HislipLink(ResourceName.Hislip name) {
        this(name, Patience.USUAL);
    }

    /**
     * Connect.
     *
     * @param name where to connect to
     * @param patience how long to wait for the connection, and for each operation
     * @throws LinkException when nobody answers there, or not as HiSLIP does
     */
    public HislipLink(ResourceName.Hislip name, Patience patience) {
        this(name, patience, Offer.USUAL);
    }

    @SuppressWarnings("resource") // both connections are closed by close(), or below
    HislipLink(ResourceName.Hislip name, Patience patience, Offer offer) {
        this.resource = name.toString();
        this.patience = patience;
        synchronous = new TcpConnection(resource, name.host(), name.port(), patience.connectNanos(), ADVICE);
        responses = new HislipResponses(synchronous, patience.operationNanos(), this::close);
        TcpConnection second = null;
        try {
            send(new HislipMessage(HislipMessage.INITIALIZE, 0, offer.version() << 16 | offer.vendor(),
                    name.device().getBytes(StandardCharsets.US_ASCII)).bytes());
            HislipMessage.Header response = responses.require(HislipMessage.INITIALIZE_RESPONSE);
            version = response.parameter() >>> 16;
            if (version >= 0x0200 && (response.control() & ENCRYPTED) != 0) {
                throw failure("the instrument demands encryption, which this link does not have; allow plain HiSLIP "
                        + "there, or use VXI-11 or a raw socket");
            }
            second = new TcpConnection(resource, name.host(), name.port(), patience.connectNanos(), ADVICE);
            events = new HislipEvents(second, resource);
            ask("session", HislipMessage.ASYNC_INITIALIZE, 0, response.parameter() & 0xffff, new byte[0],
                    HislipMessage.ASYNC_INITIALIZE_RESPONSE);
            payloadBytesMax = negotiateSize();
            if ((response.control() & OVERLAP) != 0) {
                clear();
            }
        } catch (RuntimeException e) {
            synchronous.close();
            if (second != null) {
                second.close();
            }
            throw e;
        }
    }

    private int negotiateSize() {
        byte[] ours = ByteBuffer.allocate(Long.BYTES).putLong(HislipMessage.BYTES_MAX).array();
        HislipMessage theirs = ask("message size", HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE, 0, 0, ours,
                HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE_RESPONSE);
        if (theirs.payload().length != Long.BYTES) {
            throw failure("tells a message size of " + theirs.payload().length + " bytes instead of 8");
        }
        long size = ByteBuffer.wrap(theirs.payload()).getLong();
        // some count the header, some do not; unsigned, so that "as long as you like" may be 2^64 - 1
        long most = size < 0 ? HislipMessage.BYTES_MAX : Math.min(size, HislipMessage.BYTES_MAX);
        return (int) Math.max(1, most - HislipMessage.HEADER_BYTES);
    }

    private HislipMessage ask(String what, int type, int control, int parameter, byte[] payload, int answer) {
        return events.ask(what, new HislipMessage(type, control, parameter, payload), answer,
                patience.operationNanos());
    }

    private void send(byte[] message) {
        synchronous.writeWhole(message, patience.operationNanos());
    }

    private LinkException failure(String problem) {
        return synchronous.failure(problem, null);
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long answerNanos() {
        return patience.operationNanos();
    }

    /** {@return the version of the protocol that both sides know: 0x0100 or 0x0200} */
    public int version() {
        return version;
    }

    /** {@return how many bytes of a message the instrument takes at once} */
    public int payloadBytesMax() {
        return payloadBytesMax;
    }

    private int lastId() {
        return nextId - 2;
    }

    /** Takes the control code of the next message: whether the last response was delivered is said once. */
    private int deliveredOnce() {
        return responses.deliveredOnce() ? HislipMessage.RMT_DELIVERED : 0;
    }

    private int takeId() {
        int id = nextId;
        nextId += 2;
        return id;
    }

    /**
     * Send one message, in parts as long as the instrument takes them. A message that was not sent to its end is dropped
     * by a device clear before the next, so that the two do not run into one.
     */
    @Override
    public void write(byte[] bytes) {
        if (unfinished) {
            dropUnfinished();
        }
        unfinished = true;
        responses.abandon();
        int at = 0;
        do {
            int count = Math.min(payloadBytesMax, bytes.length - at);
            boolean last = at + count == bytes.length;
            send(HislipMessage.bytes(last ? HislipMessage.DATA_END : HislipMessage.DATA, deliveredOnce(), takeId(),
                    bytes, at, count));
            at += count;
        } while (at < bytes.length);
        unfinished = false;
    }

    private void dropUnfinished() {
        unfinished = false;
        try {
            clear();
        } catch (LinkException _) {
            // the message that follows tells what is wrong, and may be the one that switches an output off
        }
    }

    @Override
    public boolean ended() {
        return responses.ended();
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        return responses.read(lastId(), into, offset, length, timeoutNanos);
    }

    @Override
    public int poll() {
        return ask("status byte", HislipMessage.ASYNC_STATUS_QUERY, deliveredOnce(), lastId(), new byte[0],
                HislipMessage.ASYNC_STATUS_RESPONSE).control();
    }

    @Override
    public void clear() {
        ask("device clear", HislipMessage.ASYNC_DEVICE_CLEAR, 0, 0, new byte[0],
                HislipMessage.ASYNC_DEVICE_CLEAR_ACKNOWLEDGE);
        Uninterrupted.run(this::awaitCleared);
        nextId = HislipMessage.ID_FIRST;
        unfinished = false;
        responses.forget();
    }

    private void awaitCleared() {
        try {
            send(new HislipMessage(HislipMessage.DEVICE_CLEAR_COMPLETE, 0, 0).bytes());
            HislipMessage.Header next = responses.skipTo(HislipMessage.DEVICE_CLEAR_ACKNOWLEDGE);
            if ((next.control() & OVERLAP) != 0) {
                throw failure("the instrument insists on overlap mode, which this link does not have");
            }
        } catch (LinkException e) {
            throw new LinkException(resource, "device clear", synchronous.bare(e), e);
        }
    }

    @Override
    public void trigger() {
        send(new HislipMessage(HislipMessage.TRIGGER, deliveredOnce(), takeId()).bytes());
    }

    @Override
    public void onServiceRequest(Runnable listener) {
        events.onServiceRequest(listener);
    }

    @Override
    public Access access() {
        return access;
    }

    /**
     * Lock the instrument for all links that name the same key.
     *
     * @param key 1 to 256 characters
     * @param timeoutNanos how long to wait while others hold a lock, nanoseconds; 0 does not wait
     * @throws LinkException when others still hold one then
     */
    public void lockShared(String key, long timeoutNanos) {
        lock(key, timeoutNanos);
    }

    private void lock(String key, long timeoutNanos) {
        int millis = timeoutNanos > 0 ? Patience.millis(timeoutNanos) : 0;
        HislipMessage answer = events.ask("lock",
                new HislipMessage(HislipMessage.ASYNC_LOCK, 1, millis, key.getBytes(StandardCharsets.US_ASCII)),
                HislipMessage.ASYNC_LOCK_RESPONSE, patience.operationNanos() + timeoutNanos);
        switch (answer.control()) {
            case HislipMessage.LOCK_SUCCESS -> {
                // it is ours
            }
            case HislipMessage.LOCK_FAILED -> throw new LinkException(resource, "lock",
                    "the instrument is locked by another client; end the program that holds it", null);
            default -> throw new LinkException(resource, "lock",
                    "the instrument refuses the lock; this link holds one already", null);
        }
    }

    /**
     * Ask who has locked the instrument.
     *
     * @return who
     * @throws LinkException when there is no answer in time
     */
    public LockInfo lockInfo() {
        HislipMessage answer = ask("lock info", HislipMessage.ASYNC_LOCK_INFO, 0, 0, new byte[0],
                HislipMessage.ASYNC_LOCK_INFO_RESPONSE);
        return new LockInfo(answer.control() == 1, answer.parameter());
    }

    /**
     * Hand the instrument over (IVI-6.1, table 19).
     *
     * @param request 0 disable remote, 1 enable remote, 2 disable remote and go to local, 3 enable and go to remote, 4
     *        enable remote with local lockout, 5 the same and go to remote, 6 go to local
     * @throws LinkException when it was not confirmed in time
     */
    public void remoteLocal(int request) {
        ask("remote", HislipMessage.ASYNC_REMOTE_LOCAL, request, lastId(), new byte[0],
                HislipMessage.ASYNC_REMOTE_LOCAL_RESPONSE);
    }

    private final class Locking implements Access {
        @Override
        public void lock(long timeoutNanos) {
            HislipLink.this.lock("", timeoutNanos);
        }

        @Override
        public void unlock() {
            int outcome = ask("unlock", HislipMessage.ASYNC_LOCK, 0, lastId(), new byte[0],
                    HislipMessage.ASYNC_LOCK_RESPONSE).control();
            if (outcome != HislipMessage.LOCK_SUCCESS && outcome != HislipMessage.LOCK_SHARED_RELEASED) {
                throw new LinkException(resource, "unlock", "this link holds no lock", null);
            }
        }

        @Override
        public void remote() {
            remoteLocal(3);
        }

        @Override
        public void local() {
            remoteLocal(6);
        }
    }

    @Override
    public void close() {
        synchronous.close();
        if (events != null) {
            events.close();
        }
    }
}
