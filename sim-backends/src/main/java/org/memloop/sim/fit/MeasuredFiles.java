package org.memloop.sim.fit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.sim.fit.Measured.Cycle;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;
import org.memloop.sim.fit.Measured.Trace;

/**
 * Read measurements of cells from the files of NI testers and of the relaxation studies made with them, and from
 * recordings of this program. The number and kind of columns tell what a file holds; rows have no header:
 *
 * <pre>
 *   sweep       address, width (s), gate (V), column (V), R before, R after (ohm)     "reset" or "set" in the file's name
 *   cycles      address, R low, R high (ohm), number
 *   relaxation  address, time (s), R (ohm), G, G at first (S), level, nominal time (s)
 *   trace       address, unix time (s), R (ohm), G (S), I (A), V
 *   event log   chip, unix time, address, READ, R, G, I, V
 *               chip, unix time, address, SET or RESET, gate, bit line, source line (V), width (s)
 *               chip, unix time, address, ENDURANCE, (gate of RESET, gate of SET), V, V, width, cycles
 * </pre>
 */
public final class MeasuredFiles {
    private static final double FIRST_UNIX_SECONDS = 1e8;
    private static final int[] PULSES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

    private MeasuredFiles() {}

    /**
     * Read a file.
     *
     * @param file its path; {@code .gz} is unpacked
     * @return what it holds
     * @throws ConfigurationException naming file and line when it holds something else
     */
    public static Measured read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigurationException(file + ": there is no such file, or it cannot be read");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.matches(".*\\.(npy|h5|hdf5)")) {
            return ours(file);
        }
        TextTable table = TextTable.read(file);
        int columns = table.row(0).length;
        if (columns > 4 && table.row(0)[3].matches("[A-Z]+")) {
            return eventLog(table);
        }
        return switch (columns) {
            case 4 -> cycles(table);
            case 6 -> table.number(0, 1) > FIRST_UNIX_SECONDS ? trace(table) : sweep(table, polarity(file, name));
            case 7 -> relaxation(table);
            default -> name.endsWith(".csv") ? ours(file) : unknown(table, columns);
        };
    }

    private static Measured unknown(TextTable table, int columns) {
        throw table.refuse(0, "has " + columns + " columns; known are cycles (4), sweeps and traces (6), relaxation (7)"
                + " and event logs, whose fourth column names an operation");
    }

    private static Polarity polarity(Path file, String name) {
        if (name.contains("reset")) {
            return Polarity.RESET;
        }
        if (name.contains("set")) {
            return Polarity.SET;
        }
        throw new ConfigurationException(file + ": a sweep does not say whether it is one of SET or RESET;"
                + " put 'set' or 'reset' into its file name");
    }

    private static Measured sweep(TextTable table, Polarity polarity) {
        List<Response> responses = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            double[] n = table.numbers(row, 6);
            responses.add(new Response((long) n[0], polarity, rounded(n[3]), rounded(n[2]), table.positive(row, 1), 1,
                    1 / table.positive(row, 4), 1 / table.positive(row, 5)));
        }
        return new Measured(responses, List.of(), List.of(), List.of());
    }

    private static Measured cycles(TextTable table) {
        List<Cycle> cycles = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            double[] n = table.numbers(row, 4);
            if (!(n[3] >= 1)) {
                throw table.refuse(row, "field 4, the number of the cycle, must be 1 or more, not " + n[3]);
            }
            cycles.add(new Cycle((long) n[0], (int) n[3], table.positive(row, 1), table.positive(row, 2)));
        }
        return new Measured(List.of(), cycles, List.of(), List.of());
    }

    private static Measured relaxation(TextTable table) {
        List<Settling> settlings = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            double[] n = table.numbers(row, 7);
            if (n[6] > 0) {
                settlings.add(new Settling((long) n[0], n[6], table.positive(row, 4), table.positive(row, 3)));
            }
        }
        return new Measured(List.of(), List.of(), List.of(), settlings);
    }

    private static Measured trace(TextTable table) {
        double[] seconds = new double[table.rows()];
        double[] siemens = new double[table.rows()];
        for (int row = 0; row < table.rows(); row++) {
            double[] n = table.numbers(row, 6);
            seconds[row] = n[1] - table.number(0, 1);
            siemens[row] = 1 / table.positive(row, 2);
        }
        return new Measured(List.of(), List.of(), List.of(new Trace((long) table.number(0, 0), seconds, siemens)),
                List.of());
    }

    /** Take every SET or RESET that stands between two readings of a cell; ENDURANCE hides what came before. */
    private static Measured eventLog(TextTable table) {
        List<Response> responses = new ArrayList<>();
        Map<Long, Double> known = new HashMap<>();
        Map<Long, Response> pending = new HashMap<>();
        for (int row = 0; row < table.rows(); row++) {
            long cell = (long) table.number(row, 2);
            String operation = table.row(row)[3];
            switch (operation) {
                case "READ" -> {
                    double siemens = 1 / table.positive(row, 4);
                    if (pending.containsKey(cell) && known.containsKey(cell)) {
                        responses.add(pending.get(cell).read(known.get(cell), siemens));
                    }
                    pending.remove(cell);
                    known.put(cell, siemens);
                }
                case "SET", "RESET" -> {
                    boolean second = pending.remove(cell) != null;
                    if (second) {
                        known.remove(cell);
                    } else {
                        pending.put(cell, pulse(table, row, cell, Polarity.valueOf(operation)));
                    }
                }
                case "ENDURANCE" -> known.remove(cell);
                default -> throw table.refuse(row,
                        "unknown operation '" + operation + "'; known are READ, SET, RESET and ENDURANCE");
            }
        }
        return new Measured(responses, List.of(), List.of(), List.of());
    }

    private static Response pulse(TextTable table, int row, long cell, Polarity polarity) {
        double columnVolts = table.number(row, polarity == Polarity.SET ? 5 : 6);
        return new Response(cell, polarity, rounded(columnVolts), rounded(table.number(row, 4)),
                table.positive(row, 7), 1, 1, 1);
    }

    /** Sweeps count in hundredths of a volt, and add up rounding errors. */
    private static double rounded(double volts) {
        return Math.round(volts * 1e6) / 1e6;
    }

    /** {@return responses after some numbers of pulses of a recording of this program, of weak RESET} */
    private static Measured ours(Path file) {
        Recording recording = Recordings.read(file, Optional.empty());
        Pulse pulse = Pulse.WEAK_RESET;
        List<Response> responses = new ArrayList<>();
        for (int device = 0; device < recording.devices(); device++) {
            for (int pulses : PULSES) {
                if (pulses < recording.pulses()) {
                    responses.add(new Response(device, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(),
                            pulse.widthSeconds(), pulses, recording.siemens(device, 0),
                            recording.siemens(device, pulses)));
                }
            }
        }
        return new Measured(responses, List.of(), List.of(), List.of());
    }
}
