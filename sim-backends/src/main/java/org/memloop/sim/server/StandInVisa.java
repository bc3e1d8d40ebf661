package org.memloop.sim.server;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.ConfigurationException;
import org.memloop.link.ResourceName;
import org.memloop.link.visa.Visa;
import org.memloop.link.visa.VisaFunctions;
import org.memloop.link.visa.VisaLibrary;
import org.memloop.sim.instrument.EmulatedInstrument;

/**
 * Be a VISA library in front of emulated instruments: C functions with the names and types of visa.h, which programs call
 * as they call those of a library that is installed.
 *
 * <pre>
 *   VisaLink --- VisaLibrary --- C call --- this --- emulated instrument at GPIB0::17::INSTR
 * </pre>
 */
public final class StandInVisa implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandInVisa.class);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int SYSTEM_ERROR = 0xBFFF0000;
    private static final int SESSION_FIRST = 0x1000;
    /** What a library says of a status, where it has to say more than its number. */
    private static final Map<Integer, String> DESCRIPTIONS = Map.of(Visa.SUCCESS, "Operation completed successfully.",
            Visa.ERROR_TMO, "Timeout expired before operation completed.", Visa.ERROR_RSRC_NFOUND,
            "Insufficient location information or the requested device or resource is not present in the system.",
            Visa.ERROR_INV_OBJECT, "The given session or object reference is invalid.", Visa.ERROR_CONN_LOST,
            "The connection for the given session has been lost.", Visa.ERROR_RSRC_LOCKED,
            "Specified type of lock cannot be obtained, or specified operation cannot be performed, because the "
                    + "resource is locked.");

    /** Hold an instrument at its place, with the locks of all sessions. */
    private record Place(EmulatedInstrument instrument, Locks locks) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<Integer, Object> objects = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(SESSION_FIRST);
    private final Map<String, MemorySegment> stubs = new HashMap<>();
    /** Freed when nobody can call the functions any more. */
    private final Arena arena = Arena.ofAuto();

    /** Stand for the session of a resource manager. */
    private record ResourceList() {}

    /** Stand for what viWaitOnEvent returns. */
    private record Event() {}

    /**
     * Take the place of a library.
     *
     * @param instruments what is found, by its resource name
     */
    public StandInVisa(Map<String, EmulatedInstrument> instruments) {
        instruments.forEach((name, instrument) -> places.put(ResourceName.parse(name).toString(),
                new Place(instrument, new Locks())));
        for (String function : VisaFunctions.functions()) {
            stubs.put(function, stub(function, VisaFunctions.type(function)));
        }
    }

    /** A failure here must not reach the C code that called. */
    @SuppressWarnings("restricted") // a function of C is what this method makes
    private MemorySegment stub(String function, FunctionDescriptor type) {
        try {
            MethodHandle handle = MethodHandles.lookup().bind(this, function, type.toMethodType());
            MethodHandle failed = MethodHandles.lookup().bind(this, "failed",
                    java.lang.invoke.MethodType.methodType(int.class, Throwable.class));
            MethodHandle safe = MethodHandles.catchException(handle, Throwable.class,
                    MethodHandles.dropArguments(failed, 1, type.toMethodType().parameterList()));
            return Linker.nativeLinker().upcallStub(safe, type, arena);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("there is a method for each function", e);
        }
    }

    private int failed(Throwable problem) {
        LOG.error("a function of the VISA stand-in failed", problem);
        return SYSTEM_ERROR;
    }

    /** {@return the library, bound as one that is installed} */
    public VisaLibrary library() {
        return new VisaLibrary(name -> Optional.ofNullable(stubs.get(name)));
    }

    /** {@return how many sessions of instruments are open} */
    public int sessions() {
        return (int) objects.values().stream().filter(VisaSession.class::isInstance).count();
    }

    private int added(Object object) {
        int id = next.getAndIncrement();
        objects.put(id, object);
        return id;
    }

    /** A pointer that C passes has no length; here it gets the one that visa.h promises. */
    @SuppressWarnings("restricted")
    private static MemorySegment sized(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    private static void store(MemorySegment pointer, int value) {
        if (pointer.address() != 0) {
            sized(pointer, INT.byteSize()).set(INT, 0, value);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.ISO_8859_1);
    }

    private static void store(MemorySegment pointer, String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1),
                Math.min(text.length(), Visa.TEXT_BYTES - 1) + 1);
        bytes[bytes.length - 1] = 0;
        MemorySegment.copy(bytes, 0, sized(pointer, bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    private interface OfSession {
        int run(VisaSession session);
    }

    private int on(int id, OfSession operation) {
        return objects.get(id) instanceof VisaSession session ? operation.run(session) : Visa.ERROR_INV_OBJECT;
    }

    int viOpenDefaultRM(MemorySegment session) {
        store(session, added(new ResourceList()));
        return Visa.SUCCESS;
    }

    int viOpen(int manager, MemorySegment name, int mode, int timeoutMillis, MemorySegment session) {
        if (!(objects.get(manager) instanceof ResourceList)) {
            return Visa.ERROR_INV_OBJECT;
        }
        String canonical;
        try {
            canonical = ResourceName.parse(text(name)).toString();
        } catch (ConfigurationException _) {
            return Visa.ERROR_INV_RSRC_NAME;
        }
        Place place = places.get(canonical);
        if (place == null) {
            return Visa.ERROR_RSRC_NFOUND;
        }
        store(session, added(new VisaSession(place.instrument(), place.locks())));
        return Visa.SUCCESS;
    }

    int viClose(int object) {
        Object closed = objects.remove(object);
        if (closed instanceof VisaSession session) {
            session.close();
        }
        return closed == null ? Visa.ERROR_INV_OBJECT : Visa.SUCCESS;
    }

    int viFindRsrc(int manager, MemorySegment expression, MemorySegment list, MemorySegment count,
            MemorySegment name) {
        Pattern wanted;
        try {
            // in VISA ? stands for any character, * for any number of the one before
            wanted = Pattern.compile(text(expression).replace(".", "\\.").replace('?', '.'), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException _) {
            return Visa.ERROR_INV_EXPR;
        }
        Deque<String> found = new ArrayDeque<>(
                places.keySet().stream().filter(place -> wanted.matcher(place).matches()).toList());
        if (found.isEmpty()) {
            return Visa.ERROR_RSRC_NFOUND;
        }
        store(count, found.size());
        store(name, found.removeFirst());
        store(list, added(found));
        return Visa.SUCCESS;
    }

    int viFindNext(int list, MemorySegment name) {
        if (!(objects.get(list) instanceof Deque<?> found)) {
            return Visa.ERROR_INV_OBJECT;
        }
        if (found.isEmpty()) {
            return Visa.ERROR_RSRC_NFOUND;
        }
        store(name, (String) found.removeFirst());
        return Visa.SUCCESS;
    }

    int viRead(int id, MemorySegment buffer, int count, MemorySegment received) {
        return on(id, session -> {
            VisaSession.Taken taken = session.read(count);
            MemorySegment.copy(taken.bytes(), 0, sized(buffer, count), ValueLayout.JAVA_BYTE, 0, taken.bytes().length);
            store(received, taken.bytes().length);
            return taken.status();
        });
    }

    int viWrite(int id, MemorySegment buffer, int count, MemorySegment taken) {
        return on(id, session -> {
            int status = session.write(sized(buffer, count).toArray(ValueLayout.JAVA_BYTE));
            store(taken, status < 0 ? 0 : count);
            return status;
        });
    }

    int viReadSTB(int id, MemorySegment status) {
        return on(id, session -> session.operate(exchange -> sized(status, Short.BYTES)
                .set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) exchange.poll())));
    }

    int viClear(int id) {
        return on(id, session -> session.operate(Exchange::clear));
    }

    int viAssertTrigger(int id, short protocol) {
        return on(id, session -> protocol == 0 ? session.operate(Exchange::trigger) : Visa.ERROR_NSUP_OPER);
    }

    int viLock(int id, int type, int timeoutMillis, MemorySegment wantedKey, MemorySegment key) {
        return on(id, session -> type == Visa.EXCLUSIVE_LOCK
                ? session.lock(Integer.toUnsignedLong(timeoutMillis))
                : Visa.ERROR_NSUP_OPER);
    }

    int viUnlock(int id) {
        return on(id, VisaSession::unlock);
    }

    int viSetAttribute(int id, int attribute, long state) {
        return on(id, session -> session.set(attribute, (int) state));
    }

    int viGetAttribute(int id, int attribute, MemorySegment state) {
        return on(id, session -> {
            Optional<Integer> value = session.get(attribute);
            value.ifPresent(known -> store(state, known));
            return value.isPresent() ? Visa.SUCCESS : Visa.ERROR_NSUP_ATTR;
        });
    }

    int viStatusDesc(int id, int status, MemorySegment description) {
        store(description, DESCRIPTIONS.getOrDefault(status, String.format("Unknown status 0x%08X.", status)));
        return Visa.SUCCESS;
    }

    int viEnableEvent(int id, int event, short mechanism, int context) {
        return on(id, session -> event == Visa.EVENT_SERVICE_REQ && mechanism == Visa.QUEUE
                ? session.enableEvents()
                : Visa.ERROR_NSUP_OPER);
    }

    int viWaitOnEvent(int id, int event, int timeoutMillis, MemorySegment type, MemorySegment context) {
        return on(id, session -> {
            int status = session.awaitEvent(Integer.toUnsignedLong(timeoutMillis));
            if (status == Visa.SUCCESS) {
                store(type, event);
                store(context, added(new Event()));
            }
            return status;
        });
    }

    int viTerminate(int id, short degree, int job) {
        return on(id, VisaSession::terminate);
    }

    int viGpibControlREN(int id, short mode) {
        return on(id, session -> session.remote(mode));
    }

    /** End all sessions. */
    @Override
    public void close() {
        List.copyOf(objects.keySet()).forEach(this::viClose);
    }
}
