package org.memloop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.memloop.bench.ConfigurationException;
import org.memloop.run.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Start a run that broke off once more, from the words it was started with, to go on where it was. */
@Command(name = "resume", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true,
        description = "Go on with a run that was killed, stopped or failed. What was done is not done again: it is answered "
                + "from the run's journal, after which the run goes on.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop resume runs/0007-train"})
final class ResumeCommand implements Callable<Integer> {
    private static final Set<String> KINDS = Set.of("train", "traces", "campaign");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    private Path folder;

    @Override
    public Integer call() {
        RunRecord run = RunRecord.read(folder);
        if (!KINDS.contains(run.kind())) {
            throw new ConfigurationException(
                    "run " + folder + " is of kind " + run.kind() + ", which is simply done again");
        }
        Path here = Path.of("").toAbsolutePath();
        run.directory().filter(there -> !there.equals(here)).ifPresent(there -> {
            throw new ConfigurationException("run " + folder + " was started in " + there
                    + ", where its files are; resume it there");
        });
        List<String> words = new ArrayList<>(run.commandLine());
        if (words.isEmpty() || !words.removeFirst().equals("memloop")) {
            throw new ConfigurationException(folder + ": run.json does not say how the run was started");
        }
        int at = words.indexOf(ResumeOption.NAME);
        if (at >= 0) {
            words.subList(at, at + 2).clear();
        }
        words.addAll(List.of(ResumeOption.NAME, folder.toString()));
        return spec.root().commandLine().execute(words.toArray(String[]::new));
    }
}
