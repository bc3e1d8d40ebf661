package org.memloop.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.recording.Table;
import org.memloop.run.JournalReader.Entry;

/**
 * Make tables of a journal, for other programs and for people ({@code docs/journal.md}, <i>Exported</i>): pulses, programs,
 * steps, readings, cells, and whatever else was written down.
 */
public final class SessionTables {
    private final JournalReader.Content content;
    private final Map<Pulse, Integer> pulses = new HashMap<>();
    private final List<Pulse> pulseList = new ArrayList<>();
    private final Map<Long, PulseProgram> programs = new HashMap<>();
    private final List<Entry.Intent> intents = new ArrayList<>();
    private final Map<Long, String> outcomes = new HashMap<>();
    private final List<Entry.Done> done = new ArrayList<>();

    private SessionTables(JournalReader.Content content) {
        this.content = content;
        for (Entry entry : content.entries()) {
            switch (entry) {
                case Entry.Intent intent -> {
                    intents.add(intent);
                    programs.put(intent.id(), intent.program());
                    intent.program().pulses().forEach(this::number);
                }
                case Entry.Done outcome -> {
                    done.add(outcome);
                    outcomes.put(outcome.id(), "done");
                }
                case Entry.Failed failed -> outcomes.put(failed.id(), "failed, pulses "
                        + failed.firing().name().toLowerCase(Locale.ROOT) + ": " + failed.reason());
                default -> {
                }
            }
        }
    }

    /**
     * Make all tables.
     *
     * @param content what the journal says
     * @return the tables
     */
    public static List<Table> of(JournalReader.Content content) {
        SessionTables made = new SessionTables(content);
        List<Table> tables = new ArrayList<>(List.of(made.pulses(), made.programs(), made.steps(), made.readings()));
        content.header().ifPresent(header -> tables.add(made.cells(header.capabilities().geometry())));
        tables.add(made.measured());
        tables.add(made.events());
        return tables;
    }

    private int number(Pulse pulse) {
        return pulses.computeIfAbsent(pulse, added -> {
            pulseList.add(added);
            return pulseList.size() - 1;
        });
    }

    private Table pulses() {
        return new Table("pulses", List.of(
                new Table.Words("name", pulseList.stream().map(Pulse::name).toArray(String[]::new)),
                new Table.Words("polarity", pulseList.stream().map(p -> p.polarity().name()).toArray(String[]::new)),
                new Table.Decimals("column_volts", "V", pulseList.stream().mapToDouble(Pulse::columnVolts).toArray()),
                new Table.Decimals("gate_volts", "V", pulseList.stream().mapToDouble(Pulse::gateVolts).toArray()),
                new Table.Decimals("width_seconds", "s",
                        pulseList.stream().mapToDouble(Pulse::widthSeconds).toArray()),
                new Table.Wholes("measured", "1", pulseList.stream().mapToInt(p -> p.measured() ? 1 : 0).toArray())));
    }

    private Table programs() {
        return new Table("programs", List.of(
                new Table.Longs("program", "1", intents.stream().mapToLong(Entry.Intent::id).toArray()),
                new Table.Longs("completes", "1", intents.stream().mapToLong(Entry.Intent::completes).toArray()),
                new Table.Wholes("steps", "1", intents.stream().mapToInt(one -> one.program().size()).toArray()),
                new Table.Longs("pulses", "1", intents.stream().mapToLong(one -> one.program().pulseCount()).toArray()),
                new Table.Words("outcome", intents.stream()
                        .map(one -> outcomes.getOrDefault(one.id(), "unfinished")).toArray(String[]::new))));
    }

    private Table steps() {
        int size = intents.stream().mapToInt(one -> one.program().size()).sum();
        long[] program = new long[size];
        int[] cell = new int[size];
        int[] pulse = new int[size];
        int[] count = new int[size];
        int row = 0;
        for (Entry.Intent intent : intents) {
            for (int step = 0; step < intent.program().size(); step++, row++) {
                program[row] = intent.id();
                cell[row] = intent.program().cell(step);
                pulse[row] = pulses.get(intent.program().pulse(step));
                count[row] = intent.program().count(step);
            }
        }
        return new Table("steps", List.of(new Table.Longs("program", "1", program), new Table.Wholes("cell", "1", cell),
                new Table.Wholes("pulse", "1", pulse), new Table.Wholes("count", "1", count)));
    }

