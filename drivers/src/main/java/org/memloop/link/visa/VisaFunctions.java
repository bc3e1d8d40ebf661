package org.memloop.link.visa;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bind the functions of a VISA library (VPP-4.3.2). Sessions, objects and statuses are 32 bits wide on every system, the
 * state of an attribute is as wide as a pointer.
 *
 * <pre>
 *   ViStatus viRead(ViSession vi, ViPBuf buf, ViUInt32 count, ViPUInt32 retCount)
 *   int32           uint32        pointer     uint32          pointer to uint32
 * </pre>
 */
public final class VisaFunctions {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfLong STATE = ValueLayout.JAVA_LONG;
    private static final ValueLayout POINTER = ValueLayout.ADDRESS;

    /** The functions that are called, as visa.h declares them. */
    private static final Map<String, FunctionDescriptor> FUNCTIONS = Map.ofEntries(
            Map.entry("viOpenDefaultRM", returning(POINTER)),
            Map.entry("viOpen", returning(INT, POINTER, INT, INT, POINTER)),
            Map.entry("viClose", returning(INT)),
            Map.entry("viFindRsrc", returning(INT, POINTER, POINTER, POINTER, POINTER)),
            Map.entry("viFindNext", returning(INT, POINTER)),
            Map.entry("viRead", returning(INT, POINTER, INT, POINTER)),
            Map.entry("viWrite", returning(INT, POINTER, INT, POINTER)),
            Map.entry("viReadSTB", returning(INT, POINTER)),
            Map.entry("viClear", returning(INT)),
            Map.entry("viAssertTrigger", returning(INT, SHORT)),
            Map.entry("viLock", returning(INT, INT, INT, POINTER, POINTER)),
            Map.entry("viUnlock", returning(INT)),
            Map.entry("viSetAttribute", returning(INT, INT, STATE)),
            Map.entry("viGetAttribute", returning(INT, INT, POINTER)),
            Map.entry("viStatusDesc", returning(INT, INT, POINTER)),
            Map.entry("viEnableEvent", returning(INT, INT, SHORT, INT)),
            Map.entry("viWaitOnEvent", returning(INT, INT, INT, POINTER, POINTER)),
            Map.entry("viTerminate", returning(INT, SHORT, INT)),
            Map.entry("viGpibControlREN", returning(INT, SHORT)));

    private final SymbolLookup lookup;
    private final Map<String, Optional<MethodHandle>> handles = new ConcurrentHashMap<>();

    /**
     * Bind the functions of a library, each when it is called first.
     *
     * @param lookup where they are found
     */
    VisaFunctions(SymbolLookup lookup) {
        this.lookup = lookup;
    }

    private static FunctionDescriptor returning(ValueLayout... arguments) {
        return FunctionDescriptor.of(INT, arguments);
    }

    /**
     * Tell how a function is called, for those who put something in its place.
     *
     * @param function its name
     * @return its types
     */
    public static FunctionDescriptor type(String function) {
        return FUNCTIONS.get(function);
    }

    /** {@return the names of the functions that are called} */
    public static List<String> functions() {
        return FUNCTIONS.keySet().stream().sorted().toList();
    }

    @SuppressWarnings("restricted") // binding C functions is what this class is for
    private Optional<MethodHandle> bind(String function) {
        return lookup.find(function)
                .map(address -> Linker.nativeLinker().downcallHandle(address, FUNCTIONS.get(function)));
    }

    /**
     * Call a function.
     *
     * @param function its name
     * @param arguments what it is given, of its types
     * @return its status, 0 or above
     * @throws VisaFailure when the status is negative, or the library lacks the function
     */
    int call(String function, Object... arguments) throws VisaFailure {
        MethodHandle handle = handles.computeIfAbsent(function, this::bind)
                .orElseThrow(() -> new VisaFailure(function + " (which this library lacks)", Visa.ERROR_NSUP_OPER));
        int status;
        try {
            status = (int) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(function + " could not be called", e);
        }
        if (status < 0) {
            throw new VisaFailure(function, status);
        }
        return status;
    }
}
