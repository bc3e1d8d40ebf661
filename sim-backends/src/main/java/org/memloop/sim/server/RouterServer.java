package org.memloop.sim.server;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.LinkException;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterMessage;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.RouterEmulator;

/** Serve an emulated router on a pseudo-terminal of its own, from a thread of its own. */
public final class RouterServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);
    private static final String ROLE = "router";
    private static final int IDLE_MILLIS = 10;
    private static final int NOISE_BYTES = 64;
    /** A byte goes over the line with a start and a stop bit. */
    private static final long BITS_PER_BYTE = 10;

    private final RouterEmulator emulator;
    private final Random noise;
    private final PseudoTerminal terminal;
    private final Thread thread;
    private final RouterFrames.Splitter outgoing = new RouterFrames.Splitter();
    private final Faults faults;
    private final DoubleSupplier clockSeconds;
    private final long nanosPerByte;
    private boolean silent;
    private volatile boolean stopping;

    /**
     * Open a pseudo-terminal and serve the router there.
     *
     * @param emulator the router
     * @param faults what is to be wrong with it, under the role {@code router}
     * @param clockSeconds the laboratory's simulated clock
     * @param noiseSeed seed of the noise that {@link Fault#GARBAGE} and {@link Fault#SERIAL_NOISE} make
     * @param baud speed of the emulated serial line, bits per second; 0 for as fast as it goes
     * @throws org.memloop.bench.ConfigurationException when this system has no pseudo-terminals
     */
    public RouterServer(RouterEmulator emulator, Faults faults, DoubleSupplier clockSeconds, long noiseSeed,
            int baud) {
        this.emulator = emulator;
        this.faults = faults;
        this.clockSeconds = clockSeconds;
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

    private void serve() {
        byte[] chunk = new byte[4096];
        try {
            while (!stopping) {
                int count = terminal.read(chunk, emulator.running() ? 0 : IDLE_MILLIS);
                pace(count);
                if (count > 0) {
                    receive(chunk, count);
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
        pause(bytes * nanosPerByte);
    }

    private void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !stopping; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private boolean strikes(Fault fault) {
        return faults.strikes(ROLE, fault, clockSeconds.getAsDouble());
    }

    private void receive(byte[] chunk, int count) {
        silent = strikes(Fault.SILENT) || strikes(Fault.HANG_UP);
        if (silent) {
            return;
        }
        if (strikes(Fault.GARBAGE)) {
            byte[] bytes = new byte[NOISE_BYTES];
            noise.nextBytes(bytes);
            terminal.write(bytes);
            return;
        }
        disturb(chunk, count);
        emulator.receive(chunk, count, this::send);
    }

    private void disturb(byte[] bytes, int count) {
        if (strikes(Fault.SERIAL_NOISE)) {
            bytes[noise.nextInt(count)] ^= (byte) (1 << noise.nextInt(8));
        }
    }

    private void send(byte[] answer) {
        if (silent || repliesToFire(answer) && strikes(Fault.DROP_REPLY)) {
            return;
        }
        byte[] bytes = strikes(Fault.TRUNCATED) ? Arrays.copyOf(answer, answer.length / 2) : answer.clone();
        disturb(bytes, bytes.length);
        faults.strike(ROLE, Fault.DELAYED, clockSeconds.getAsDouble())
                .ifPresent(rule -> pause((long) (rule.delaySeconds() * 1e9)));
        pace(bytes.length);
        terminal.write(bytes);
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
        TcpListener.join(thread);
        terminal.close();
    }
}