    private Table readings() {
        int size = done.stream().mapToInt(one -> one.readings().size()).sum();
        long[] program = new long[size];
        int[] step = new int[size];
        int[] cell = new int[size];
        int[] pulse = new int[size];
        double[] volts = new double[size];
        double[] amps = new double[size];
        double[] seconds = new double[size];
        int[] quality = new int[size];
        int row = 0;
        for (Entry.Done one : done) {
            Readings readings = one.readings();
            for (int i = 0; i < readings.size(); i++, row++) {
                program[row] = one.id();
                step[row] = readings.step(i);
                cell[row] = programs.get(one.id()).cell(step[row]);
                pulse[row] = pulses.get(programs.get(one.id()).pulse(step[row]));
                volts[row] = readings.volts(i);
                amps[row] = readings.amps(i);
                seconds[row] = readings.seconds(i);
                quality[row] = readings.quality(i).ordinal();
            }
        }
        return new Table("readings", List.of(new Table.Longs("program", "1", program),
                new Table.Wholes("step", "1", step), new Table.Wholes("cell", "1", cell),
                new Table.Wholes("pulse", "1", pulse), new Table.Decimals("volts", "V", volts),
                new Table.Decimals("amps", "A", amps), new Table.Decimals("seconds", "s", seconds),
                new Table.Wholes("quality", "1", quality)));
    }

    private Table cells(Geometry geometry) {
        Wear wear = Wear.of(content, geometry);
        double[] siemens = new double[geometry.cells()];
        double[] seconds = new double[geometry.cells()];
        Arrays.fill(siemens, Double.NaN);
        Arrays.fill(seconds, Double.NaN);
        for (Entry.Done one : done) {
            Readings readings = one.readings();
            PulseProgram program = programs.get(one.id());
            for (int i = 0; i < readings.size(); i++) {
                int step = readings.step(i);
                if (!program.pulse(step).wears() && readings.quality(i) != Readings.Quality.LOST) {
                    siemens[program.cell(step)] = readings.amps(i) / readings.volts(i);
                    seconds[program.cell(step)] = readings.seconds(i);
                }
            }
        }
        int[] row = new int[geometry.cells()];
        int[] column = new int[geometry.cells()];
        Arrays.setAll(row, geometry::row);
        Arrays.setAll(column, geometry::column);
        return new Table("cells", List.of(new Table.Wholes("row", "1", row), new Table.Wholes("column", "1", column),
                new Table.Longs("wearing_pulses", "1", wear.fired()),
                new Table.Longs("wearing_pulses_in_doubt", "1", wear.doubtful()),
                new Table.Decimals("last_read_siemens", "S", siemens),
                new Table.Decimals("last_read_seconds", "s", seconds)));
    }

    private Table measured() {
        List<Entry.Measured> all = content.entries().stream().filter(Entry.Measured.class::isInstance)
                .map(Entry.Measured.class::cast).toList();
        return new Table("measured", List.of(
                new Table.Words("role", all.stream().map(one -> one.measured().role()).toArray(String[]::new)),
                new Table.Words("quantity", all.stream().map(one -> one.measured().quantity()).toArray(String[]::new)),
                new Table.Decimals("value", "in the column unit",
                        all.stream().mapToDouble(one -> one.measured().value()).toArray()),
                new Table.Words("unit", all.stream().map(one -> one.measured().unit()).toArray(String[]::new)),
                new Table.Decimals("seconds", "s",
                        all.stream().mapToDouble(one -> one.measured().seconds()).toArray())));
    }

    /** Everything that is said once: stages, rests, trips, resumptions; after which program. */
    private Table events() {
        List<Long> after = new ArrayList<>();
        List<String> what = new ArrayList<>();
        long program = 0;
        for (Entry entry : content.entries()) {
            String said = switch (entry) {
                case Entry.Intent intent -> {
                    program = intent.id();
                    yield "";
                }
                case Entry.Mark mark -> mark.stage() + " " + mark.done() + "/" + mark.of();
                case Entry.Rest rest -> "rest of " + rest.seconds() + " s";
                case Entry.Tripped tripped -> "tripped: " + tripped.reason();
                case Entry.Resumed resumed -> "resumed " + resumed.account();
                case Entry.Settled settled -> "program " + settled.id() + " settled: " + settled.account();
                case Entry.Unrecorded unrecorded -> unrecorded.what();
                default -> "";
            };
            if (!said.isEmpty()) {
                after.add(program);
                what.add(said);
            }
        }
        return new Table("events", List.of(
                new Table.Longs("after_program", "1", after.stream().mapToLong(Long::longValue).toArray()),
                new Table.Words("what", what.toArray(String[]::new))));
    }
}
