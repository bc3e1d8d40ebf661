package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.memloop.bench.ConfigurationException;

/** Read a table of a run, one line for each epoch, by the names of its columns. */
final class Metrics {
    private final Path file;
    private final List<String> header;
    private final List<String[]> lines;

    private Metrics(Path file, List<String> header, List<String[]> lines) {
        this.file = file;
        this.header = header;
        this.lines = lines;
    }

    /** Reads a whole table; a last line that a crash cut short does not count. */
    static Metrics read(Path file) {
        try {
            List<String> text = Files.readAllLines(file);
            List<String> header = text.isEmpty() ? List.of() : List.of(text.getFirst().split(","));
            return new Metrics(file, header, text.stream().skip(1).map(line -> line.split(","))
                    .filter(fields -> fields.length == header.size()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the first lines of the table} */
    Metrics first(int epochs) {
        return new Metrics(file, header, lines.stream().limit(epochs).toList());
    }

    int epochs() {
        return lines.size();
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** {@return one number for each epoch, in order; empty when the run has no such column} */
    Optional<double[]> column(String name) {
        int at = header.indexOf(name);
        return at < 0
                ? Optional.empty()
                : Optional.of(lines.stream().mapToDouble(line -> number(name, line[at]))
                        .toArray());
    }

    /** {@return the same of a column that every run has} */
    double[] need(String name) {
        return column(name).orElseThrow(() -> new ConfigurationException(
                file + ": there is no column " + name + "; the run is of another version, move it elsewhere"));
    }

    private double number(String column, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(file + ": '" + text + "' in column " + column + " is no number", e);
        }
    }
}
