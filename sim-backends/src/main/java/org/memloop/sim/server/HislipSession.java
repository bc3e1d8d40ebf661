package org.memloop.sim.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.HislipMessage.Fatal;
import org.memloop.link.wire.HislipMessage.Refused;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Session;

/**
 * Serve one HiSLIP client over its synchronous connection (IVI-6.1, chapter 3.1: synchronized mode). A response carries
 * the id of the message whose end called for it.
 */
final class HislipSession implements AutoCloseable {
    private static final int LOCK_MILLIS = Integer.MAX_VALUE;
    private static final long CLEAR_SECONDS = 60;

    private final int id;
    private final Locks locks;
    private final HislipLine synchronous;
    private final HislipChannel asynchronous;
    private final Exchange exchange;
    private final Thread late;
    /** Whether the client was told of a request for service and has not polled since. */
    private final AtomicBoolean requesting = new AtomicBoolean();

    private volatile boolean stopped;
    private volatile boolean clearing;
    private volatile long clearBegunNanos;
    private volatile int lastId = HislipMessage.ID_FIRST - 2;
    /** Whether a whole response was sent that the client has not said to have got. */
    private volatile boolean deliveryExpected;
    private boolean interrupted;

    HislipSession(int id, EmulatedInstrument instrument, Locks locks, HislipLine synchronous) {
        this.id = id;
        this.locks = locks;
        this.synchronous = synchronous;
        asynchronous = new HislipChannel(this, locks);
        exchange = new Exchange(instrument, asynchronous::requestService);
        late = Thread.ofVirtual().name("HiSLIP, late answers").start(this::sendLate);
    }

    int id() {
        return id;
    }

    Exchange exchange() {
        return exchange;
    }

    boolean stopped() {
        return stopped;
    }

    void serveAsynchronous(HislipLine line, HislipMessage greeting) throws IOException, Fatal {
        try {
            asynchronous.serve(line, greeting);
        } finally {
            stop();
        }
    }

    void serveSynchronous() throws IOException, Fatal {
        try {
            while (true) {
                try {
                    take(synchronous.receive());
                } catch (Refused e) {
                    synchronous.send(e.message());
                }
            }
        } catch (EOFException _) {
            // the client has hung up
        }
    }

    private void take(HislipMessage message) throws IOException, Fatal, Refused {
        if (!asynchronous.established()) {
            throw new Fatal(Fatal.NOT_ESTABLISHED, "both connections have to be initialized first");
        }
        if (message.type() == HislipMessage.DEVICE_CLEAR_COMPLETE) {
            completeClear();
            return;
        }
        if (clearing) {
            if (System.nanoTime() - clearBegunNanos > TimeUnit.SECONDS.toNanos(CLEAR_SECONDS)) {
                throw new Fatal(0, "the device clear was not completed");
            }
            return;
        }
        switch (message.type()) {
            case HislipMessage.DATA, HislipMessage.DATA_END, HislipMessage.TRIGGER -> operate(message);
            default -> throw message.type() >= HislipMessage.VENDOR_FIRST
                    ? new Refused(Refused.UNRECOGNIZED_VENDOR, "there are no vendor messages")
                    : new Refused(Refused.UNRECOGNIZED_TYPE, "no such message on the synchronous connection");
        }
    }

    private void operate(HislipMessage message) throws IOException, Refused {
        if (message.control() > HislipMessage.RMT_DELIVERED) {
            throw new Refused(Refused.UNRECOGNIZED_CONTROL, "the control code is 0 or 1");
        }
        if (!locks.enter(this, LOCK_MILLIS, () -> stopped || clearing)) {
            return; // the client is gone, or has cleared what it sent
        }
        boolean undelivered = deliveryExpected && message.control() != HislipMessage.RMT_DELIVERED;
        deliveryExpected = false;
        if (undelivered) {
            interrupt(message.parameter());
        }
        lastId = message.parameter();
        synchronized (this) {
            if (interrupted) {
                interrupted = false;
                if (message.type() == HislipMessage.TRIGGER) {
                    exchange.drop();
                }
            }
            if (message.type() == HislipMessage.TRIGGER) {
                exchange.trigger();
            } else if (!exchange.write(message.payload(), message.type() == HislipMessage.DATA_END)) {
                throw new Refused(Refused.TOO_LARGE, "the message is too long");
            }
        }
        respond();
    }

