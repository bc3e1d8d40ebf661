package org.memloop.link.visa;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;

/** Speak to instruments through a VISA library (VPP-4.3.2), whose negative statuses become a {@link VisaFailure}. */
public final class VisaLibrary {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final VisaFunctions functions;

    /**
     * Tell how a read ended.
     *
     * @param status {@link Visa#SUCCESS}, {@link Visa#SUCCESS_TERM_CHAR}, {@link Visa#SUCCESS_MAX_CNT}, or
     *        {@link Visa#ERROR_TMO} when the time was up after some
     * @param count how many bytes came
     */
    public record Received(int status, int count) {}

    /**
     * Use a library.
     *
     * @param lookup where its functions are found
     */
    public VisaLibrary(SymbolLookup lookup) {
        functions = new VisaFunctions(lookup);
    }

    /**
     * Load the VISA library that is installed: the one that the environment variable {@code MEMLOOP_VISA} names, or the
     * system's.
     *
     * @return the library
     * @throws ConfigurationException when there is none, with what to install
     */
    public static VisaLibrary installed() {
        List<String> names = Optional.ofNullable(System.getenv("MEMLOOP_VISA")).map(List::of)
                .orElseGet(() -> names(System.getProperty("os.name")));
        for (String name : names) {
            try {
                return load(name);
            } catch (ConfigurationException _) {
                // not there; perhaps the next one is
            }
        }
        throw new ConfigurationException("no VISA library found (" + String.join(", ", names) + "): GPIB, USB and PXI "
                + "need one; install NI-VISA, Keysight IO Libraries or R&S VISA, or name its file in the environment "
                + "variable MEMLOOP_VISA, or connect the instrument by network or serial port");
    }

    /**
     * Load a certain VISA library.
     *
     * @param file its path or name
     * @return the library
     * @throws ConfigurationException when it cannot be loaded
     */
    @SuppressWarnings("restricted") // loading a C library is what this method is for
    public static VisaLibrary load(String file) {
        try {
            return new VisaLibrary(SymbolLookup.libraryLookup(file, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("cannot load the VISA library '" + file
                    + "'; is the path right, and is it for this computer's processor?", e);
        }
    }

    private static List<String> names(String system) {
        if (system.startsWith("Windows")) {
            return List.of("visa64.dll", "visa32.dll");
        }
        return system.startsWith("Mac")
                ? List.of("/Library/Frameworks/VISA.framework/VISA", "/Library/Frameworks/RsVisa.framework/RsVisa")
                : List.of("libvisa.so", "libvisa.so.0", "librsvisa.so");
    }

    private int call(String function, Object... arguments) throws VisaFailure {
        return functions.call(function, arguments);
    }

    private interface Filling {
        void into(MemorySegment number) throws VisaFailure;
    }

    /** Have a function fill in a number of 32 bits. */
    private static int filled(Filling function) throws VisaFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(8, 8);
            function.into(number);
            return number.get(INT, 0);
        }
    }

    private static String text(MemorySegment from) {
        return from.getString(0, StandardCharsets.ISO_8859_1);
    }

    /**
     * Open the resource manager.
     *
     * @return its session
     * @throws VisaFailure when the library refuses
     */
    public int openDefaultResourceManager() throws VisaFailure {
        return filled(session -> call("viOpenDefaultRM", session));
    }

