package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.PulseProgram;
import org.memloop.recording.TableFile;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;
import org.memloop.run.RunRecord;
import org.memloop.run.SessionTables;

import tools.jackson.databind.json.JsonMapper;

/** Look at runs that are there: list them, show one, hand one to other programs, compare two. */
public final class RunShelf {
    private final Console console;

    /**
     * Get ready to look.
     *
     * @param console who is told
     */
    public RunShelf(Console console) {
        this.console = console;
    }

    /**
     * List runs.
     *
     * @param runs folder that holds them
     */
    public void list(Path runs) {
        for (RunRecord run : RunRecord.all(runs)) {
            console.result(String.format(Locale.ROOT, "%-22s %-9s %s  %s", run.folder().getFileName(), run.status(),
                    run.text("started").orElse("-"), run.bench()));
        }
    }

    /**
     * Show what a run was, how it ended, and what its journal holds.
     *
     * @param folder its folder
     */
    public void show(Path folder) {
        RunRecord run = RunRecord.read(folder);
        console.result(run.folder().getFileName() + ", " + run.status()
                + run.text("reason").map(reason -> ": " + reason).orElse(""));
        console.result("  started " + run.text("started").orElse("-") + ", ended "
                + run.text("ended").orElse("never") + ", id " + run.id());
        console.result("  " + String.join(" ", run.commandLine()));
        run.configuration().forEach((key, value) -> console.result("  " + key + ": " + value));
        if (Files.exists(run.journal())) {
            journal(run.journal());
        }
    }

    private void journal(Path file) {
        JournalReader.Content content = JournalReader.read(file);
        long programs = 0;
        long pulses = 0;
        long readings = 0;
        for (Entry entry : content.entries()) {
            if (entry instanceof Entry.Intent intent) {
                programs++;
                pulses += intent.program().pulseCount();
                readings += intent.program().readingCount();
            }
        }
        console.result(
                String.format(Locale.ROOT, "  journal: %,d programs, %,d pulses, %,d of them measured, %,d bytes",
                        programs, pulses, readings, content.bytes()));
        content.damage().ifPresent(damage -> console.result("  journal, damaged: " + damage));
        content.unfinished().ifPresent(intent -> console.result("  journal: program " + intent.id()
                + " has no outcome; 'memloop resume' settles it"));
        for (Entry entry : content.entries()) {
            switch (entry) {
                case Entry.Tripped tripped -> console.result("  stopped: " + tripped.reason());
                case Entry.Resumed resumed -> console.result("  resumed " + resumed.account());
                case Entry.Settled settled ->
                    console.result("  program " + settled.id() + " settled: " + settled.account());
                case Entry.Failed failed -> console.result("  program " + failed.id() + " failed, pulses "
                        + failed.firing().name().toLowerCase(Locale.ROOT) + ": " + failed.reason());
                default -> {
                }
            }
        }
    }

    /**
     * Write a run's journal as tables that other programs read.
     *
     * @param folder the run's folder
     * @param csv whether as a folder of CSV files instead of one HDF5 file
     * @param out where; must not exist yet
     */
    public void export(Path folder, boolean csv, Path out) {
        JournalReader.Content content = JournalReader.read(requireJournal(folder));
        if (csv) {
            TableFile.writeCsv(out, SessionTables.of(content));
        } else {
            TableFile.writeHdf5(out, about(folder, content), SessionTables.of(content));
        }
        console.result(out.toString());
    }

    /**
     * Derive from a run's journal what each sort of pulse did.
     *
     * @param folder the run's folder
     * @param out the table; must not exist yet
     */
    public void responses(Path folder, Path out) {
        PulseResponses.write(JournalReader.read(requireJournal(folder)), out);
        console.result(out.toString());
    }

