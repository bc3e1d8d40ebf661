package org.memloop.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.BenchmarkPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a measurement of bench speed. */
@Command(name = "bench", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Measure how many programming pulses and reads a second benches deliver. The pulses are real: "
                + "a bench of instruments wears its cells by them.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop benchmark bench", "  memloop benchmark bench --bench sim:hfox-128x64 --rounds 50"})
final class BenchmarkBenchCommand implements Callable<Integer> {
    private final ToIntFunction<BenchmarkPlan> benchmark;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bench", paramLabel = "URI", defaultValue = "sim:hfox-128x64,wire:", split = ",",
            description = "Address of a bench to measure; may be repeated (default: ${DEFAULT-VALUE}).")
    private List<String> benches;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "20",
            description = "How often each program is measured, 1 or more; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json",
            description = "Print one JSON object for each measurement on standard output, nothing else.")
    private boolean json;

    BenchmarkBenchCommand(ToIntFunction<BenchmarkPlan> benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public Integer call() {
        return benchmark.applyAsInt(plan());
    }

    private BenchmarkPlan plan() {
        Counts.atLeast(spec, 1, "--rounds", rounds);
        try {
            return new BenchmarkPlan(benches.stream().map(BenchUri::parse).toList(), rounds, json);
        } catch (BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
