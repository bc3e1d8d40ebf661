package org.memloop.sim.server;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

import org.memloop.bench.ConfigurationException;

/**
 * Call the C library's terminal functions (POSIX.1-2024: posix_openpt, grantpt, unlockpt, tcgetattr, tcsetattr, poll;
 * ptsname_r and cfmakeraw are common to glibc and macOS).
 *
 * <p>Flag values are the one thing that differs between the two systems; everything else is passed by pointer.
 */
final class PosixTerminal {
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int EINTR = 4;

    /** Room for a struct termios: 60 bytes on Linux, 72 on macOS. */
    private static final int TERMIOS_BYTES = 256;
    private static final int O_RDWR = 2;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final boolean mac = System.getProperty("os.name").startsWith("Mac");
    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle openpt = find("posix_openpt", FunctionDescriptor.of(INT, INT));
    private final MethodHandle grantpt = find("grantpt", FunctionDescriptor.of(INT, INT));
    private final MethodHandle unlockpt = find("unlockpt", FunctionDescriptor.of(INT, INT));
    private final MethodHandle ptsname = find("ptsname_r", FunctionDescriptor.of(INT, INT, POINTER, SIZE));
    private final MethodHandle open = find("open", FunctionDescriptor.of(INT, POINTER, INT),
            Linker.Option.firstVariadicArg(2));
    private final MethodHandle getAttributes = find("tcgetattr", FunctionDescriptor.of(INT, INT, POINTER));
    private final MethodHandle makeRaw = find("cfmakeraw", FunctionDescriptor.ofVoid(POINTER));
    private final MethodHandle setAttributes = find("tcsetattr", FunctionDescriptor.of(INT, INT, INT, POINTER));
    private final MethodHandle setFlags = find("fcntl", FunctionDescriptor.of(INT, INT, INT, INT),
            Linker.Option.firstVariadicArg(2));
    private final MethodHandle poll = find("poll", FunctionDescriptor.of(INT, POINTER, SIZE, INT));
    private final MethodHandle read = find("read", FunctionDescriptor.of(SIZE, INT, POINTER, SIZE));
    private final MethodHandle write = find("write", FunctionDescriptor.of(SIZE, INT, POINTER, SIZE));
    private final MethodHandle close = find("close", FunctionDescriptor.of(INT, INT));

    static boolean available() {
        String system = System.getProperty("os.name");
        return system.startsWith("Linux") || system.startsWith("Mac");
    }

    @SuppressWarnings("restricted") // binding C functions is what this class is for
    private MethodHandle find(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        System.arraycopy(more, 0, options, 0, more.length);
        options[more.length] = Linker.Option.captureCallState("errno");
        MemorySegment symbol = linker.defaultLookup().find(name).orElseThrow(
                () -> new ConfigurationException("no pseudo-terminal: this system's C library has no " + name));
        return linker.downcallHandle(symbol, type, options);
    }

    int openMaster() {
        return call("posix_openpt", state -> (int) openpt.invokeExact(state, O_RDWR | noControllingTerminal()));
    }

    String unlock(int master) {
        call("grantpt", state -> (int) grantpt.invokeExact(state, master));
        call("unlockpt", state -> (int) unlockpt.invokeExact(state, master));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(256);
            call("ptsname_r", state -> (int) ptsname.invokeExact(state, master, name, name.byteSize()));
            return name.getString(0);
        }
    }

    int openSlave(String path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return call("open", state -> (int) open.invokeExact(state, name, O_RDWR | noControllingTerminal()));
        }
    }

    void makeRaw(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(TERMIOS_BYTES, 8);
            call("tcgetattr", state -> (int) getAttributes.invokeExact(state, descriptor, termios));
            call("cfmakeraw", state -> {
                makeRaw.invokeExact(state, termios);
                return 0;
            });
            call("tcsetattr", state -> (int) setAttributes.invokeExact(state, descriptor, 0, termios));
        }
    }

    void makeNonBlocking(int descriptor) {
        int setStatusFlags = 4;
        call("fcntl", state -> (int) setFlags.invokeExact(state, descriptor, setStatusFlags, mac ? 0x4 : 0x800));
    }

    /** Wait until {@code descriptor} is ready, at most {@code millis}; return what it is ready for, 0 for nothing. */
    int poll(int descriptor, int events, int millis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(8, 4);
            request.set(INT, 0, descriptor);
            request.set(ValueLayout.JAVA_SHORT, 4, (short) events);
            call("poll", state -> (int) poll.invokeExact(state, request, 1L, millis));
            return request.get(ValueLayout.JAVA_SHORT, 6);
        }
    }

    int read(int descriptor, MemorySegment into) {
        return call("read", state -> (int) (long) read.invokeExact(state, descriptor, into, into.byteSize()));
    }

    int write(int descriptor, MemorySegment from) {
        return call("write", state -> (int) (long) write.invokeExact(state, descriptor, from, from.byteSize()));
    }

    void close(int descriptor) {
        call("close", state -> (int) close.invokeExact(state, descriptor));
    }

    private int noControllingTerminal() {
        return mac ? 0x20000 : 0x100;
    }

    private interface Native {
        @SuppressWarnings("checkstyle:IllegalThrows")
        int call(MemorySegment state) throws Throwable; // what MethodHandle.invokeExact declares
    }

    /** Call, and answer a failure other than an interrupted call with an exception that has the errno. */
    private static int call(String name, Native function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = function.call(state);
            if (result >= 0) {
                return result;
            }
            int errno = (int) ERRNO.get(state, 0L);
            if (errno == EINTR) {
                return 0;
            }
            throw new TerminalFailure(name, errno);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " could not be called", e);
        }
    }

    /** Report a C call that failed. */
    static final class TerminalFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        TerminalFailure(String function, int errno) {
            super(function + " failed with errno " + errno);
        }
    }
}
