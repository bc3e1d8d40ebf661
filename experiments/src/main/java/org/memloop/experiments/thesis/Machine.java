package org.memloop.experiments.thesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.memloop.run.Environment;

/** Say what computer this is. */
final class Machine {
    private Machine() {}

    static String describe(Environment here) {
        return processor(Path.of("/proc/cpuinfo")) + Runtime.getRuntime().availableProcessors() + " cores, "
                + here.system() + ", Java " + here.java();
    }

    /** Linux tells the processor's name; elsewhere nothing is said of it. */
    static String processor(Path cpuinfo) {
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", ").orElse("");
        } catch (IOException _) {
            return "";
        }
    }
}
