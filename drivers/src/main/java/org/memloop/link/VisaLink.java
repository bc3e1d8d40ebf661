package org.memloop.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.memloop.bench.LinkException;
import org.memloop.link.visa.Visa;
import org.memloop.link.visa.VisaFailure;
import org.memloop.link.visa.VisaLibrary;

/**
 * Speak through a VISA library, for what needs one: GPIB, USBTMC and PXI.
 *
 * <p>The library's functions know time-outs but no interrupts, and some return late or never. A thread of the link's own
 * sits in them; when it does not come back in time, the link says so and is not used again.
 */
public final class VisaLink implements MessageLink {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int EVENT_MILLIS = 200;

    private final String resource;
    private final Patience patience;
    private final VisaLibrary library;
    private final ExecutorService caller;
    private final Access access = new Locking();
    /** Freed when nobody can reach it any more, which a call that never returns still does. */
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);
    private final int manager;
    private final int session;
    private Optional<Thread> waiting = Optional.empty();
    private int timeoutMillis;
    private boolean ended;
    private volatile boolean stuck;
    private volatile boolean closed;

    /**
     * Open an instrument.
     *
     * @param name its resource name
     * @param library the VISA library
     * @param patience how long to wait for the connection, and for each operation
     * @throws LinkException when it is not there or cannot be had
     */
    public VisaLink(ResourceName name, VisaLibrary library, Patience patience) {
        this.resource = name.toString();
        this.patience = patience;
        this.library = library;
        caller = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("VISA " + resource).factory());
        try {
            manager = call("resource manager", patience.connectNanos(), library::openDefaultResourceManager);
            session = call("", patience.connectNanos(),
                    () -> library.open(manager, resource, Patience.millis(patience.connectNanos())));
        } catch (RuntimeException e) {
            caller.shutdownNow();
            throw e;
        }
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long answerNanos() {
        return patience.operationNanos();
    }

    /** Call a function in the link's own thread; even for an interrupted thread, since outputs must be switched off. */
    private <T> T call(String what, long nanos, Callable<T> function) {
        boolean interrupted = Thread.interrupted();
        try {
            if (stuck) {
                throw failure(what, "the VISA library has not come back from an earlier call; restart the program",
                        null);
            }
            Future<T> future = caller.submit(function);
            try {
                return future.get(nanos + Patience.GRACE_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                giveUp(future);
                throw failure(what, "no answer within " + Patience.seconds(nanos), e);
            } catch (InterruptedException e) {
                interrupted = true;
                giveUp(future);
                throw failure(what, "interrupted while waiting for the instrument", e);
            }
        } catch (RejectedExecutionException e) {
            throw failure(what, "the link is closed", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof VisaFailure failed
                    ? explained(what, failed, nanos)
                    : failure(what, "the VISA library failed: " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends a call, or notes that it cannot be ended. */
    private void giveUp(Future<?> future) {
        try {
            library.terminate(session);
        } catch (VisaFailure _) {
            // it may come back nonetheless
        }
        try {
            future.get(Patience.GRACE_NANOS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException _) {
            // it has come back
        } catch (TimeoutException | InterruptedException _) {
            stuck = true;
        }
    }

    private LinkException explained(String what, VisaFailure failed, long nanos) {
        return failure(what, switch (failed.status()) {
            case Visa.ERROR_TMO -> "no answer within " + Patience.seconds(nanos);
            case Visa.ERROR_ABORT -> "aborted";
            case Visa.ERROR_RSRC_LOCKED -> "the instrument is locked by another client; end the program that holds it";
            case Visa.ERROR_RSRC_NFOUND -> "there is no such instrument; is it on, and its cable and address right?";
            case Visa.ERROR_CONN_LOST -> "the connection to the instrument is lost";
            default -> failed.getMessage() + ": " + library.describe(manager, failed.status());
        }, failed);
    }

    private LinkException failure(String what, String problem, Exception cause) {
        return new LinkException(resource, what, problem, cause);
    }

    /** Sets how long the library waits, unless that is set. Runs in the link's own thread. */
    private void timeout(long nanos) throws VisaFailure {
        int millis = Patience.millis(nanos);
        if (millis != timeoutMillis) {
            library.setAttribute(session, Visa.ATTR_TMO_VALUE, millis);
            timeoutMillis = millis;
        }
    }

    @Override
    public void write(byte[] bytes) {
        long nanos = patience.operationNanos();
        int taken = call("", nanos, () -> {
            MemorySegment from = bytes.length <= BUFFER_BYTES ? buffer : Arena.ofAuto().allocate(bytes.length);
            MemorySegment.copy(bytes, 0, from, ValueLayout.JAVA_BYTE, 0, bytes.length);
            timeout(nanos);
            return library.write(session, from, bytes.length);
        });
        if (taken != bytes.length) {
            throw failure("", "took " + taken + " of " + bytes.length + " bytes", null);
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure("", "interrupted while waiting for the instrument", null);
        }
        ended = false;
        VisaLibrary.Received received = call("", timeoutNanos, () -> {
            timeout(timeoutNanos);
            return library.read(session, buffer, Math.min(length, BUFFER_BYTES));
        });
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, offset, received.count());
        ended = received.status() == Visa.SUCCESS || received.status() == Visa.SUCCESS_TERM_CHAR;
        return received.count();
    }

    /**
     * End reads at a character as well as at the end of a response, as instruments need that know no END.
     *
     * @param character 0 to 255; empty for the end alone, as it is at first
     */
    public void endReadsAt(OptionalInt character) {
        perform("termination character", () -> {
            if (character.isPresent()) {
                library.setAttribute(session, Visa.ATTR_TERMCHAR, character.getAsInt());
            }
            library.setAttribute(session, Visa.ATTR_TERMCHAR_EN, character.isPresent() ? 1 : 0);
        });
    }

    private interface Operation {
        void run() throws VisaFailure;
    }

    private void perform(String what, Operation operation) {
        call(what, patience.operationNanos(), () -> {
            timeout(patience.operationNanos());
            operation.run();
            return what;
        });
    }

    @Override
    public int poll() {
        return call("status byte", patience.operationNanos(), () -> {
            timeout(patience.operationNanos());
            return library.readStatusByte(session);
        });
    }

    @Override
    public void clear() {
        perform("device clear", () -> library.clear(session));
        ended = false;
    }

    @Override
    public void trigger() {
        perform("trigger", () -> library.assertTrigger(session));
    }

    @Override
    public void onServiceRequest(Runnable listener) {
        perform("service requests", () -> library.enableEvent(session, Visa.EVENT_SERVICE_REQ));
        waiting = Optional.of(Thread.ofPlatform().daemon().name("VISA service requests " + resource).start(() -> {
            try {
                while (!closed) {
                    if (library.waitOnEvent(session, Visa.EVENT_SERVICE_REQ, EVENT_MILLIS)) {
                        listener.run();
                    }
                }
            } catch (VisaFailure _) {
                // the session has ended
            }
        }));
    }

    @Override
    public Access access() {
        return access;
    }

    private final class Locking implements Access {
        @Override
        public void lock(long timeoutNanos) {
            int millis = timeoutNanos > 0 ? Patience.millis(timeoutNanos) : 0;
            call("lock", patience.operationNanos() + timeoutNanos, () -> {
                library.lock(session, millis);
                return millis;
            });
        }

        @Override
        public void unlock() {
            perform("unlock", () -> library.unlock(session));
        }

        @Override
        public void remote() {
            perform("remote", () -> library.remote(session, 3));
        }

        @Override
        public void local() {
            perform("local", () -> library.remote(session, 6));
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!stuck) {
                call("close", Patience.GRACE_NANOS, () -> {
                    library.close(session);
                    library.close(manager);
                    return session;
                });
            }
        } catch (LinkException _) {
            // nothing is left to save: the session is being given up
        } finally {
            caller.shutdownNow();
            waiting.ifPresent(VisaLink::awaitEnd);
        }
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(Duration.ofNanos(Patience.GRACE_NANOS));
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
