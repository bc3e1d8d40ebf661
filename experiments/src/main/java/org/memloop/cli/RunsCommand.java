package org.memloop.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;
import org.memloop.experiments.Console;
import org.memloop.experiments.ImportRun;
import org.memloop.experiments.RunShelf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Look at runs that are there. */
@Command(name = "runs", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true, synopsisSubcommandLabel = "COMMAND",
        description = "List runs, show one, export one for other programs, import one of theirs, compare two.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop runs list", "  memloop runs export runs/0001-train --out session.h5",
                "  memloop runs import endurance_log.csv.gz",
                "  memloop runs compare runs/0001-train runs/0002-train"})
final class RunsCommand {
    private enum Format {
        H5,
        CSV
    }

    private final Console console;
    private final RunShelf shelf;

    @Spec
    private CommandSpec spec;

    RunsCommand(Console console) {
        this.console = console;
        shelf = new RunShelf(console);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "List runs with how they ended.")
    int list(@Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
            description = "Folder that holds the runs (default: ${DEFAULT-VALUE}).") Path runs) {
        shelf.list(runs);
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Show settings, end and journal of a run.")
    int show(@Parameters(paramLabel = "RUN", description = "Folder of the run.") Path folder) {
        shelf.show(folder);
        return 0;
    }

    @Command(name = "export", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Write the journal of a run as tables: one HDF5 file, or a folder of CSV files.")
    int export(@Parameters(paramLabel = "RUN", description = "Folder of the run.") Path folder,
            @Option(names = "--format", paramLabel = "F", defaultValue = "h5",
                    description = "h5 or csv (default: ${DEFAULT-VALUE}).") Format format,
            @Option(names = "--out", paramLabel = "PATH",
                    description = "New file or folder (default: session.h5 or session).") Path out) {
        boolean csv = format == Format.CSV;
        shelf.export(folder, csv, out != null ? out : Path.of(csv ? "session" : "session.h5"));
        return 0;
    }

    @Command(name = "import", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false, usageHelpAutoWidth = true,
            description = "Make a run of what another program has measured: an event log of READ, SET, RESET and ENDURANCE "
                    + "operations (packed by gzip or not), or a recording of weak pulses (.h5, .npy, .csv, .txt). 'runs', "
                    + "'analyze' and, with its recording.h5, 'traces:' take it.",
            footerHeading = "%nExamples:%n",
            footer = {"  memloop runs import endurance_log.csv.gz --after RESET",
                    "  memloop runs import die7.h5 --note 'wafer 3'",
                    "  memloop train --bench traces:runs/0001-import/recording.h5"})
    int importRun(@Parameters(paramLabel = "FILE", description = "What was measured.") Path file,
            @Option(names = "--chip", paramLabel = "ID",
                    description = "Of an event log of several chips: this one (default: the only one).") String chip,
            @Option(names = "--array", paramLabel = "ROWSxCOLUMNS",
                    description = "Shape of the array; cells are counted row by row "
                            + "(default: 256x256 for an event log, one column for a recording).") String array,
            @Option(names = "--read", paramLabel = "COLUMN,GATE,WIDTH", defaultValue = "0.2 V,2.5 V,1 ms",
                    description = "How cells were read, where the file does not say (default: ${DEFAULT-VALUE}).") String read,
            @Option(names = "--pulse", paramLabel = "COLUMN,GATE,WIDTH", defaultValue = "0.9 V,4.5 V,600 ns",
                    description = "Of a recording: the RESET pulse between two readings (default: ${DEFAULT-VALUE}).") String pulse,
            @Option(names = "--after", paramLabel = "OPERATION", defaultValue = "SET",
                    description = "Of an event log: recording.h5 gets the readings that follow this operation "
                            + "(default: ${DEFAULT-VALUE}).") String after,
            @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
                    description = "Folder that gets a folder for this run (default: ${DEFAULT-VALUE}).") Path runs,
            @Option(names = "--note", paramLabel = "TEXT",
                    description = "Remark to keep with the run; may be repeated.") List<String> notes) {
        List<String> words = new ArrayList<>(List.of("memloop"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        new ImportRun(
                new ImportRun.Plan(file, Optional.ofNullable(chip), Optional.ofNullable(array).map(this::geometry),
                        pulse("--read", "READ", Pulse.Polarity.SET, read),
                        pulse("--pulse", "WEAK_RESET", Pulse.Polarity.RESET, pulse),
                        after, runs, notes == null ? List.of() : notes, words),
                console, Clock.systemDefaultZone()).run();
        return 0;
    }

    private Geometry geometry(String text) {
        try {
            String[] sides = text.split("x");
            return new Geometry(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ParameterException(spec.commandLine(), "--array is ROWSxCOLUMNS, not '" + text + "'", e);
        }
    }

    private Pulse pulse(String option, String name, Pulse.Polarity polarity, String text) {
        try {
            String[] parts = text.split(",");
            return new Pulse(name, polarity, Quantity.parse(parts[0], "V"), Quantity.parse(parts[1], "V"),
                    Quantity.parse(parts[2], "s"), polarity == Pulse.Polarity.SET);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ParameterException(spec.commandLine(),
                    option + " is COLUMN,GATE,WIDTH as in '0.2 V,2.5 V,1 ms', not '" + text + "': " + e.getMessage(),
                    e);
        }
    }

    @Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Compare settings, results and programs of two runs; exit code 1 when results or programs differ.")
    int compare(@Parameters(paramLabel = "RUN", description = "Folder of one run.") Path first,
            @Parameters(paramLabel = "RUN", description = "Folder of the other.") Path second) {
        return shelf.compare(first, second) ? 0 : 1;
    }
}
