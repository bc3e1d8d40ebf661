package org.memloop.sim.fit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.memloop.bench.ConfigurationException;

/** Read a text file of rows without a header, plain or {@code .gz}, and say where in it something is wrong. */
final class TextTable {
    /** Commas and tabs, but no commas between parentheses. */
    private static final Pattern SEPARATOR = Pattern.compile("\t|,(?![^(]*\\))");

    private final Path file;
    private final List<String[]> rows = new ArrayList<>();

    private TextTable(Path file) {
        this.file = file;
    }

    static TextTable read(Path file) {
        TextTable table = new TextTable(file);
        try (InputStream in = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> table.rows.add(SEPARATOR.split(line.strip())));
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (table.rows.isEmpty()) {
            throw new ConfigurationException(file + ": is empty");
        }
        return table;
    }

    /** {@return the number of rows} */
    int rows() {
        return rows.size();
    }

    /** {@return the fields of a row, stripped} */
    String[] row(int row) {
        String[] fields = rows.get(row);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].strip();
        }
        return fields;
    }

    /** {@return the numbers of a row that has exactly so many} */
    double[] numbers(int row, int count) {
        String[] fields = row(row);
        if (fields.length != count) {
            throw refuse(row, "must have " + count + " fields, not " + fields.length);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(row, i);
        }
        return numbers;
    }

    double number(int row, int field) {
        String[] fields = row(row);
        if (field >= fields.length) {
            throw refuse(row, "has no field " + (field + 1));
        }
        try {
            double number = Double.parseDouble(fields[field]);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw refuse(row, "field " + (field + 1) + " must be a number, not '" + fields[field] + "'");
    }

    /** {@return a number above 0, such as a resistance} */
    double positive(int row, int field) {
        double number = number(row, field);
        if (!(number > 0)) {
            throw refuse(row, "field " + (field + 1) + " must be above 0, not " + number);
        }
        return number;
    }

    ConfigurationException refuse(int row, String what) {
        return new ConfigurationException(file + ", line " + (row + 1) + ": " + what);
    }
}
