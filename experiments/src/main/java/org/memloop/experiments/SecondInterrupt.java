package org.memloop.experiments;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

/**
 * End the process at the second Ctrl-C, while the first is still being obeyed, after a last attempt of a second at most.
 * Java itself passes over the second.
 *
 * <p>The handler of signals lies in {@code jdk.unsupported}, which every JDK has; where one has not, the second Ctrl-C is
 * passed over as ever.
 */
final class SecondInterrupt implements AutoCloseable {
    private static final int INTERRUPTED = 130;
    private static final Duration LAST_RESORT = Duration.ofSeconds(1);

    private final Class<?> signal;
    private final Class<?> handler;
    private final Object before;

    private SecondInterrupt(Class<?> signal, Class<?> handler, Runnable told, Runnable lastResort)
            throws ReflectiveOperationException {
        this.signal = signal;
        this.handler = handler;
        boolean[] first = {true};
        before = handle(Proxy.newProxyInstance(SecondInterrupt.class.getClassLoader(), new Class<?>[]{handler},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        if (!first[0]) {
                            attempt(lastResort);
                            Runtime.getRuntime().halt(INTERRUPTED);
                        }
                        first[0] = false;
                        told.run();
                        // a signal is handled on a thread of its own, the next one must find the way free
                        new Thread(() -> Runtime.getRuntime().exit(INTERRUPTED), "stop at Ctrl-C").start();
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "stop at Ctrl-C";
                }));
    }

    private static void attempt(Runnable lastResort) {
        try {
            Thread.ofPlatform().daemon().uncaughtExceptionHandler((_, _) -> {}).start(lastResort)
                    .join(LAST_RESORT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tell of the first Ctrl-C and obey the second, until this is closed. */
    static AutoCloseable listen(Runnable told, Runnable lastResort) {
        try {
            return new SecondInterrupt(Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"), told,
                    lastResort);
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            return () -> {};
        }
    }

    private Object handle(Object by) throws ReflectiveOperationException {
        try {
            return signal.getMethod("handle", signal, handler).invoke(null,
                    signal.getConstructor(String.class).newInstance("INT"), by);
        } catch (InvocationTargetException e) {
            // somebody else, or the JVM itself (-Xrs), has this signal
            throw new IllegalArgumentException(e.getCause());
        }
    }

    @Override
    public void close() throws ReflectiveOperationException {
        handle(before);
    }
}
