package org.memloop.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.CsvLog;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

/**
 * Derive from a journal what each sort of pulse did: the conductance of the whole path at the first reading after such a
 * pulse, and by how much it differs from the last reading before, whatever the program was that the run followed.
 */
public final class PulseResponses {
    private static final double MICRO = 1e6;

    /** Collect what is known of one sort of pulse. */
    private static final class Response {
        private long pulses;
        private final List<Double> after = new ArrayList<>();
        private final List<Double> change = new ArrayList<>();
    }

    /** Know the last reading of a cell, and the wearing pulse since then. */
    private record Cell(double siemens, Pulse since, boolean readBefore) {}

    private final Map<Pulse, Response> responses = new LinkedHashMap<>();
    private final Map<Integer, Cell> cells = new HashMap<>();

    private PulseResponses() {}

    /**
     * Derive the responses and write them as a table, a line for each sort of pulse in the order of their first appearance.
     *
     * @param journal what is in a journal; of programs that failed or were cut off nothing is taken
     * @param file the table, a new file
     * @return how many sorts of pulses there are
     */
    public static int write(JournalReader.Content journal, Path file) {
        PulseResponses all = new PulseResponses();
        Map<Long, PulseProgram> open = new HashMap<>();
        for (Entry entry : journal.entries()) {
            if (entry instanceof Entry.Intent intent) {
                open.put(intent.id(), intent.program());
            } else if (entry instanceof Entry.Done done && open.containsKey(done.id())) {
                all.add(open.remove(done.id()), done.readings());
            }
        }
        all.write(file);
        return all.responses.size();
    }

    private void add(PulseProgram program, Readings readings) {
        int reading = 0;
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            int cell = program.cell(step);
            if (pulse.wears()) {
                responses.computeIfAbsent(pulse, _ -> new Response()).pulses += program.count(step);
                Cell before = cells.get(cell);
                cells.put(cell, new Cell(before == null ? 0 : before.siemens(), pulse,
                        before != null && before.since() == null));
            }
            for (; reading < readings.size() && readings.step(reading) == step; reading++) {
                if (!pulse.wears() && readings.quality(reading) != Readings.Quality.LOST) {
                    read(cell, readings.amps(reading) / readings.volts(reading));
                }
            }
        }
    }

    /** What is read after several sorts of pulses, or a second time, tells of none of them. */
    private void read(int cell, double siemens) {
        Cell before = cells.get(cell);
        if (before != null && before.since() != null) {
            Response response = responses.get(before.since());
            response.after.add(siemens);
            if (before.readBefore()) {
                response.change.add(siemens - before.siemens());
            }
        }
        cells.put(cell, new Cell(siemens, null, false));
    }

    private void write(Path file) {
        try (CsvLog table = new CsvLog(file, "pulse", "polarity", "column_volts", "gate_volts", "width_seconds",
                "pulses",
                "readings_after", "after_p10_microsiemens", "after_median_microsiemens", "after_p90_microsiemens",
                "changes", "change_p10_microsiemens", "change_median_microsiemens", "change_p90_microsiemens")) {
            responses.forEach((pulse, response) -> {
                List<Object> line = new ArrayList<>(List.of(pulse.name(), pulse.polarity(), pulse.columnVolts(),
                        pulse.gateVolts(), pulse.widthSeconds(), response.pulses));
                for (List<Double> values : List.of(response.after, response.change)) {
                    Collections.sort(values);
                    line.add(values.size());
                    for (double share : new double[]{0.1, 0.5, 0.9}) {
                        line.add(values.isEmpty()
                                ? Double.NaN
                                : Math.rint(1e3 * MICRO * values.get((int) (share * (values.size() - 1)))) / 1e3);
                    }
                }
                table.line(line.toArray());
            });
        }
    }
}
