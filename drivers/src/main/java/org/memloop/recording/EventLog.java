package org.memloop.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.memloop.bench.ConfigurationException;

/**
 * Make recordings of measurements that other programs wrote down. Files may be packed by gzip.
 *
 * <pre>
 *   event log   chip, unix time, cell, READ, ohms, siemens, amps, volts
 *               chip, unix time, cell, SET or RESET or ENDURANCE or another word, its conditions ...
 *   columns     numbers side by side, one line for each pulse
 * </pre>
 *
 * The event log is that of the NI-RRAM programs (A. Levy, R. Radway, 2021). Of it, the readings that follow one kind of
 * pulse make a recording: column t of a cell is its conductance at the t-th reading after such a pulse.
 */
public final class EventLog {
    private static final int FIRST_FIELDS = 4;

    private EventLog() {}

    /**
     * Read an event log.
     *
     * @param file its path
     * @param after which pulses the wanted readings follow, for example {@code SET}
     * @param pulses how many readings of each cell, cells with fewer are left out; 0 for as many as the cell with the
     *        fewest has
     * @return the recording, one row for each cell in the order of the log
     * @throws ConfigurationException naming file and line when it is no event log, or holds no such readings
     */
    public static Recording read(Path file, String after, int pulses) {
        Map<String, List<Float>> cells = new LinkedHashMap<>();
        Map<String, String> last = new LinkedHashMap<>();
        Map<String, String> conditions = new LinkedHashMap<>();
        String wanted = after.toUpperCase(Locale.ROOT);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", FIRST_FIELDS + 1);
            if (fields.length <= FIRST_FIELDS) {
                throw wrong(file, i, "is no event: chip, time, cell, operation and its arguments");
            }
            String cell = fields[0].strip() + " " + fields[2].strip();
            String operation = fields[3].strip().toUpperCase(Locale.ROOT);
            if (!operation.equals("READ")) {
                last.put(cell, operation);
                if (operation.equals(wanted)) {
                    conditions.putIfAbsent(operation, fields[4].strip());
                }
            } else if (wanted.equals(last.get(cell))) {
                cells.computeIfAbsent(cell, _ -> new ArrayList<>()).add(siemens(file, i, fields[4]));
                last.remove(cell);
            }
        }
        return recording(file, wanted, pulses, cells).with("origin", "event log " + file.getFileName())
                .with("pulse", wanted + " " + conditions.getOrDefault(wanted, ""));
    }

    private static float siemens(Path file, int line, String arguments) {
        String[] numbers = arguments.split(",");
        try {
            return Float.parseFloat(numbers[1]);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw wrong(file, line, "holds no conductance: a READ has ohms, siemens, amperes and volts");
        }
    }

    private static Recording recording(Path file, String after, int pulses, Map<String, List<Float>> cells) {
        int columns = pulses > 0 ? pulses : cells.values().stream().mapToInt(List::size).min().orElse(0);
        List<Map.Entry<String, List<Float>>> enough = cells.entrySet().stream()
                .filter(cell -> cell.getValue().size() >= columns).toList();
        if (columns == 0 || enough.isEmpty()) {
            throw new ConfigurationException(file + ": no cell has "
                    + (pulses > 0 ? pulses + " readings" : "a reading") + " after " + after);
        }
        float[] siemens = new float[Math.multiplyExact(enough.size(), columns)];
        for (int row = 0; row < enough.size(); row++) {
            for (int t = 0; t < columns; t++) {
                siemens[row * columns + t] = enough.get(row).getValue().get(t);
            }
        }
        return Recording.of(file.toString(), enough.size(), columns, siemens).with("cells",
                String.join("; ", enough.stream().map(Map.Entry::getKey).toList()));
    }

    /**
     * Read columns of numbers in a unit of their own, each the trace of one device, and stretch them to conductances.
     *
     * @param file its path
     * @param columns which columns, counted from 1
     * @param lowSiemens conductance of the least number among them
     * @param highSiemens conductance of the greatest number among them
     * @return the recording, one row for each column
     * @throws ConfigurationException naming file and line when it holds no such numbers
     */
    public static Recording columns(Path file, List<Integer> columns, double lowSiemens, double highSiemens) {
        List<String> lines = lines(file);
        double[][] numbers = new double[columns.size()][lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).strip().split("[,;\\s]+");
            for (int row = 0; row < numbers.length; row++) {
                try {
                    numbers[row][i] = Double.parseDouble(fields[columns.get(row) - 1]);
                } catch (NumberFormatException | IndexOutOfBoundsException e) {
                    throw wrong(file, i, "has no number in column " + columns.get(row));
                }
            }
        }
        double least = Arrays.stream(numbers).flatMapToDouble(Arrays::stream).min().orElse(0);
        double most = Arrays.stream(numbers).flatMapToDouble(Arrays::stream).max().orElse(0);
        if (!(most > least)) {
            throw new ConfigurationException(file + ": all numbers are equal");
        }
        float[] siemens = new float[numbers.length * lines.size()];
        for (int row = 0; row < numbers.length; row++) {
            for (int t = 0; t < lines.size(); t++) {
                siemens[row * lines.size() + t] = (float) (lowSiemens
                        + (numbers[row][t] - least) / (most - least) * (highSiemens - lowSiemens));
            }
        }
        return Recording.of(file.toString(), numbers.length, lines.size(), siemens)
                .with("origin",
                        "columns " + columns + " of " + file.getFileName() + ", stretched from " + least + " to "
                                + most + " onto " + lowSiemens + " S to " + highSiemens + " S");
    }

    private static List<String> lines(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
            if (lines.isEmpty()) {
                throw new ConfigurationException(file + " is empty");
            }
            return lines;
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static ConfigurationException wrong(Path file, int line, String what) {
        return new ConfigurationException(file + ", line " + (line + 1) + ": " + what);
    }
}
