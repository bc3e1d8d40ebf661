package org.memloop.experiments;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.recording.EventLog;
import org.memloop.recording.Recording;

/**
 * Put into the project's own words what another program did: a program of pulses, and what it read. The arguments of an
 * event log, in SI units:
 *
 * <pre>
 *   READ        ohms, siemens, amperes, volts of the shunt
 *   SET, RESET  word line, bit line and source line volts, width
 *   ENDURANCE   (word line of RESET, of SET), bit line of SET, source line of RESET, width, cycles
 * </pre>
 *
 * @param program what was done
 * @param readings what was read
 */
record ImportedEvent(PulseProgram program, Readings readings) {
    private static final Readings NOTHING = Readings.builder(0).build();

    /** Understand one line of an event log; {@code read} is the condition of its readings, the log's time begins at 0. */
    static ImportedEvent of(EventLog.Event event, Geometry array, Pulse read, double firstSeconds) {
        int cell = cell(event, array);
        PulseProgram.Builder program = PulseProgram.builder();
        try {
            return switch (event.operation()) {
                case "READ" -> {
                    double amps = event.number(2, "current in amperes");
                    double volts = event.number(0, "resistance in ohms") * amps;
                    yield new ImportedEvent(program.add(cell, read).build(),
                            Readings.builder(1).add(0, Double.isFinite(volts) ? volts : read.columnVolts(), amps,
                                    event.seconds() - firstSeconds, Readings.Quality.GOOD).build());
                }
                case "SET" ->
                    new ImportedEvent(program.add(cell, pulse(event, Polarity.SET, 0, 1, 3)).build(), NOTHING);
                case "RESET" ->
                    new ImportedEvent(program.add(cell, pulse(event, Polarity.RESET, 0, 2, 3)).build(), NOTHING);
                case "ENDURANCE" -> {
                    int cycles = (int) event.number(5, "number of cycles");
                    yield new ImportedEvent(program.add(cell, pulse(event, Polarity.RESET, 0, 3, 4), cycles)
                            .add(cell, pulse(event, Polarity.SET, 1, 2, 4), cycles).build(), NOTHING);
                }
                default -> throw new IllegalArgumentException("the operation " + event.operation()
                        + " is not known, only READ, SET, RESET and ENDURANCE");
            };
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(event.where() + ": " + e.getMessage(), e);
        }
    }

    /** Put one pulse and one reading of every device of a recording into a program; before the first, a reading alone. */
    static ImportedEvent round(Recording recording, int pulse, int[] cells, Pulse weak, Pulse read) {
        PulseProgram.Builder program = PulseProgram.builder();
        Readings.Builder readings = Readings.builder(cells.length);
        int first = pulse == 0 ? 0 : cells.length;
        if (pulse > 0) {
            program.addAll(cells, weak);
        }
        program.addAll(cells, read);
        for (int device = 0; device < cells.length; device++) {
            readings.add(first + device, read.columnVolts(), read.columnVolts() * recording.siemens(device, pulse),
                    pulse,
                    Readings.Quality.GOOD);
        }
        return new ImportedEvent(program.build(), readings.build());
    }

    private static Pulse pulse(EventLog.Event event, Polarity polarity, int gate, int column, int width) {
        return new Pulse(polarity.name(), polarity, event.number(column, "column in volts"),
                event.number(gate, "word line in volts"), event.number(width, "width in seconds"), false);
    }

    private static int cell(EventLog.Event event, Geometry array) {
        try {
            int cell = Integer.parseInt(event.cell());
            if (array.contains(cell)) {
                return cell;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new ConfigurationException(event.where() + ": cell '" + event.cell() + "' is not on a " + array
                + " array, whose cells are 0 to " + (array.cells() - 1) + "; say what it is with --array ROWSxCOLUMNS");
    }
}