    /** Send the response there is, unless the client has gone on already without it. */
    private synchronized void respond() throws IOException {
        if (!exchange.available() || clearing) {
            return;
        }
        if (synchronous.more()) {
            interrupted = true;
            interrupt(lastId);
            return;
        }
        while (exchange.available() && !clearing) {
            long patience = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
            Optional<Exchange.Part> part = exchange.read(asynchronous.payloadBytesMax(), Optional.empty(), patience,
                    () -> stopped || clearing);
            if (part.isEmpty() || clearing) {
                return;
            }
            boolean end = part.get().end();
            deliveryExpected = end;
            synchronous.send(new HislipMessage(end ? HislipMessage.DATA_END : HislipMessage.DATA, 0, lastId,
                    part.get().bytes()));
            if (part.get().hangsUp()) {
                stop();
                return;
            }
        }
    }

    private void sendLate() {
        try {
            while (!stopped) {
                exchange.awaitReply();
                respond();
            }
        } catch (IOException | InterruptedException _) {
            // the client is gone
        }
    }

    private void interrupt(int messageId) throws IOException {
        synchronous.send(new HislipMessage(HislipMessage.INTERRUPTED, 0, messageId));
        asynchronous.send(new HislipMessage(HislipMessage.ASYNC_INTERRUPTED, 0, messageId));
    }

    /** Begin a device clear: from now on what comes is dropped, until the client says that it has nothing more. */
    void beginClear() {
        clearBegunNanos = System.nanoTime();
        clearing = true;
        locks.wake();
        exchange.clear(); // without this monitor, which whoever is sending to a client that does not read holds
    }

    private void completeClear() throws IOException, Refused {
        if (!clearing) {
            throw new Refused(0, "no device clear was begun");
        }
        synchronized (this) {
            exchange.clear();
            interrupted = false;
            deliveryExpected = false;
            lastId = HislipMessage.ID_FIRST - 2;
            clearing = false;
        }
        synchronous.send(new HislipMessage(HislipMessage.DEVICE_CLEAR_ACKNOWLEDGE, 0, 0));
    }

    /**
     * Poll the status byte. A response counts as available when it waits here, or when it was sent and the client has
     * not said that it was delivered; but not to a client that asks about another message than the last.
     *
     * @param delivered whether the client says that it has got the last response
     * @param messageId id of its latest message, or of the one it will send next
     */
    int status(boolean delivered, int messageId) {
        if (delivered) {
            deliveryExpected = false;
        }
        int polled = polled();
        boolean current = messageId == lastId || messageId == lastId + 2;
        boolean available = current && !delivered
                && (deliveryExpected || (polled & Session.MESSAGE_AVAILABLE) != 0);
        return polled & ~Session.MESSAGE_AVAILABLE | (available ? Session.MESSAGE_AVAILABLE : 0);
    }

    private int polled() {
        return exchange.poll() | (requesting.getAndSet(false) ? Session.REQUEST_SERVICE : 0);
    }

    /** {@return the status byte to tell the client of, unless it was told and has not asked since} */
    Optional<Integer> request() {
        return requesting.getAndSet(true)
                ? Optional.empty()
                : Optional.of(exchange.poll() | Session.REQUEST_SERVICE);
    }

    /** End both connections. */
    void stop() {
        stopped = true;
        locks.wake();
        late.interrupt();
        synchronous.close();
        asynchronous.close();
    }

    @Override
    public void close() {
        stop();
        TcpListener.join(late);
        locks.release(this);
        exchange.close();
    }
}
