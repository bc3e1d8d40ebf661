package org.memloop.instrument.keysight;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.keysight.WgfmuFunction.Type;

/**
 * Call the functions of the B1530A instrument library ({@code wgfmu.dll}) by the C calling convention.
 *
 * <pre>
 *   wgfmu.call(ADD_VECTORS, "read", seconds, volts, seconds.length);
 *   int[] size = {100};
 *   wgfmu.call(GET_MEASURE_VALUES, 101, 0, size, seconds, values);    // arrays are copied in and, afterwards, back
 * </pre>
 *
 * The library is one for each process and knows no threads: one caller at a time. It is for Windows only, and speaks to
 * the mainframe through the VISA library installed there.
 */
@SuppressWarnings("restricted") // a foreign library is called; that is what this class is for
public final class Wgfmu {
    private static final String USUAL = "wgfmu";
    private static final int COMMUNICATION_ERROR = -5;
    private static final int ERROR_BYTES_MAX = 1 << 16;
    private static final String[] CODES = {"no error", "a parameter is out of range", "an illegal string",
            "called at the wrong time", "not supported", "communication failed", "firmware error", "library error",
            "error", "no such channel", "no such pattern", "no such event", "the pattern exists already",
            "the sequencer does not run", "the result is not ready", "the result is out of date"};

    private final SymbolLookup library;
    private final String instrument;
    private final Map<WgfmuFunction, MethodHandle> handles = new EnumMap<>(WgfmuFunction.class);

    /**
     * Use a library that is loaded.
     *
     * @param library where its functions are found
     * @param instrument how messages name the instrument, for example {@code pulse-measure-unit at GPIB0::17::INSTR}
     */
    public Wgfmu(SymbolLookup library, String instrument) {
        this.library = library;
        this.instrument = instrument;
    }

    /**
     * Load the library.
     *
     * @param path its file; the one that the system finds when empty
     * @param arena until when it stays loaded
     * @return where its functions are found
     * @throws ConfigurationException when this computer has none
     */
    public static SymbolLookup load(Optional<String> path, Arena arena) {
        String name = path.orElse(System.mapLibraryName(USUAL));
        try {
            return SymbolLookup.libraryLookup(name, arena);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("the B1530A is reached through Keysight's library '" + name
                    + "', which this computer (" + System.getProperty("os.name")
                    + ") cannot load; it exists for Windows: install the B1530A instrument library there, or write"
                    + " where it is under options: library:", e);
        }
    }

    /**
     * Call a function.
     *
     * @param function which
     * @param arguments one for each parameter, of the kind its {@link Type} names; arrays hold results afterwards
     * @throws LinkException when the library cannot reach the mainframe
     * @throws InstrumentException when the function fails otherwise: its return code and what the library says of it
     * @throws ConfigurationException when this version of the library has no such function
     * @throws IllegalArgumentException when the arguments are not those of the function
     */
    public void call(WgfmuFunction function, Object... arguments) {
        int code = invoke(function, arguments);
        if (code != 0) {
            throw failure(function.symbol() + shown(arguments), code);
        }
    }

    private BenchException failure(String request, int code) {
        String meaning = code < 0 && -code < CODES.length ? CODES[-code] : "unknown";
        String said = errorText();
        String reply = code + " (" + meaning + ")" + (said.isBlank() ? "" : ": " + said);
        return code == COMMUNICATION_ERROR
                ? new LinkException(instrument, request, reply, null)
                : new InstrumentException(instrument, request, reply, "");
    }

    private String errorText() {
        int[] size = {0};
        if (invoke(WgfmuFunction.GET_ERROR_SIZE, size) != 0 || size[0] < 1 || size[0] > ERROR_BYTES_MAX) {
            return "";
        }
        byte[] text = new byte[size[0] + 1];
        int[] room = {text.length};
        return invoke(WgfmuFunction.GET_ERROR, text, room) == 0 ? text(text) : "";
    }

