package org.memloop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.MeasureTracesPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a recording of weak RESET traces. */
@Command(name = "measure", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Form and condition the array of a bench, then record the conductance of some of its healthy cells "
                + "after each of many weak RESET pulses. On instruments the pulses are real and wear the cells.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop traces measure --bench sim:hfox-128x64?seed=7 --out die7.h5",
                "  memloop traces measure --bench rack:lab.yaml --devices 50 --pulses 1000 --note 'wafer 3'",
                "  memloop traces measure --bench rack:lab.yaml --die A7 --card proof/calibration.yaml --out a7.h5"})
final class TracesMeasureCommand implements Callable<Integer> {
    private final ToIntFunction<MeasureTracesPlan> measure;
    private final ToIntFunction<MeasureTracesPlan> rehearse;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bench", paramLabel = "URI", defaultValue = "sim:hfox-128x64",
            description = "Address of the bench: rack:FILE, wire:[FILE], sim:NAME (default: ${DEFAULT-VALUE}).")
    private String bench;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "traces.h5",
            description = "New file for the recording: .h5 (with units and origin), .npy or .csv "
                    + "(default: ${DEFAULT-VALUE}).")
    private Path file;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "314",
            description = "Cells to record, spread over the healthy ones, 1 or more (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(names = "--pulses", paramLabel = "N", defaultValue = "5000",
            description = "Conductances of each cell, the one before the first pulse included, 1 or more "
                    + "(default: ${DEFAULT-VALUE}).")
    private int pulses;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
            description = "Folder that gets a folder for this run, with its journal (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(names = "--note", paramLabel = "TEXT", description = "Remark to keep with the run; may be repeated.")
    private List<String> notes = List.of();

    @Option(names = "--dry-run", description = "Say what would be done, how long it takes and how it wears the cells; "
            + "nothing is connected.")
    private boolean dryRun;

    @Mixin
    private ChipOptions chip;

    @Mixin
    private ResumeOption resume;

    TracesMeasureCommand(ToIntFunction<MeasureTracesPlan> measure) {
        this(measure, measure);
    }

    TracesMeasureCommand(ToIntFunction<MeasureTracesPlan> measure, ToIntFunction<MeasureTracesPlan> rehearse) {
        this.measure = measure;
        this.rehearse = rehearse;
    }

    @Override
    public Integer call() {
        return (dryRun ? rehearse : measure).applyAsInt(plan());
    }

    private MeasureTracesPlan plan() {
        List<String> words = new ArrayList<>(List.of("memloop"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        try {
            return new MeasureTracesPlan(BenchUri.parse(bench), Counts.atLeast(spec, 1, "--devices", devices),
                    Counts.atLeast(spec, 1, "--pulses", pulses), file, resume.place(runs), chip.chip(), notes, words);
        } catch (BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
