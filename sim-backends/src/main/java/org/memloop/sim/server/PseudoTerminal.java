package org.memloop.sim.server;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantLock;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;

/**
 * Open a real pseudo-terminal, so that an emulated instrument can be reached through a serial port like a real one.
 *
 * <pre>
 *   emulator --- read, write --- master | kernel | /dev/pts/N --- open, read, write --- driver, or a person's terminal
 * </pre>
 *
 * The line is raw: bytes pass unchanged and without echo. This side also holds the far end open, so that a driver may
 * come and go without the line being hung up. One thread reads; any may write or close.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final int BUFFER_BYTES = 16384;
    private static final int WRITE_MILLIS = 1000;

    private final PosixTerminal system;
    private final int master;
    private final int slave;
    private final String devicePath;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment incoming = arena.allocate(BUFFER_BYTES);
    private final MemorySegment outgoing = arena.allocate(BUFFER_BYTES);
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    /** Whether nobody took the last bytes. Guarded by {@link #writing}. */
    private boolean unheard;
    private volatile boolean closed;

    private PseudoTerminal(PosixTerminal system) {
        this.system = system;
        master = system.openMaster();
        devicePath = system.unlock(master);
        slave = system.openSlave(devicePath);
        system.makeRaw(slave);
        system.makeNonBlocking(master);
    }

    /** {@return whether this system has pseudo-terminals: Linux and macOS do, Windows does not} */
    public static boolean available() {
        return PosixTerminal.available();
    }

    /**
     * Open a new pseudo-terminal.
     *
     * @return an open one
     * @throws ConfigurationException when the system has none, or none left
     */
    public static PseudoTerminal open() {
        if (!available()) {
            throw new ConfigurationException("no pseudo-terminal on " + System.getProperty("os.name")
                    + ": an emulated serial port needs Linux or macOS; use the sim: bench here");
        }
        try {
            return new PseudoTerminal(new PosixTerminal());
        } catch (PosixTerminal.TerminalFailure e) {
            throw new ConfigurationException("no pseudo-terminal: " + e.getMessage(), e);
        }
    }

    /** {@return the path of the far end, for example {@code /dev/pts/3}} */
    public String devicePath() {
        return devicePath;
    }

    /**
     * Take bytes the far end has sent.
     *
     * @param into where to put them, from index 0
     * @param timeoutMillis how long to wait for the first byte; 0 does not wait
     * @return how many came; 0 when none did in time
     * @throws LinkException when the terminal is closed or broken
     */
    public int read(byte[] into, int timeoutMillis) {
        reading.lock();
        try {
            requireOpen();
            if ((system.poll(master, PosixTerminal.POLLIN, timeoutMillis) & PosixTerminal.POLLIN) == 0) {
                return 0;
            }
            int count = system.read(master, incoming.asSlice(0, Math.min(into.length, BUFFER_BYTES)));
            MemorySegment.copy(incoming, ValueLayout.JAVA_BYTE, 0, into, 0, count);
            return count;
        } catch (PosixTerminal.TerminalFailure e) {
            throw broken(e);
        } finally {
            reading.unlock();
        }
    }

    /**
     * Send bytes to the far end. What nobody takes within a second is lost, as on a real serial line, and so is, at once,
     * what follows, until somebody takes bytes again: an instrument does not stand still because nobody listens.
     *
     * @param bytes what to send
     * @throws LinkException when the terminal is closed or broken
     */
    public void write(byte[] bytes) {
        writing.lock();
        try {
            requireOpen();
            int sent = 0;
            while (sent < bytes.length) {
                int ready = system.poll(master, PosixTerminal.POLLOUT, unheard ? 0 : WRITE_MILLIS);
                unheard = (ready & PosixTerminal.POLLOUT) == 0;
                if (unheard) {
                    return;
                }
                int chunk = Math.min(bytes.length - sent, BUFFER_BYTES);
                MemorySegment.copy(bytes, sent, outgoing, ValueLayout.JAVA_BYTE, 0, chunk);
                sent += system.write(master, outgoing.asSlice(0, chunk));
            }
        } catch (PosixTerminal.TerminalFailure e) {
            throw broken(e);
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new LinkException(devicePath, "", "the pseudo-terminal is closed", null);
        }
    }

    private LinkException broken(PosixTerminal.TerminalFailure e) {
        return new LinkException(devicePath, "", "the pseudo-terminal broke: " + e.getMessage(), e);
    }

    /** Hang up: the far end sees what it sees when a cable is pulled. Calling it again is harmless. */
    @Override
    public void close() {
        reading.lock();
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                system.close(slave);
                system.close(master);
                arena.close();
            }
        } finally {
            writing.unlock();
            reading.unlock();
        }
    }
}
