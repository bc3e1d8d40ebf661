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
    private static final String READ = "READ";

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
        for (Event event : events(file)) {
            String cell = event.chip() + " " + event.cell();
            if (!event.operation().equals(READ)) {
                last.put(cell, event.operation());
                conditions.putIfAbsent(event.operation(), event.arguments());
            } else if (wanted.equals(last.get(cell))) {
                cells.computeIfAbsent(cell, _ -> new ArrayList<>()).add((float) event.number(1, "conductance"));
                last.remove(cell);
            }
        }
        return recording(file, wanted, pulses, cells).with("origin", "event log " + file.getFileName())
                .with("pulse", wanted + " " + conditions.getOrDefault(wanted, ""));
    }

    /**
     * Hold one line of an event log.
     *
     * @param where file and line, for messages
     * @param chip which chip
     * @param seconds when, in the time of Unix
     * @param cell which cell, as the log names it
     * @param operation READ, SET, RESET, ENDURANCE or another word, in capitals
     * @param arguments the rest of the line
     */
    public record Event(String where, String chip, double seconds, String cell, String operation, String arguments) {
        /**
         * Read one of the arguments.
         *
         * @param index which, from 0; parentheses count for nothing
         * @param what what it is, for messages
         * @return the number
         * @throws ConfigurationException naming the line where it is none
         */
        public double number(int index, String what) {
            try {
                return Double.parseDouble(arguments.replaceAll("[()]", " ").split(",")[index]);
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new ConfigurationException(where + ": argument " + (index + 1) + " of " + operation
                        + " has to be its " + what + "; its arguments are '" + arguments + "'", e);
            }
        }
    }

    /**
     * Tell whether a file looks like an event log: a word stands in the fourth place of its first line.
     *
     * @param file its path
     * @return true when it does
     * @throws ConfigurationException when it cannot be read, or is empty
     */
    public static boolean is(Path file) {
        String[] fields = lines(file).getFirst().split(",", FIRST_FIELDS + 1);
        return fields.length > FIRST_FIELDS && fields[FIRST_FIELDS - 1].strip().matches("\\p{Alpha}+");
    }

    /**
     * Read every event of a log.
     *
     * @param file its path
     * @return the events, in order
     * @throws ConfigurationException naming file and line of what is no event
     */
    public static List<Event> events(Path file) {
        List<String> lines = lines(file);
        List<Event> events = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split(",", FIRST_FIELDS + 1);
            try {
                events.add(new Event(file + ", line " + (i + 1), fields[0].strip(),
                        Double.parseDouble(fields[1]), fields[2].strip(),
                        fields[3].strip().toUpperCase(Locale.ROOT), fields[FIRST_FIELDS].strip()));
            } catch (NumberFormatException | IndexOutOfBoundsException _) {
                throw wrong(file, i, "is no event: chip, time, cell, operation and its arguments");
            }
        }
        return events;
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
