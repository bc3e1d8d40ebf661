package org.memloop.die;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.calibration.CellHealth;

/**
 * Keep a ledger as a table with remarks above it.
 *
 * <pre>
 *   # memloop cell ledger, format 1
 *   # die A7
 *   # array 128x64
 *   # run 6f3c... records 812 of ../runs/0007-campaign
 *   cell,row,column,health,set_pulses,reset_pulses,uncertain_pulses,last_gate_volts,last_siemens,last_read
 *   0,0,0,healthy,11,10,0,2.5,9.87e-05,2026-03-01T14:31:07.482Z
 * </pre>
 *
 * What is not known is {@code nan}. The remark of a run says how much of its journal is counted, so that nothing is ever
 * counted twice.
 *
 * @param die what the die is called
 * @param ledger its cells
 * @param runs how many records of the journal of each run are counted in the ledger, by the run's unique name
 */
public record LedgerFile(String die, CellLedger ledger, Map<String, Counted> runs) {
    private static final String TITLE = "# memloop cell ledger, format 1";
    private static final String HEADER = "cell,row,column,health,set_pulses,reset_pulses,uncertain_pulses,"
            + "last_gate_volts,last_siemens,last_read";
    private static final String UNKNOWN = "nan";
    private static final int FIELDS = 10;

    /** Take the map as it is now. */
    public LedgerFile {
        runs = new LinkedHashMap<>(runs);
    }

    /**
     * Say how much of a run is in the ledger.
     *
     * @param records how many records of its journal are counted
     * @param folder where the run was
     */
    public record Counted(long records, String folder) {}

    /**
     * Read a ledger.
     *
     * @param file its path
     * @return what it holds
     * @throws ConfigurationException naming file and line when it is no ledger
     */
    public static LedgerFile read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the ledger " + file + ": " + e.getMessage(), e);
        }
        if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
            throw new ConfigurationException(file + " is no cell ledger of format 1");
        }
        String die = "";
        CellLedger ledger = null;
        Map<String, Counted> runs = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                String[] words = lines.get(i).split(lines.get(i).startsWith("#") ? " " : ",", -1);
                if (words[0].equals("#")) {
                    switch (words[1]) {
                        case "die" -> die = words[2];
                        case "array" -> ledger = new CellLedger(geometry(words[2]));
                        case "run" -> runs.put(words[2], new Counted(Long.parseLong(words[4]),
                                lines.get(i).split(" of ", 2)[1]));
                        default -> {
                            // a remark
                        }
                    }
                } else if (!lines.get(i).equals(HEADER)) {
                    ledger.restore(Integer.parseInt(words[0]), entry(words));
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException
                    | NullPointerException e) {
                throw new ConfigurationException(file + ", line " + (i + 1) + ": '" + lines.get(i)
                        + "' does not belong into a cell ledger", e);
            }
        }
        if (ledger == null) {
            throw new ConfigurationException(file + " does not say how large its array is");
        }
        return new LedgerFile(die, ledger, runs);
    }

    private static Geometry geometry(String text) {
        String[] sides = text.split("x");
        return new Geometry(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    private static CellLedger.Entry entry(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields");
        }
        return new CellLedger.Entry(fields[3].equals(UNKNOWN)
                ? Optional.empty()
                : Optional.of(CellHealth.valueOf(fields[3].toUpperCase(Locale.ROOT).replace('-', '_'))),
                Long.parseLong(fields[4]), Long.parseLong(fields[5]), Long.parseLong(fields[6]), number(fields[7]),
                number(fields[8]),
                fields[9].equals(UNKNOWN) ? Optional.empty() : Optional.of(Instant.parse(fields[9])));
    }

    private static OptionalDouble number(String text) {
        return text.equals(UNKNOWN) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    /**
     * Write the ledger beside the file and move it into place: a reader sees the old one or the new, and a power cut leaves
     * one of the two.
     *
     * @param file where
     * @throws UncheckedIOException when it cannot be written
     */
    public void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(draft)) {
                out.append(TITLE).append("\n# die ").append(die).append("\n# array ")
                        .append(ledger.geometry().toString()).append('\n');
                for (Map.Entry<String, Counted> run : runs.entrySet()) {
                    out.append("# run " + run.getKey() + " records " + run.getValue().records() + " of "
                            + run.getValue().folder() + "\n");
                }
                out.append(HEADER).append('\n');
                for (int cell = 0; cell < ledger.geometry().cells(); cell++) {
                    out.append(line(cell)).append('\n');
                }
            }
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(int cell) {
        CellLedger.Entry entry = ledger.cell(cell);
        return cell + "," + ledger.geometry().row(cell) + "," + ledger.geometry().column(cell) + ","
                + entry.health().map(health -> health.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .orElse(UNKNOWN)
                + "," + entry.setPulses() + "," + entry.resetPulses() + "," + entry.uncertainPulses() + ","
                + text(entry.lastGateVolts()) + "," + text(entry.lastSiemens()) + ","
                + entry.lastRead().map(Instant::toString).orElse(UNKNOWN);
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? String.valueOf(number.getAsDouble()) : UNKNOWN;
    }
}
