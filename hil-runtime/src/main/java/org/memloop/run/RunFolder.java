package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Give a run a folder nobody else has, {@code 0007-train}, also when several programs start at once.
 *
 * @param number the run's number; grows by one from run to run
 * @param path the new, empty folder
 */
record RunFolder(int number, Path path) {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{4,9})-.+");

    static RunFolder create(Path runs, String kind) {
        try {
            Files.createDirectories(runs);
            int number = highest(runs);
            while (true) {
                number++;
                // Whoever creates the claim may use the number, unless it was used before the claim was free again.
                Path claim = runs.resolve(String.format(".%04d.claim", number));
                try {
                    Files.createFile(claim);
                } catch (FileAlreadyExistsException _) {
                    continue;
                }
                try {
                    if (number > highest(runs)) {
                        return new RunFolder(number,
                                Files.createDirectory(runs.resolve(String.format("%04d-%s", number, kind))));
                    }
                } finally {
                    Files.deleteIfExists(claim);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int highest(Path runs) throws IOException {
        try (Stream<Path> entries = Files.list(runs)) {
            List<Matcher> numbered = entries.map(p -> NUMBERED.matcher(p.getFileName().toString()))
                    .filter(Matcher::matches).toList();
            return numbered.stream().mapToInt(m -> Integer.parseInt(m.group(1))).max().orElse(0);
        }
    }
}
