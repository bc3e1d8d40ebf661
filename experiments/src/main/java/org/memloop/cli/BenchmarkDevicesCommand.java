package org.memloop.cli;

import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.DevicesPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a measurement of how fast cells are simulated. */
@Command(name = "devices", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Measure how many pulses a second cells are simulated at, with variability and noise, what memory "
                + "a cell takes, and where the time goes.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop benchmark devices", "  memloop benchmark devices --threads 1 --rounds 50 --json"})
final class BenchmarkDevicesCommand implements Callable<Integer> {
    private final ToIntFunction<DevicesPlan> benchmark;

    @Spec
    private CommandSpec spec;

    @Option(names = "--technology", paramLabel = "NAME", defaultValue = "hfox-leti",
            description = "Which technology, one that comes with the program (default: ${DEFAULT-VALUE}).")
    private String technology;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2",
            description = "Greatest number of threads, 1 or more (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "10",
            description = "How often each program is measured, 1 or more; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object for each number on standard output, nothing else.")
    private boolean json;

    BenchmarkDevicesCommand(ToIntFunction<DevicesPlan> benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public Integer call() {
        Counts.atLeast(spec, 1, "--threads", threads);
        Counts.atLeast(spec, 1, "--rounds", rounds);
        try {
            return benchmark.applyAsInt(
                    new DevicesPlan(BenchUri.parse("sim:" + technology + "-128x64"), threads, rounds, json));
        } catch (BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
