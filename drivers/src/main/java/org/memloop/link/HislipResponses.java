package org.memloop.link;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.HislipMessage;

/**
 * Take up what comes on the synchronous connection of HiSLIP, and drop what belongs to no message that still waits for a
 * response. Not for several threads at a time.
 */
final class HislipResponses {
    private static final int DROP_BYTES = 1 << 12;

    private final TcpConnection connection;
    private final long allowedNanos;
    private final Runnable closeLink;
    private boolean delivered;
    private boolean ended;
    private long payloadLeft;
    private boolean payloadEnds;
    private boolean dropping;
    /** Whether a response was begun and not read to its end. */
    private boolean begun;
    /** Whether parts that name no message may still belong to a response that was begun before the last message. */
    private boolean abandoned;

    /**
     * Take up responses.
     *
     * @param connection where they come from
     * @param allowedNanos how long an operation other than {@link #read} may take, nanoseconds
     * @param closeLink closes the link, for nothing that comes later could be understood
     */
    HislipResponses(TcpConnection connection, long allowedNanos, Runnable closeLink) {
        this.connection = connection;
        this.allowedNanos = allowedNanos;
        this.closeLink = closeLink;
    }

    /** {@return whether the last byte read was the last of a response} */
    boolean ended() {
        return ended;
    }

    /** {@return whether a whole response was read since this was asked last} */
    boolean deliveredOnce() {
        boolean was = delivered;
        delivered = false;
        return was;
    }

    /** Give up a response that was not read to its end: another message is about to be sent. */
    void abandon() {
        dropping = payloadLeft > 0 || dropping;
        abandoned = begun;
        begun = false;
        ended = false;
    }

    /** Begin anew after a device clear. */
    void forget() {
        delivered = false;
        ended = false;
        begun = false;
        abandoned = false;
    }

    /**
     * Read some of the response to a message.
     *
     * @param id the message's
     * @param into where the bytes go
     * @param offset index of the first
     * @param length how many at most
     * @param timeoutNanos how long to wait, nanoseconds
     * @return how many were read; 0 at the end of an empty response
     */
    int read(int id, byte[] into, int offset, int length, long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        ended = false;
        while (true) {
            if (dropping) {
                dropRest(deadline, timeoutNanos);
            }
            if (payloadLeft > 0) {
                int count = connection.read(into, offset, (int) Math.min(length, payloadLeft), deadline, timeoutNanos);
                payloadLeft -= count;
                finish();
                return count;
            }
            if (begin(header(deadline, timeoutNanos), id, deadline)) {
                finish();
                if (ended) {
                    return 0;
                }
            }
        }
    }

    /** Notes the end of a response when its last byte was taken. */
    private void finish() {
        if (payloadLeft == 0 && payloadEnds) {
            payloadEnds = false;
            begun = false;
            ended = true;
            delivered = true;
        }
    }

    /** Takes up a message. {@return whether it is a part of the response that is waited for} */
    private boolean begin(HislipMessage.Header header, int id, long deadline) {
        switch (header.type()) {
            case HislipMessage.DATA, HislipMessage.DATA_END -> {
                boolean ours = header.parameter() == id;
                abandoned = abandoned && !ours;
                payloadLeft = header.length();
                dropping = !ours && (header.parameter() != HislipMessage.ID_ANY || abandoned);
                payloadEnds = header.type() == HislipMessage.DATA_END && !dropping;
                begun = !dropping;
                return begun;
            }
            case HislipMessage.INTERRUPTED -> {
                dropLater(header);
                abandoned = false;
            }
            case HislipMessage.ERROR, HislipMessage.FATAL_ERROR -> throw unexpected(header, deadline);
            default -> dropLater(header);
        }
        return false;
    }

    /**
     * Wait for the one message that must come now.
     *
     * @param type its type
     * @return its header; what it carries is dropped
     * @throws LinkException when another comes, or none in time
     */
    HislipMessage.Header require(int type) {
        long deadline = System.nanoTime() + allowedNanos;
        HislipMessage.Header next = header(deadline, allowedNanos);
        if (next.type() != type) {
            throw unexpected(next, deadline);
        }
        drop(next.length(), deadline);
        return next;
    }

    /**
     * Drop all messages up to one.
     *
     * @param type its type
     * @return its header
     * @throws LinkException when it does not come in time
     */
    HislipMessage.Header skipTo(int type) {
        long deadline = System.nanoTime() + allowedNanos;
        dropRest(deadline, allowedNanos);
        HislipMessage.Header next;
        do {
            next = header(deadline, allowedNanos);
            drop(next.length(), deadline);
        } while (next.type() != type);
        return next;
    }

    private void dropLater(HislipMessage.Header header) {
        payloadLeft = header.length();
        dropping = true;
    }

    private void drop(long length, long deadline) {
        payloadLeft = length;
        dropRest(deadline, allowedNanos);
    }

    private void dropRest(long deadline, long timeoutNanos) {
        byte[] chunk = new byte[DROP_BYTES];
        while (payloadLeft > 0) {
            payloadLeft -= connection.read(chunk, 0, (int) Math.min(chunk.length, payloadLeft), deadline,
                    timeoutNanos);
        }
        dropping = false;
        payloadEnds = false;
    }

    private HislipMessage.Header header(long deadline, long timeoutNanos) {
        try {
            return HislipMessage.header(connection.require(HislipMessage.HEADER_BYTES, deadline, timeoutNanos));
        } catch (HislipMessage.Fatal e) {
            closeLink.run();
            throw connection.failure("sent what is no HiSLIP message; does the port belong to something else? The "
                    + "link is closed now", e);
        }
    }

    /** Makes an exception of a message that tells of a failure, or should not have come. */
    private LinkException unexpected(HislipMessage.Header header, long deadline) {
        byte[] text = new byte[(int) Math.min(header.length(), DROP_BYTES)];
        for (int have = 0; have < text.length;) {
            have += connection.read(text, have, text.length - have, deadline, allowedNanos);
        }
        drop(header.length() - text.length, deadline);
        HislipMessage message = new HislipMessage(header.type(), header.control(), header.parameter(), text);
        if (header.type() == HislipMessage.FATAL_ERROR) {
            closeLink.run();
        }
        return connection.failure(header.type() == HislipMessage.ERROR || header.type() == HislipMessage.FATAL_ERROR
                ? "the instrument answers with HiSLIP " + message.complaint()
                : "answered with HiSLIP message " + header.type(), null);
    }
}
