package org.memloop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.experiments.thesis.ResultsPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Read the settings of the page of results. */
@Command(name = "results", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Do the experiments of the thesis's chapters 3 and 4 again, measure how fast that is, and write a page of "
                + "results. Finished runs are reused, so that an interrupted series goes on where it was.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop results --data ~/mnist",
                "  memloop results --only chapter-3 --seeds 3 --epochs 30 --out results.md",
                "  memloop results --only speed --rounds 9 --rival ./other-program.sh"})
final class ResultsCommand implements Callable<Integer> {
    private final ToIntFunction<ResultsPlan> results;

    @Spec
    private CommandSpec spec;

    @Option(names = "--only", paramLabel = "PART", split = ",", hideParamSyntax = true,
            description = "Parts to write anew: chapter-3, chapter-4, sweeps, sim, speed (default: all).")
    private Set<String> only = Set.of();

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "10",
            description = "Seeds of each experiment, from 0 on, 1 or more (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Most epochs of a run, 1 or more (default: as many as its preset says).")
    private Integer epochs;

    @Mixin
    private SeriesOptions series;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
            description = "How often speed is measured, 1 or more; the medians count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--rival", paramLabel = "FILE",
            description = "Program whose speed is measured beside, on one thread, by turns: it is called with the name of a "
                    + "rule, and the last line it prints is the seconds it takes for an epoch (default: none).")
    private Path rival;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "docs/results.md",
            description = "The page; what was written into it by hand stays (default: ${DEFAULT-VALUE}).")
    private Path page;

    ResultsCommand(ToIntFunction<ResultsPlan> results) {
        this.results = results;
    }

    @Override
    public Integer call() {
        Counts.atLeast(spec, 1, "--seeds", seeds);
        if (epochs != null) {
            Counts.atLeast(spec, 1, "--epochs", epochs);
        }
        Counts.atLeast(spec, 1, "--rounds", rounds);
        List<String> words = new ArrayList<>(List.of("memloop"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return results.applyAsInt(new ResultsPlan(only, seeds,
                epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs), series.jobs(spec), rounds,
                Optional.ofNullable(rival), Optional.ofNullable(series.data()), series.runs(), page, words));
    }
}
