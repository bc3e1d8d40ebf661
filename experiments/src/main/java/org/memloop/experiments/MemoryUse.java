package org.memloop.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Tell how much memory this process takes. */
final class MemoryUse {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private MemoryUse() {}

    /** {@return bytes of the heap in use, after what is not needed was thrown away} */
    static double heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** {@return the most memory the process has had so far, bytes; empty where the system does not say} */
    static OptionalDouble peakBytes() {
        if (!Files.isReadable(STATUS)) {
            return OptionalDouble.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(PEAK))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""))).findFirst();
        } catch (IOException _) {
            return OptionalDouble.empty();
        }
    }
}
