package org.memloop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.RunShelf;
import org.memloop.run.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Derive results from the record of a run once more, without any bench. */
@Command(name = "analyze", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true,
        description = "Derive tables, metrics and report of a run from its journal once more, and what each sort of pulse did "
                + "(responses.csv). Nothing is fired: the same program works against the recorded session, by the rules of "
                + "the present version.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop analyze runs/0007-train --out again", "  memloop analyze runs/0008-import --out there"})
final class AnalyzeCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path folder;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "analysis",
            description = "New folder for what is derived (default: ${DEFAULT-VALUE}).")
    private Path out;

    AnalyzeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunRecord run = RunRecord.read(folder);
        if (Files.exists(out)) {
            throw new ConfigurationException(out + " is there already; choose a new --out");
        }
        RunShelf shelf = new RunShelf(console);
        shelf.export(folder, true, out.resolve("tables"));
        shelf.export(folder, false, out.resolve("session.h5"));
        shelf.responses(folder, out.resolve("responses.csv"));
        if (run.commandLine().size() < 2 || !run.status().equals("finished")) {
            return 0; // what broke off has no end that could be derived
        }
        return switch (run.kind()) {
            case "train" -> again(run, List.of("--out", out.toString()));
            case "traces" ->
                again(run, List.of("--runs", out.toString(), "--out", out.resolve("traces.h5").toString()));
            default -> 0;
        };
    }

    private int again(RunRecord run, List<String> outputs) {
        List<String> words = new ArrayList<>(run.commandLine().subList(1, run.commandLine().size()));
        for (String option : List.of("--bench", "--out", "--runs", ResumeOption.NAME)) {
            leaveOut(words, option);
        }
        words.addAll(List.of("--bench", "replay:" + folder));
        words.addAll(outputs);
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spec.root().commandLine().execute(words.toArray(String[]::new));
    }

    private static void leaveOut(List<String> words, String option) {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (words.get(i).equals(option)) {
                words.subList(i, Math.min(words.size(), i + 2)).clear();
            } else if (words.get(i).startsWith(option + "=")) {
                words.remove(i);
            }
        }
    }
}
