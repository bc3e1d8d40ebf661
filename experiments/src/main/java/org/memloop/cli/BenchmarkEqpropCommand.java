package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.experiments.EqpropPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a measurement of learning speed. */
@Command(name = "eqprop", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Measure how long an epoch of Equilibrium Propagation takes: MNIST, 784-512-10, ideal synapses, or "
                + "pairs of cells on made-up recordings.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop benchmark eqprop --data ~/mnist",
                "  memloop benchmark eqprop --data ~/mnist --rule probabilistic --threads 2 --json",
                "  memloop benchmark eqprop --data ~/mnist --threads 2 --by-turns --epochs 30"})
final class BenchmarkEqpropCommand implements Callable<Integer> {
    private final ToIntFunction<EqpropPlan> benchmark;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR",
            description = "Folder with the files of MNIST (default: the variable MEMLOOP_DATA, else the cache).")
    private Path data;

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "ternary",
            description = "What becomes of the gradient: continuous, ternary, probabilistic or traces, which is "
                    + "ternary on recorded cells (default: ${DEFAULT-VALUE}).")
    private EqpropPlan.Rule rule;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "Threads that compute, 1 or more (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--by-turns",
            description = "Measure one thread too, an epoch of each by turns, and tell how many times as fast the "
                    + "threads are; needs --threads of 2 or more (default: no).")
    private boolean byTurns;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "5",
            description = "Epochs that go before and do not count, 0 or more: the compiler works beside them (default: "
                    + "${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "5",
            description = "How many epochs are measured, 1 or more; the median counts (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--json",
            description = "Print one JSON object on standard output, nothing else: rule, threads, secondsPerEpoch.")
    private boolean json;

    BenchmarkEqpropCommand(ToIntFunction<EqpropPlan> benchmark) {
        this.benchmark = benchmark;
    }

    @Override
    public Integer call() {
        Counts.atLeast(spec, 1, "--threads", threads);
        if (byTurns && threads == 1) {
            throw new ParameterException(spec.commandLine(),
                    "--by-turns compares one thread with several: add --threads 2 or more");
        }
        Counts.atLeast(spec, 0, "--warm-up", warmUp);
        Counts.atLeast(spec, 1, "--epochs", epochs);
        return benchmark
                .applyAsInt(new EqpropPlan(Optional.ofNullable(data), rule, threads, byTurns, warmUp, epochs, json));
    }
}
