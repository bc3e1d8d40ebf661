package org.memloop.link;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.HislipMessage;

/**
 * Hold the asynchronous connection of a HiSLIP client: questions with one answer each, and what the instrument says
 * unasked. A thread of its own receives, so that a request for service is heard while nobody asks.
 */
final class HislipEvents implements AutoCloseable {
    private static final long FOR_EVER_NANOS = TimeUnit.DAYS.toNanos(3650);
    private static final int PAYLOAD_BYTES_MAX = 1 << 16;

    /** Wakes who waits for an answer that will not come. */
    private static final HislipMessage OVER = new HislipMessage(HislipMessage.FATAL_ERROR, 0, 0);

    private final String resource;
    private final TcpConnection connection;
    private final BlockingQueue<HislipMessage> answers = new LinkedBlockingQueue<>();
    /** How many answers of a type are still to come to questions that were given up. */
    private final Map<Integer, Integer> owed = new ConcurrentHashMap<>();
    private volatile Optional<Runnable> listener = Optional.empty();
    private volatile String over = "";

    /**
     * Begin to listen.
     *
     * @param connection just opened, nothing sent
     */
    HislipEvents(TcpConnection connection, String resource) {
        this.resource = resource;
        this.connection = connection;
        Thread.ofPlatform().daemon().name("HiSLIP events " + resource).start(this::receive);
    }

    private void receive() {
        try {
            while (true) {
                take(next());
            }
        } catch (LinkException e) {
            over = connection.bare(e);
        } catch (HislipMessage.Fatal e) {
            over = "sent what is no HiSLIP message on the asynchronous connection";
            connection.close();
        }
        answers.add(OVER);
    }

    private HislipMessage next() throws HislipMessage.Fatal {
        long deadline = System.nanoTime() + FOR_EVER_NANOS;
        ByteBuffer start = connection.require(HislipMessage.HEADER_BYTES, deadline, FOR_EVER_NANOS);
        HislipMessage.Header header = HislipMessage.header(start);
        if (header.length() > PAYLOAD_BYTES_MAX) {
            throw new HislipMessage.Fatal(0, "too long");
        }
        byte[] payload = new byte[(int) header.length()];
        for (int have = 0; have < payload.length;) {
            have += connection.read(payload, have, payload.length - have, deadline, FOR_EVER_NANOS);
        }
        return new HislipMessage(header.type(), header.control(), header.parameter(), payload);
    }

    private void take(HislipMessage message) {
        switch (message.type()) {
            case HislipMessage.ASYNC_SERVICE_REQUEST -> listener.ifPresent(Runnable::run);
            case HislipMessage.ASYNC_INTERRUPTED -> {
                // the ids of responses tell as much
            }
            default -> {
                boolean late = owed.computeIfPresent(message.type(), (_, n) -> n - 1) != null;
                owed.values().removeIf(n -> n == 0);
                if (!late) {
                    answers.add(message);
                }
            }
        }
    }

    /**
     * Ask, and wait for the answer.
     *
     * @param what is asked for, for messages
     * @param request the question
     * @param type of the answer
     * @param nanos how long it may take
     */
    synchronized HislipMessage ask(String what, HislipMessage request, int type, long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            requireOpen(what);
            connection.writeWhole(request.bytes(), nanos);
            HislipMessage answer = answers.poll(nanos + Patience.GRACE_NANOS, TimeUnit.NANOSECONDS);
            if (answer == null) {
                owed.merge(type, 1, Integer::sum);
                throw failure(what, "no answer within " + Patience.seconds(nanos));
            }
            if (answer == OVER) {
                requireOpen(what);
            }
            if (answer.type() == HislipMessage.ERROR || answer.type() == HislipMessage.FATAL_ERROR) {
                throw failure(what, "the instrument answers with HiSLIP " + answer.complaint());
            }
            if (answer.type() != type) {
                throw failure(what, "answered with HiSLIP message " + answer.type() + " instead of " + type);
            }
            return answer;
        } catch (InterruptedException _) {
            owed.merge(type, 1, Integer::sum);
            interrupted = true;
            throw failure(what, "interrupted while waiting for the instrument");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void requireOpen(String what) {
        if (!over.isEmpty()) {
            throw failure(what, over);
        }
    }

    private LinkException failure(String what, String problem) {
        return new LinkException(resource, what, problem, null);
    }

    void onServiceRequest(Runnable wanted) {
        listener = Optional.of(wanted);
    }

    @Override
    public void close() {
        connection.close();
    }
}
