package org.memloop.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.experiments.BenchmarkLinks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Read the settings of a measurement of links. */
@Command(name = "links", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Measure round trips and megabytes a second over every kind of link, to a virtual laboratory of "
                + "its own, beside pyvisa-py doing the same where it is installed. Root can compare VXI-11, whose "
                + "port 111 others look at.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop benchmark links", "  memloop benchmark links --rounds 9 --json"})
final class BenchmarkLinksCommand implements Callable<Integer> {
    private final ToIntFunction<BenchmarkLinks.Plan> benchmark;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5",
            description = "How often each is measured, by turns, 1 or more; the median counts (default: "
                    + "${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--python", paramLabel = "PATH", defaultValue = "/usr/bin/python3",
            description = "The Python that has pyvisa-py (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(names = "--json",
            description = "Print one JSON object for each measurement on standard output, nothing else.")
    private boolean json;

    BenchmarkLinksCommand(ToIntFunction<BenchmarkLinks.Plan> benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public Integer call() {
        Counts.atLeast(spec, 1, "--rounds", rounds);
        return benchmark.applyAsInt(new BenchmarkLinks.Plan(rounds, python, json));
    }
}
