package org.memloop.sim.server;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.memloop.link.visa.Visa;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.RemoteState;

/** Be one session of {@link StandInVisa}: an exchange of messages with attributes, locks and a queue of events. */
final class VisaSession implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int LINE_FEED = '\n';

    /** Hold what a read took, and how it ended. */
    record Taken(byte[] bytes, int status) {}

    private final Exchange exchange;
    private final Locks locks;
    private final Semaphore events = new Semaphore(0);
    private final Map<Integer, Integer> attributes = new HashMap<>(Map.of(Visa.ATTR_TMO_VALUE, TIMEOUT_MILLIS,
            Visa.ATTR_TERMCHAR, LINE_FEED, Visa.ATTR_TERMCHAR_EN, 0, Visa.ATTR_SEND_END_EN, 1));
    private volatile boolean listening;
    private volatile boolean terminated;
    private volatile boolean hungUp;
    private volatile boolean closed;

    VisaSession(EmulatedInstrument instrument, Locks locks) {
        this.locks = locks;
        exchange = new Exchange(instrument, () -> {
            if (listening) {
                events.release();
            }
        });
    }

    synchronized Optional<Integer> get(int attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    synchronized int set(int attribute, int state) {
        return attributes.replace(attribute, state) == null ? Visa.ERROR_NSUP_ATTR : Visa.SUCCESS;
    }

    private int attribute(int attribute) {
        return get(attribute).orElseThrow();
    }

    private int refusal() {
        return hungUp ? Visa.ERROR_CONN_LOST : Visa.ERROR_RSRC_LOCKED;
    }

    private boolean mayEnter() {
        return !hungUp && locks.enter(this, 0, () -> false);
    }

    /** Do something that others' locks forbid. */
    int operate(Consumer<Exchange> operation) {
        if (!mayEnter()) {
            return refusal();
        }
        operation.accept(exchange);
        return Visa.SUCCESS;
    }

    int write(byte[] bytes) {
        boolean end = attribute(Visa.ATTR_SEND_END_EN) != 0;
        return mayEnter() ? exchange.write(bytes, end) ? Visa.SUCCESS : Visa.ERROR_IO : refusal();
    }

    /** Take bytes until the end of the response, the termination character, or so many. */
    Taken read(int bytesMax) {
        if (!mayEnter()) {
            return new Taken(new byte[0], refusal());
        }
        terminated = false;
        long deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(Integer.toUnsignedLong(attribute(Visa.ATTR_TMO_VALUE)));
        Optional<Byte> stop = attribute(Visa.ATTR_TERMCHAR_EN) != 0
                ? Optional.of((byte) attribute(Visa.ATTR_TERMCHAR))
                : Optional.empty();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        while (true) {
            Optional<Exchange.Part> part = exchange.read(bytesMax - taken.size(), stop, deadline, () -> terminated);
            if (part.isEmpty()) {
                return new Taken(taken.toByteArray(), terminated ? Visa.ERROR_ABORT : Visa.ERROR_TMO);
            }
            taken.writeBytes(part.get().bytes());
            if (part.get().hangsUp()) {
                hungUp = true;
                return new Taken(taken.toByteArray(), Visa.ERROR_CONN_LOST);
            }
            if (part.get().end() || part.get().character() || taken.size() == bytesMax) {
                return new Taken(taken.toByteArray(), part.get().character()
                        ? Visa.SUCCESS_TERM_CHAR
                        : part.get().end() ? Visa.SUCCESS : Visa.SUCCESS_MAX_CNT);
            }
        }
    }

    int lock(long millis) {
        return switch (locks.exclusive(this, millis, () -> false)) {
            case GRANTED, REFUSED -> Visa.SUCCESS; // VISA counts locks that are held already
            case TIMED_OUT -> millis == 0 ? Visa.ERROR_RSRC_LOCKED : Visa.ERROR_TMO;
        };
    }

    int unlock() {
        return locks.releaseExclusive(this) ? Visa.SUCCESS : Visa.ERROR_SESN_NLOCKED;
    }

    int enableEvents() {
        listening = true;
        return Visa.SUCCESS;
    }

    int awaitEvent(long millis) {
        if (!listening) {
            return Visa.ERROR_NSUP_OPER;
        }
        try {
            boolean told = events.tryAcquire(millis, TimeUnit.MILLISECONDS);
            return closed ? Visa.ERROR_INV_OBJECT : told ? Visa.SUCCESS : Visa.ERROR_TMO;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Visa.ERROR_ABORT;
        }
    }

    int terminate() {
        terminated = true;
        return Visa.SUCCESS;
    }

    /** Hands the instrument over; modes 0 to 6 as viGpibControlREN numbers them. */
    int remote(int mode) {
        return switch (mode) {
            case 0, 2, 6 -> operate(to -> to.remote(RemoteState.LOCAL));
            case 1 -> Visa.SUCCESS;
            case 3 -> operate(to -> to.remote(RemoteState.REMOTE));
            case 4 -> operate(to -> to.remote(RemoteState.LOCAL_WITH_LOCKOUT));
            case 5 -> operate(to -> to.remote(RemoteState.REMOTE_WITH_LOCKOUT));
            default -> Visa.ERROR_NSUP_OPER;
        };
    }

    @Override
    public void close() {
        closed = true;
        terminated = true;
        events.release();
        locks.release(this);
        exchange.close();
    }
}
