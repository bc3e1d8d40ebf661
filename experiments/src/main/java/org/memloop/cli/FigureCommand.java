package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.thesis.FigurePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Read the settings of a figure of the thesis. */
@Command(name = "figure", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Draw a figure of the thesis's chapters 3 and 4 again, as PNG, SVG and CSV: mean and standard deviation "
                + "over several seeds. Finished runs are reused, so that an interrupted figure goes on where it was.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop figure --list",
                "  memloop figure 3.6 --data ~/mnist --seeds 3 --epochs 30",
                "  memloop figure 4.12 --data ~/mnist --bench traces:die7.h5"})
final class FigureCommand implements Callable<Integer> {
    private final ToIntFunction<FigurePlan> draw;
    private final IntSupplier list;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NUMBER",
            description = "Number of the figure, for example 3.6; list names all.")
    private String number;

    @Option(names = "--list", description = "Name all figures, a line each, and draw none.")
    private boolean listed;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "3",
            description = "Seeds of each curve, from 0 on, 1 or more; the thesis has 10 (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Epochs of each run, 1 or more (default: as many as its preset says).")
    private Integer epochs;

    @Option(names = "--bench", paramLabel = "URI",
            description = "Bench of a figure of chapter 4, for example traces:FILE (default: made-up traces, kept in the "
                    + "folder of the runs).")
    private String bench;

    @Mixin
    private SeriesOptions series;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "figures",
            description = "Folder that gets figure-NUMBER.png, .svg and .csv (default: ${DEFAULT-VALUE}).")
    private Path out;

    FigureCommand(ToIntFunction<FigurePlan> draw, IntSupplier list) {
        this.draw = draw;
        this.list = list;
    }

    @Override
    public Integer call() {
        if (listed || "list".equals(number)) {
            return list.getAsInt();
        }
        if (number == null) {
            throw new ParameterException(spec.commandLine(), "say which figure; --list names all");
        }
        Counts.atLeast(spec, 1, "--seeds", seeds);
        if (epochs != null) {
            Counts.atLeast(spec, 1, "--epochs", epochs);
        }
        return draw.applyAsInt(new FigurePlan(number, seeds,
                epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs), series.jobs(spec),
                Optional.ofNullable(series.data()), Optional.ofNullable(bench).map(this::uri), series.runs(), out));
    }

    private BenchUri uri(String text) {
        try {
            return BenchUri.parse(text);
        } catch (BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
