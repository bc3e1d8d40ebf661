package org.memloop.sim.server;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.LinkException;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterMessage;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.RouterEmulator;

/** Serve an emulated router on a pseudo-terminal of its own, from a thread of its own. */
public final class RouterServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);
    private static final int IDLE_MILLIS = 10;
    private static final int NOISE_BYTES = 64;
    /** A byte goes over the line with a start and a stop bit. */
    private static final long BITS_PER_BYTE = 10;

    private final RouterEmulator emulator;
    private final Random noise;
    private final PseudoTerminal terminal;
    private final Thread thread;
    private final RouterFrames.Splitter outgoing = new RouterFrames.Splitter();
    private volatile Fault fault;
    private final long nanosPerByte;
    private volatile boolean stopping;

    /**
     * Open a pseudo-terminal and serve the router there.
     *
     * @param emulator the router
     * @param fault what is to be wrong with it
     * @param noiseSeed seed of the noise that {@link Fault#GARBAGE} answers
     * @param baud speed of the emulated serial line, bits per second; 0 for as fast as it goes
     * @throws org.memloop.bench.ConfigurationException when this system has no pseudo-terminals
     */
    public RouterServer(RouterEmulator emulator, Fault fault, long noiseSeed, int baud) {
        this.emulator = emulator;
        this.fault = fault;
        this.noise = new Random(noiseSeed);
        this.nanosPerByte = baud == 0 ? 0 : BITS_PER_BYTE * 1_000_000_000L / baud;
        terminal = PseudoTerminal.open();
        // A platform thread: one that waits in poll() would keep a virtual thread's carrier for itself.
        thread = Thread.ofPlatform().daemon().name("router on " + terminal.devicePath()).start(this::serve);
    }

    /** {@return the path a driver opens, for example {@code /dev/pts/3}} */
    public String devicePath() {
        return terminal.devicePath();
    }

    /**
     * Let something else be wrong from now on.
     *
     * @param next what
     */
    public void fault(Fault next) {
        fault = next;
    }

    private void serve() {
        byte[] chunk = new byte[4096];
        try {
            while (!stopping) {
                int count = terminal.read(chunk, emulator.running() ? 0 : IDLE_MILLIS);
                pace(count);
                switch (fault) {
                    case SILENT -> {
                    }
                    case GARBAGE -> answerNoise(count);
                    case NONE, DROP_REPLY -> emulator.receive(chunk, count, this::send);
                }
                emulator.tick(this::send);
            }
        } catch (LinkException e) {
            LOG.warn("the emulated router stops: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the emulated router stops", e);
        }
    }

    /** Waits as long as so many bytes need on the line; a pseudo-terminal itself knows no speed. */
    private void pace(int bytes) {
        long until = System.nanoTime() + bytes * nanosPerByte;
        for (long left = bytes * nanosPerByte; left > 0 && !stopping; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void answerNoise(int received) {
        if (received > 0) {
            byte[] bytes = new byte[NOISE_BYTES];
            noise.nextBytes(bytes);
            terminal.write(bytes);
        }
    }

    private void send(byte[] answer) {
        if (fault == Fault.DROP_REPLY && repliesToFire(answer)) {
            fault = Fault.NONE;
        } else if (fault == Fault.NONE || fault == Fault.DROP_REPLY) {
            pace(answer.length);
            terminal.write(answer);
        }
    }

    private boolean repliesToFire(byte[] answer) {
        boolean fire = false;
        for (byte next : answer) {
            fire |= outgoing.accept(next) == RouterFrames.Splitter.Found.MESSAGE
                    && outgoing.message().code() == RouterMessage.FIRE.replyCode();
        }
        return fire;
    }

    /** Stop serving and hang up. Calling it again is harmless. */
    @Override
    public void close() {
        stopping = true;
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        terminal.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
