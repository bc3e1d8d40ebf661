package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.router.RouterFrames.Message;
import org.memloop.instrument.router.RouterFrames.Splitter;
import org.memloop.link.Link;

/**
 * Ask a router and bring its reply. A request whose reply does not come is sent again, byte for byte and with its old
 * sequence number; the router answers such a repetition from memory and does nothing twice.
 *
 * <p>Requests of several threads take turns, so that one may ground the lines while another waits for a program to end.
 */
final class RouterExchange {
    private static final int ATTEMPTS = 3;
    private static final long REPLY_NANOS = 500_000_000;
    /** A link may time out this much early, for its clock may tick in milliseconds. */
    private static final long TICK_NANOS = 5_000_000;
    private static final int SHOWN_BYTES = 16;

    private final Link link;
    private final String role;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Splitter splitter = new Splitter();
    private final byte[] received = new byte[4096];
    private int position;
    private int limit;
    private int sequence;
    private final ByteBuffer shown = ByteBuffer.allocate(SHOWN_BYTES);
    private long unusedBytes;

    RouterExchange(Link link, String role) {
        this.link = link;
        this.role = role;
    }

    /** Ask; the reply may take {@code waitNanos} longer than usual. Return its body, little-endian. */
    ByteBuffer ask(RouterMessage request, byte[] body, long waitNanos) {
        turn.lock();
        try {
            sequence = sequence + 1 & 0xFFFF;
            shown.clear();
            unusedBytes = 0;
            byte[] frame = RouterFrames.frame(new Message(request.code(), sequence, body));
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                send(request, frame);
                Optional<Message> reply = await(request, System.nanoTime() + REPLY_NANOS + waitNanos);
                if (reply.isPresent()) {
                    return accepted(request, reply.get());
                }
            }
            throw new LinkException(role, request.name(), unusedBytes == 0 ? silence() : nonsense(), null);
        } finally {
            turn.unlock();
        }
    }

    private void send(RouterMessage request, byte[] frame) {
        try {
            link.write(frame);
        } catch (LinkException e) {
            throw new LinkException(role, request.name(), e.getMessage(), e);
        }
    }

    private Optional<Message> await(RouterMessage request, long deadline) {
        while (System.nanoTime() < deadline) {
            while (position < limit) {
                byte next = received[position++];
                unusedBytes++;
                if (shown.hasRemaining()) {
                    shown.put(next);
                }
                if (splitter.accept(next) == Splitter.Found.MESSAGE && answers(request)) {
                    return Optional.of(splitter.message());
                }
            }
            if (!fill(request, deadline)) {
                break;
            }
        }
        return Optional.empty();
    }

    /** Replies to requests given up before are older than the current sequence number, and are passed over. */
    private boolean answers(RouterMessage request) {
        Message message = splitter.message();
        return message.sequence() == sequence
                && (message.code() == request.replyCode() || message.code() == RouterMessage.REFUSED);
    }

    private boolean fill(RouterMessage request, long deadline) {
        try {
            position = 0;
            limit = 0;
            limit = link.read(received, 0, received.length, Math.max(1, deadline - System.nanoTime()));
            return true;
        } catch (LinkException e) {
            if (deadline - System.nanoTime() < TICK_NANOS && !Thread.currentThread().isInterrupted()) {
                return false;
            }
            throw new LinkException(role, request.name(), e.getMessage(), e);
        }
    }

    private ByteBuffer accepted(RouterMessage request, Message reply) {
        ByteBuffer fields = reply.fields().order(ByteOrder.LITTLE_ENDIAN);
        if (reply.code() != RouterMessage.REFUSED) {
            return fields;
        }
        if (fields.remaining() < 6) {
            throw new InstrumentException(role, request.name(), HexFormat.of().formatHex(reply.body()),
                    "a refusal this version cannot read");
        }
        int code = fields.get(1) & 0xFF;
        long detail = Integer.toUnsignedLong(fields.getInt(2));
        if (code == RouterRefusal.WRONG_VERSION.code()) {
            throw RouterHello.wrongVersion(role, link.resource(), detail);
        }
        String text = RouterRefusal.of(code).map(refusal -> refusal.describe(detail))
                .orElse("refusal " + code + ", detail " + detail + ", which this version does not know");
        throw new InstrumentException(role, request.name(), text, link.resource());
    }

    private String silence() {
        return "no answer on " + link.resource() + " within " + REPLY_NANOS / 1_000_000 + " ms, asked " + ATTEMPTS
                + " times; check that the board has power and that this is its port";
    }

    private String nonsense() {
        String bytes = HexFormat.ofDelimiter(" ").formatHex(shown.array(), 0, shown.position());
        return "no sense in the " + unusedBytes + " bytes that came on " + link.resource() + ", they begin " + bytes
                + "; check that this port is the router's and that its baud rate is " + RouterFrames.BAUD;
    }
}