    /**
     * Open an instrument.
     *
     * @param manager session of the resource manager
     * @param name resource name
     * @param timeoutMillis how long it may take
     * @return the session
     * @throws VisaFailure when it cannot be opened
     */
    public int open(int manager, String name, int timeoutMillis) throws VisaFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment written = arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
            return filled(session -> call("viOpen", manager, written, 0, timeoutMillis, session));
        }
    }

    /**
     * Close a session, an event or a list.
     *
     * @param object which
     * @throws VisaFailure when it is none
     */
    public void close(int object) throws VisaFailure {
        call("viClose", object);
    }

    /**
     * Find instruments.
     *
     * @param manager session of the resource manager
     * @param expression which, for example {@code ?*INSTR}
     * @return their resource names
     * @throws VisaFailure when the search fails; not when nothing is found
     */
    public List<String> find(int manager, String expression) throws VisaFailure {
        List<String> names = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wanted = arena.allocateFrom(expression, StandardCharsets.ISO_8859_1);
            MemorySegment list = arena.allocate(INT);
            MemorySegment count = arena.allocate(INT);
            MemorySegment name = arena.allocate(Visa.TEXT_BYTES);
            call("viFindRsrc", manager, wanted, list, count, name);
            for (int left = count.get(INT, 0); left > 0; left--) {
                names.add(text(name));
                if (left > 1) {
                    call("viFindNext", list.get(INT, 0), name);
                }
            }
            call("viClose", list.get(INT, 0));
        } catch (VisaFailure e) {
            if (e.status() != Visa.ERROR_RSRC_NFOUND) {
                throw e;
            }
        }
        return names;
    }

    /**
     * Send bytes.
     *
     * @param session to which instrument
     * @param bytes the bytes
     * @param count how many of them
     * @return how many were taken
     * @throws VisaFailure when they were not
     */
    public int write(int session, MemorySegment bytes, int count) throws VisaFailure {
        return filled(taken -> call("viWrite", session, bytes, count, taken));
    }

    /**
     * Take bytes.
     *
     * @param session from which instrument
     * @param into where to
     * @param count how many at most
     * @return how many, and why no more; also when the time was up after some
     * @throws VisaFailure when none came in time
     */
    public Received read(int session, MemorySegment into, int count) throws VisaFailure {
        int[] status = new int[1];
        int received = filled(taken -> {
            try {
                status[0] = call("viRead", session, into, count, taken);
            } catch (VisaFailure e) {
                status[0] = e.status();
                if (e.status() != Visa.ERROR_TMO || taken.get(INT, 0) == 0) {
                    throw e;
                }
            }
        });
        return new Received(status[0], received);
    }

    /**
     * Poll the status byte.
     *
     * @param session of which instrument
     * @return 0 to 255
     * @throws VisaFailure when it could not be had
     */
    public int readStatusByte(int session) throws VisaFailure {
        return filled(status -> call("viReadSTB", session, status)) & 0xff;
    }

    /**
     * Clear an instrument.
     *
     * @param session which
     * @throws VisaFailure when that failed
     */
    public void clear(int session) throws VisaFailure {
        call("viClear", session);
    }

    /**
     * Trigger an instrument in the usual way of its bus.
     *
     * @param session which
     * @throws VisaFailure when that failed
     */
    public void assertTrigger(int session) throws VisaFailure {
        call("viAssertTrigger", session, (short) 0);
    }

    /**
     * Lock an instrument for one session alone.
     *
     * @param session which
     * @param timeoutMillis how long to wait for others
     * @throws VisaFailure when others still hold a lock then
     */
    public void lock(int session, int timeoutMillis) throws VisaFailure {
        call("viLock", session, Visa.EXCLUSIVE_LOCK, timeoutMillis, MemorySegment.NULL, MemorySegment.NULL);
    }

    /**
     * Give a lock up.
     *
     * @param session whose
     * @throws VisaFailure when it holds none
     */
    public void unlock(int session) throws VisaFailure {
        call("viUnlock", session);
    }

    /**
     * Set an attribute.
     *
     * @param object of which session
     * @param attribute its number
     * @param state its new state
     * @throws VisaFailure when it has no such attribute or state
     */
    public void setAttribute(int object, int attribute, long state) throws VisaFailure {
        call("viSetAttribute", object, attribute, state);
    }

    /**
     * Get an attribute that is a number of at most 32 bits.
     *
     * @param object of which session
     * @param attribute its number
     * @return its state
     * @throws VisaFailure when it has no such attribute
     */
    public int attribute(int object, int attribute) throws VisaFailure {
        return filled(state -> call("viGetAttribute", object, attribute, state));
    }

    /**
     * Say what a status means.
     *
     * @param object session in which it was returned
     * @param status the status
     * @return a line for people
     */
    public String describe(int object, int status) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(Visa.TEXT_BYTES);
            call("viStatusDesc", object, status, text);
            return text(text).strip();
        } catch (VisaFailure _) {
            return String.format("status 0x%08X", status);
        }
    }

    /**
     * Have events of a type put into a queue.
     *
     * @param session of which instrument
     * @param event their type
     * @throws VisaFailure when there are no such events
     */
    public void enableEvent(int session, int event) throws VisaFailure {
        call("viEnableEvent", session, event, Visa.QUEUE, 0);
    }

    /**
     * Wait for an event.
     *
     * @param session of which instrument
     * @param event its type
     * @param timeoutMillis how long
     * @return whether there was one
     * @throws VisaFailure when the session has ended
     */
    public boolean waitOnEvent(int session, int event, int timeoutMillis) throws VisaFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment type = arena.allocate(INT);
            int context = filled(out -> call("viWaitOnEvent", session, event, timeoutMillis, type, out));
            if (context != 0) {
                call("viClose", context);
            }
            return true;
        } catch (VisaFailure e) {
            if (e.status() == Visa.ERROR_TMO) {
                return false;
            }
            throw e;
        }
    }

    /**
     * End what a session waits for.
     *
     * @param session which
     * @throws VisaFailure when the library cannot
     */
    public void terminate(int session) throws VisaFailure {
        call("viTerminate", session, (short) 0, 0);
    }

    /**
     * Hand an instrument to the bus or to the person in front of it.
     *
     * @param session which
     * @param mode 0 to 6, as {@link org.memloop.link.HislipLink#remoteLocal} numbers them
     * @throws VisaFailure when that failed
     */
    public void remote(int session, int mode) throws VisaFailure {
        call("viGpibControlREN", session, (short) mode);
    }
}
