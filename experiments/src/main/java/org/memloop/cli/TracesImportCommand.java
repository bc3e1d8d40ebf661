package org.memloop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.memloop.bench.Quantity;
import org.memloop.experiments.Console;
import org.memloop.experiments.GenerateTraces;
import org.memloop.recording.EventLog;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Make a recording of what another program has measured. */
@Command(name = "import", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true,
        description = "Make a recording of what another program has measured: an event log of READ, SET and RESET "
                + "operations, or columns of numbers. Files may be packed by gzip.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop traces import endurance_log_many.csv.gz --after RESET --out endurance.h5",
                "  memloop traces import gong_et_al.csv --columns 2 --low '20 uS' --high '100 uS' --out gong.h5",
                "  memloop train --bench traces:endurance.h5?seed=7"})
final class TracesImportCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What was measured.")
    private Path file;

    @Option(names = "--out", paramLabel = "FILE", required = true,
            description = "New file for the recording: .h5, .npy or .csv (no default: it must be named).")
    private Path out;

    @Option(names = "--after", paramLabel = "OPERATION", defaultValue = "SET",
            description = "Of an event log: keep the readings that follow this operation (default: ${DEFAULT-VALUE}).")
    private String after;

    @Option(names = "--pulses", paramLabel = "N", defaultValue = "0",
            description = "Of an event log: how many readings of each cell; cells with fewer are left out. "
                    + "0 for as many as all cells have (default: ${DEFAULT-VALUE}).")
    private int pulses;

    @Option(names = "--columns", paramLabel = "N", split = ",",
            description = "The file holds columns of numbers; take these, counted from 1, each as one device "
                    + "(default: none, an event log).")
    private List<Integer> columns;

    @Option(names = "--low", paramLabel = "SIEMENS", defaultValue = "20 uS",
            description = "Of columns: conductance of the least number (default: ${DEFAULT-VALUE}).")
    private String low;

    @Option(names = "--high", paramLabel = "SIEMENS", defaultValue = "100 uS",
            description = "Of columns: conductance of the greatest number (default: ${DEFAULT-VALUE}).")
    private String high;

    TracesImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Recordings.requireNew(out);
        Recording recording = columns == null
                ? EventLog.read(file, after, pulses)
                : EventLog.columns(file, columns, siemens("--low", low), siemens("--high", high));
        Recordings.write(recording, out);
        console.result(GenerateTraces.summary(recording) + ": " + out);
        return 0;
    }

    private double siemens(String option, String text) {
        try {
            return Quantity.parse(text, "S");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
