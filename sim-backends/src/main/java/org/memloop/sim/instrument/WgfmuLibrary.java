package org.memloop.sim.instrument;

import java.lang.annotation.Annotation;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Make native functions of methods, as the header of the WGFMU library declares them, for callers that know nothing of
 * Java.
 *
 * <pre>
 *   int, double     by value            int[], double[]    pointer, one element or as many as the size says
 *   String          char*, read         StringBuilder      char*, written with a zero at its end
 *   String[]        char**, read        StringBuilder[]    char**, each written as above
 * </pre>
 */
@SuppressWarnings("restricted") // native memory, as pointers of a caller name it
final class WgfmuLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(WgfmuLibrary.class);
    private static final long TEXT_BYTES_MAX = 1 << 20;

    private WgfmuLibrary() {}

    /** Hold one parameter's place in native memory while a call runs. */
    private record Argument(Object value, MemorySegment memory, int length) {}

    /** Refuse a pointer to nothing. */
    private static final class NullPointer extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Make a native function of a method.
     *
     * @param method which
     * @param target whose
     * @param arena how long it lives
     * @return its address
     */
    static MemorySegment stub(Method method, Object target, Arena arena) {
        Class<?>[] types = method.getParameterTypes();
        MemoryLayout[] layouts = Arrays.stream(types).map(WgfmuLibrary::layout).toArray(MemoryLayout[]::new);
        Class<?>[] carriers = Arrays.stream(types).map(type -> type.isPrimitive() ? type : MemorySegment.class)
                .toArray(Class<?>[]::new);
        try {
            MethodHandle call = MethodHandles.lookup()
                    .findStatic(WgfmuLibrary.class, "call",
                            MethodType.methodType(int.class, Method.class, Object.class, Object[].class))
                    .bindTo(method).bindTo(target).asCollector(Object[].class, types.length)
                    .asType(MethodType.methodType(int.class, carriers));
            return Linker.nativeLinker().upcallStub(call, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts), arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemoryLayout layout(Class<?> type) {
        return type == int.class
                ? ValueLayout.JAVA_INT
                : type == double.class ? ValueLayout.JAVA_DOUBLE : ValueLayout.ADDRESS;
    }

    /** Carry out a call. Nothing may be thrown here: there is no Java to catch it. */
    private static int call(Method method, Object target, Object[] natives) {
        try {
            int size = size(method, natives);
            Annotation[][] marks = method.getParameterAnnotations();
            Argument[] arguments = IntStream.range(0, natives.length)
                    .mapToObj(i -> read(method.getParameterTypes()[i], natives[i],
                            marked(marks[i], WgfmuSize.Many.class) ? size : 1))
                    .toArray(Argument[]::new);
            int code = (int) method.invoke(target, Arrays.stream(arguments).map(Argument::value).toArray());
            Arrays.stream(arguments).forEach(WgfmuLibrary::write);
            return code;
        } catch (NullPointer _) {
            return WgfmuFailure.PARAMETER;
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            LOG.error("{} failed", method.getName(), e);
            return WgfmuFailure.LIBRARY;
        }
    }

    private static boolean marked(Annotation[] marks, Class<? extends Annotation> mark) {
        return Arrays.stream(marks).anyMatch(mark::isInstance);
    }

    private static int size(Method method, Object[] natives) {
        Annotation[][] marks = method.getParameterAnnotations();
        for (int i = 0; i < natives.length; i++) {
            if (marked(marks[i], WgfmuSize.class)) {
                int size = natives[i] instanceof MemorySegment pointer
                        ? at(pointer, Integer.BYTES).get(ValueLayout.JAVA_INT, 0)
                        : (int) natives[i];
                return Math.max(0, size);
            }
        }
        return 1;
    }

    private static MemorySegment at(MemorySegment pointer, long bytes) {
        if (pointer.address() == 0) {
            throw new NullPointer();
        }
        return pointer.reinterpret(bytes);
    }

    private static Argument read(Class<?> type, Object passed, int length) {
        if (type.isPrimitive()) {
            return new Argument(passed, MemorySegment.NULL, 0);
        }
        MemorySegment pointer = (MemorySegment) passed;
        if (type == String.class) {
            return new Argument(text(pointer), MemorySegment.NULL, 0);
        }
        if (type == StringBuilder.class) {
            return new Argument(new StringBuilder(), at(pointer, TEXT_BYTES_MAX), 1);
        }
        if (type == int[].class) {
            MemorySegment memory = at(pointer, (long) Integer.BYTES * length);
            return new Argument(memory.toArray(ValueLayout.JAVA_INT), memory, length);
        }
        if (type == double[].class) {
            MemorySegment memory = at(pointer, (long) Double.BYTES * length);
            return new Argument(memory.toArray(ValueLayout.JAVA_DOUBLE), memory, length);
        }
        MemorySegment pointers = at(pointer, ValueLayout.ADDRESS.byteSize() * length);
        Object texts = type == String[].class
                ? IntStream.range(0, length).mapToObj(i -> text(pointers.getAtIndex(ValueLayout.ADDRESS, i)))
                        .toArray(String[]::new)
                : IntStream.range(0, length).mapToObj(_ -> new StringBuilder()).toArray(StringBuilder[]::new);
        return new Argument(texts, pointers, length);
    }

    private static String text(MemorySegment pointer) {
        return at(pointer, TEXT_BYTES_MAX).getString(0, StandardCharsets.ISO_8859_1);
    }

    private static void write(Argument argument) {
        switch (argument.value()) {
            case int[] values ->
                MemorySegment.copy(values, 0, argument.memory(), ValueLayout.JAVA_INT, 0, values.length);
            case double[] values ->
                MemorySegment.copy(values, 0, argument.memory(), ValueLayout.JAVA_DOUBLE, 0, values.length);
            case StringBuilder text -> argument.memory().setString(0, text.toString(), StandardCharsets.ISO_8859_1);
            case StringBuilder[] texts -> {
                for (int i = 0; i < texts.length; i++) {
                    at(argument.memory().getAtIndex(ValueLayout.ADDRESS, i), TEXT_BYTES_MAX)
                            .setString(0, texts[i].toString(), StandardCharsets.ISO_8859_1);
                }
            }
            default -> {
                // read only
            }
        }
    }
}
