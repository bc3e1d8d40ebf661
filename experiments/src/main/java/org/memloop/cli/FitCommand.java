package org.memloop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

import org.memloop.experiments.FitCardPlan;
import org.memloop.recording.CardFitter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Read the settings of a fit of a technology card. */
@Command(name = "fit", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class, sortOptions = false,
        sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Fit a technology card to measurements, and compare it with cells it was not fitted to.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop fit rram-64k --recording set_sweep.tsv.gz reset_sweep.tsv.gz --out mine.yaml",
                "  memloop fit mine.yaml --recording 100cyc.tsv ret1.csv.gz --compare --figures figures"})
final class FitCommand implements Callable<Integer> {
    private final ToIntFunction<FitCardPlan> fit;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CARD",
            description = "Where to begin: a built-in technology, or a card that ends in .yaml.")
    private String card;

    @Option(names = "--recording", paramLabel = "FILE", arity = "1..*", required = true,
            description = "Measurements, .gz or not: sweeps of SET or RESET pulses (by their file name), cycles, a trace"
                    + " of readings, relaxation, event logs, or a recording of this program.")
    private List<Path> recordings;

    @Option(names = "--part", paramLabel = "NAME", split = ",",
            description = "Fit these parts of the card only, by the names that a fit tells: \"fluctuation of readings\","
                    + " \"SET threshold\", SET, RESET, cycling, relaxation.")
    private List<String> parts = List.of();

    @Option(names = "--share", paramLabel = "SHARE", defaultValue = "0.7",
            description = "Share of the cells to fit to; compared are the others (default: ${DEFAULT-VALUE}).")
    private double share;

    @Option(names = "--out", paramLabel = "FILE", description = "New file for the fitted card.")
    private Optional<Path> out;

    @Option(names = "--compare", description = "Fit nothing; compare the card as it is with all cells.")
    private boolean compare;

    @Option(names = "--figures", paramLabel = "FOLDER",
            description = "Folder for a figure (PNG) of each comparison.")
    private Optional<Path> figures;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Number that chooses the cells to fit to, and that all simulated chance hangs off "
                    + "(default: ${DEFAULT-VALUE}).")
    private long seed;

    FitCommand(ToIntFunction<FitCardPlan> fit) {
        this.fit = fit;
    }

    @Override
    public Integer call() {
        if (compare && !parts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--compare fits nothing, so there is no --part of it");
        }
        if (compare && out.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--compare fits nothing, so there is no card for --out");
        }
        return fit
                .applyAsInt(new FitCardPlan(card, recordings, !compare, new CardFitter.Choice(parts, share), seed, out,
                        figures));
    }
}
