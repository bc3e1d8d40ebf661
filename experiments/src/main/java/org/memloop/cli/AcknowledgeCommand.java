package org.memloop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.run.Latch;
import org.memloop.run.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Take note, by name, that a bench was stopped for a reason, so that it may be used again. */
@Command(name = "acknowledge", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true,
        description = "Say that you have looked at a laboratory or a run that was stopped for safety. Until somebody says so, "
                + "nothing is fired there.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop acknowledge lab.yaml --by 'Ada Lovelace'",
                "  memloop acknowledge runs/0007-train --by Ada"})
final class AcknowledgeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "RUN|LAB", description = "Folder of the run, or the laboratory file.")
    private Path what;

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who has looked at it.")
    private String by;

    AcknowledgeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!Files.exists(what)) {
            throw new ConfigurationException(what + ": there is no such run or laboratory file");
        }
        Clock clock = Clock.systemDefaultZone();
        for (Latch latch : latches()) {
            console.result(by + " acknowledged: " + latch.acknowledge(by, clock));
        }
        return 0;
    }

    /** A run on a laboratory was stopped together with it. */
    private List<Latch> latches() {
        if (!Files.isDirectory(what)) {
            return List.of(Latch.ofLaboratory(what));
        }
        List<Latch> latches = new ArrayList<>(List.of(Latch.ofRun(what)));
        String bench = RunRecord.read(what).bench();
        if (bench.startsWith("rack:")) {
            Latch lab = Latch.ofLaboratory(Path.of(bench.substring("rack:".length()).replaceAll("[?].*", "")));
            if (lab.isTripped()) {
                latches.add(lab);
            }
        }
        return latches;
    }
}