    /**
     * Read a text that a function has written into an array.
     *
     * @param bytes the array
     * @return the text up to the first zero
     */
    public static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip();
    }

    private int invoke(WgfmuFunction function, Object... arguments) {
        int count = function.parameters().size();
        if (arguments.length != count) {
            throw new IllegalArgumentException(function.symbol() + " takes " + function.parameters());
        }
        MethodHandle handle = handles.computeIfAbsent(function, this::bind);
        try (Arena arena = Arena.ofConfined()) {
            Object[] natives = new Object[count];
            for (int i = 0; i < count; i++) {
                natives[i] = toNative(function, i, arguments[i], arena);
            }
            int code = (int) handle.invokeWithArguments(natives);
            for (int i = 0; i < count; i++) {
                copyBack(arguments[i], natives[i]);
            }
            return code;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(function.symbol(), e);
        }
    }

    private MethodHandle bind(WgfmuFunction function) {
        MemorySegment address = library.find(function.symbol())
                .orElseThrow(() -> new ConfigurationException(instrument + ": the WGFMU library has no function "
                        + function.symbol() + "; is it Keysight's, and not too old?"));
        return Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                function.parameters().stream().map(Wgfmu::layout).toArray(MemoryLayout[]::new)));
    }

    private static MemoryLayout layout(Type type) {
        return switch (type) {
            case INT -> ValueLayout.JAVA_INT;
            case DOUBLE -> ValueLayout.JAVA_DOUBLE;
            case TEXT, TEXTS, INTS, DOUBLES, CHARS, BUFFERS -> ValueLayout.ADDRESS;
        };
    }

    private static Object toNative(WgfmuFunction function, int index, Object argument, Arena arena) {
        Type type = function.parameters().get(index);
        return switch (argument) {
            case Integer value when type == Type.INT -> value;
            case Double value when type == Type.DOUBLE -> value;
            case String text when type == Type.TEXT -> arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
            case String[] texts when type == Type.TEXTS -> pointers(arena, Arrays.stream(texts)
                    .map(text -> arena.allocateFrom(text, StandardCharsets.ISO_8859_1)).toArray(MemorySegment[]::new));
            case int[] values when type == Type.INTS -> arena.allocateFrom(ValueLayout.JAVA_INT, values);
            case double[] values when type == Type.DOUBLES -> arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
            case byte[] bytes when type == Type.CHARS -> arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            case byte[][] buffers when type == Type.BUFFERS -> pointers(arena, Arrays.stream(buffers)
                    .map(buffer -> arena.allocateFrom(ValueLayout.JAVA_BYTE, buffer)).toArray(MemorySegment[]::new));
            default -> throw new IllegalArgumentException(function.symbol() + ": parameter " + (index + 1) + " is "
                    + type + ", which cannot be made of " + argument.getClass().getSimpleName());
        };
    }

    private static MemorySegment pointers(Arena arena, MemorySegment[] targets) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, Math.max(1, targets.length));
        for (int i = 0; i < targets.length; i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, targets[i]);
        }
        return array;
    }

    private static void copyBack(Object argument, Object passed) {
        switch (argument) {
            case int[] values ->
                MemorySegment.copy((MemorySegment) passed, ValueLayout.JAVA_INT, 0, values, 0, values.length);
            case double[] values ->
                MemorySegment.copy((MemorySegment) passed, ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
            case byte[] bytes ->
                MemorySegment.copy((MemorySegment) passed, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
            case byte[][] buffers -> {
                for (int i = 0; i < buffers.length; i++) {
                    MemorySegment buffer = ((MemorySegment) passed).getAtIndex(ValueLayout.ADDRESS, i)
                            .reinterpret(buffers[i].length);
                    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, buffers[i], 0, buffers[i].length);
                }
            }
            default -> {
            }
        }
    }

    private static String shown(Object[] arguments) {
        return Arrays.stream(arguments).map(argument -> switch (argument) {
            case int[] values -> "int[" + values.length + "]";
            case double[] values -> "double[" + values.length + "]";
            case byte[] bytes -> "char[" + bytes.length + "]";
            case Object[] objects -> objects.getClass().getComponentType().getSimpleName() + "[" + objects.length + "]";
            default -> String.valueOf(argument);
        }).toList().toString().replace('[', '(').replace(']', ')');
    }
}