    private static Map<String, String> about(Path folder, JournalReader.Content content) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("format", "memloop session 1");
        about.put("run", folder.toAbsolutePath().normalize().getFileName().toString());
        content.header().ifPresent(header -> {
            about.put("id", header.run());
            about.put("kind", header.kind());
            about.put("started", header.started());
            about.put("bench", header.bench());
            about.put("seed", String.valueOf(header.seed()));
            about.put("configuration", JsonMapper.shared().writeValueAsString(header.configuration()));
            about.put("capabilities", JsonMapper.shared().writeValueAsString(header.capabilities()));
        });
        return about;
    }

    private static Path requireJournal(Path folder) {
        Path journal = RunRecord.read(folder).journal();
        if (!Files.exists(journal)) {
            throw new ConfigurationException("run " + folder + " has no journal");
        }
        return journal;
    }

    /**
     * Compare two runs: settings, results, and where their journals part.
     *
     * @param first folder of one
     * @param second folder of the other
     * @return whether results and programs are the same
     */
    public boolean compare(Path first, Path second) {
        RunRecord one = RunRecord.read(first);
        RunRecord other = RunRecord.read(second);
        TreeSet<String> keys = new TreeSet<>();
        one.configuration().keySet().forEach(key -> keys.add(String.valueOf(key)));
        other.configuration().keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            Object here = one.configuration().get(key);
            Object there = other.configuration().get(key);
            if (here == null || !here.equals(there)) {
                console.result("setting " + key + ": " + here + " | " + there);
            }
        }
        boolean same = true;
        for (String table : List.of("metrics.csv")) {
            same &= compareTables(first.resolve(table), second.resolve(table));
        }
        String parting = parting(programs(first), programs(second));
        console.result(parting.isEmpty() ? "programs: the same" : "programs part at " + parting);
        String answers = answers(first, second);
        console.result(answers.isEmpty() ? "readings: the same" : "readings part at " + answers);
        return same && parting.isEmpty() && answers.isEmpty();
    }

    private boolean compareTables(Path first, Path second) {
        if (!Files.exists(first) || !Files.exists(second)) {
            return true;
        }
        try {
            List<String> here = Files.readAllLines(first);
            List<String> there = Files.readAllLines(second);
            for (int line = 0; line < Math.max(here.size(), there.size()); line++) {
                String left = line < here.size() ? here.get(line) : "nothing";
                String right = line < there.size() ? there.get(line) : "nothing";
                if (!left.equals(right)) {
                    console.result(first.getFileName() + ", line " + (line + 1) + ": " + left + " | " + right);
                    return false;
                }
            }
            console.result(first.getFileName() + ": the same");
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Entry.Intent> programs(Path folder) {
        List<Entry.Intent> programs = new ArrayList<>();
        Path journal = RunRecord.read(folder).journal();
        if (Files.exists(journal)) {
            for (Entry entry : JournalReader.read(journal).entries()) {
                if (entry instanceof Entry.Intent intent && intent.completes() == 0) {
                    programs.add(intent);
                }
            }
        }
        return programs;
    }

    private static List<Entry.Done> outcomes(Path folder) {
        Path journal = RunRecord.read(folder).journal();
        return Files.exists(journal)
                ? JournalReader.read(journal).entries().stream().filter(Entry.Done.class::isInstance)
                        .map(Entry.Done.class::cast).toList()
                : List.of();
    }

    private static String answers(Path first, Path second) {
        List<Entry.Done> here = outcomes(first);
        List<Entry.Done> there = outcomes(second);
        for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
            if (!here.get(i).readings().equals(there.get(i).readings())) {
                return "program " + here.get(i).id() + " | program " + there.get(i).id();
            }
        }
        return here.size() == there.size() ? "" : "the end of one of them";
    }

    private static String parting(List<Entry.Intent> here, List<Entry.Intent> there) {
        for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
            if (i == here.size() || i == there.size()) {
                return "request " + (i + 1) + ": one of them ends there";
            }
            PulseProgram left = here.get(i).program();
            PulseProgram right = there.get(i).program();
            if (!left.equals(right)) {
                int step = 0;
                while (step < Math.min(left.size(), right.size()) && left.cell(step) == right.cell(step)
                        && left.count(step) == right.count(step) && left.pulse(step).equals(right.pulse(step))) {
                    step++;
                }
                return "request " + (i + 1) + ", step " + step + ": " + step(left, step) + " | " + step(right, step);
            }
        }
        return "";
    }

    private static String step(PulseProgram program, int step) {
        return step < program.size()
                ? "cell " + program.cell(step) + " " + program.pulse(step).name() + " x " + program.count(step)
                : "its end";
    }
}
