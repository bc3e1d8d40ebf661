package org.memloop.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Write a table line by line, so that a crash loses at most the line being written. Numbers are written as Java writes
 * them: the shortest decimal that reads back as the same number, with a point whatever the locale, so that equal
 * results make equal bytes.
 */
public final class CsvLog implements AutoCloseable {
    private final Path file;
    private final int columns;
    private final BufferedWriter out;

    /**
     * Begin a new table.
     *
     * @param file where; must not exist yet
     * @param header names of the columns, each ending in its unit where it has one
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public CsvLog(Path file, String... header) {
        this.file = file;
        this.columns = header.length;
        try {
            this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line((Object[]) header);
    }

    /**
     * Add one line and hand it to the operating system.
     *
     * @param values one for each column: numbers, or words without commas, quotes and line ends
     * @throws UncheckedIOException when it cannot be written
     */
    public void line(Object... values) {
        if (values.length != columns) {
            throw new IllegalArgumentException(
                    file + " has " + columns + " columns, a line of " + values.length + " does not fit");
        }
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ",").append(plain(value));
        }
        try {
            out.append(text).append('\n').flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String plain(Object value) {
        String text = String.valueOf(value);
        if (text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
            throw new IllegalArgumentException(file + ": '" + text + "' does not fit into one field of a table");
        }
        return text;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
