package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Fix every setting of a self-test.
 *
 * @param rounds how many programs are started, at least 1
 * @param seed where kills and faults come from
 * @param folder where its runs are kept; removed again when all is well, if it was not there before
 */
public record SelftestPlan(int rounds, long seed, Path folder) {
    /** {@return a folder within, made if it is not there} */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name)).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Delete a folder and all that is in it. */
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
