package org.memloop.run;

import java.util.Optional;
import java.util.function.Consumer;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;
import org.memloop.bench.Safeguard;

/**
 * Stand before a bench: refuse a program that breaks a limit before anybody else sees it, and on any doubt about what
 * reached the array ground it and stay stopped.
 *
 * <p>The bench is also closed, and so grounded, when the JVM is told to end.
 */
final class Guarded implements Bench {
    private final Bench inner;
    private final Safeguard safeguard;
    private final Consumer<String> onTrip;
    private final Thread atShutdown = new Thread(this::ground, "ground the array");
    private RuntimeException tripped;
    private boolean closed;
    private Thread resting;

    Guarded(Bench inner) {
        this(inner, _ -> {});
    }

    /** Guard cells that have had so many wearing pulses, none for new ones, and tell of a trip once the array is safe. */
    Guarded(Bench inner, Consumer<String> onTrip, long... past) {
        this.inner = inner;
        this.onTrip = onTrip;
        safeguard = new Safeguard(inner.capabilities(), past);
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    private void requireRunning() {
        if (tripped != null) {
            throw new IllegalStateException("the bench was stopped by an earlier failure: " + tripped.getMessage(),
                    tripped);
        }
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
    }

    /** A recording cannot be harmed: there is nothing to refuse. */
    @Override
    public synchronized Optional<Replay> replay() {
        requireRunning();
        return inner.replay();
    }

    @Override
    public synchronized Readings run(PulseProgram program) {
        requireRunning();
        safeguard.admit(program);
        try {
            Readings readings = inner.run(program);
            safeguard.observe(program, readings);
            return readings;
        } catch (BenchException e) {
            if (e.firing() == BenchException.Firing.POSSIBLE) {
                trip(e);
            }
            throw e;
        } catch (RuntimeException e) {
            trip(e);
            throw e;
        }
    }

    /** Holds no lock while time passes: lines on ground may be grounded once more by whoever closes the bench. */
    @Override
    public void rest(double seconds) {
        synchronized (this) {
            requireRunning();
            resting = Thread.currentThread();
        }
        try {
            inner.rest(seconds);
        } catch (BenchException e) {
            synchronized (this) {
                trip(e);
            }
            throw e;
        } finally {
            synchronized (this) {
                resting = null;
            }
        }
    }

    @Override
    public void tell(Consumer<Notice> listener) {
        inner.tell(listener);
    }

    @Override
    public Optional<Load> lastLoad() {
        return inner.lastLoad();
    }

    @Override
    public int exhaustedCells() {
        return inner.exhaustedCells();
    }

    private void trip(RuntimeException cause) {
        tripped = cause;
        try {
            inner.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        try {
            onTrip.accept(String.valueOf(cause.getMessage()));
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Waits for the program that is running, so that no pulse is cut in two, then grounds the array. */
    private synchronized void ground() {
        closed = true;
        if (resting != null && resting != Thread.currentThread()) {
            resting.interrupt();
        }
        inner.close();
    }

    /** Ground the array though a program may be under way that does not end; for whoever ends the process next. */
    void groundAtOnce() {
        inner.close();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        ground();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException _) {
            // the JVM is going down already; the hook finds a closed bench
        }
    }
}
