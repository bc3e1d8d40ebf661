package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.bench.Quantity;
import org.memloop.experiments.CrossbarPlan;
import org.memloop.sim.crossbar.Wires;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a map of measured weights. */
@Command(name = "crossbar", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Show what the resistance of its wires does to the weights of an array.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop crossbar", "  memloop crossbar --rows 128 --columns 64 --wire '2 ohm' --sense bottom",
                "  memloop crossbar --file weights.csv --tile 32 --out map"})
final class CrossbarCommand implements Callable<Integer> {
    private final ToIntFunction<CrossbarPlan> map;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "512",
            description = "Driven lines, 1 or more (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--columns", paramLabel = "N", defaultValue = "512",
            description = "Sensed lines, 1 or more (default: ${DEFAULT-VALUE}).")
    private int columns;

    @Option(names = "--least", paramLabel = "G", defaultValue = "1 uS",
            description = "Lowest conductance of a cell (default: ${DEFAULT-VALUE}).")
    private String least;

    @Option(names = "--most", paramLabel = "G", defaultValue = "1 mS",
            description = "Highest conductance of a cell; those in between are equally likely "
                    + "(default: ${DEFAULT-VALUE}).")
    private String most;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Number that all randomness hangs off (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--file", paramLabel = "FILE",
            description = "Conductances of the cells, a line of the file a row of the array: .csv, .npy or .h5 "
                    + "(default: random ones).")
    private Path file;

    @Option(names = "--wire", paramLabel = "R", defaultValue = "0.1 ohm",
            description = "Resistance of a line from one cell to the next (default: ${DEFAULT-VALUE}).")
    private String wire;

    @Option(names = "--driver", paramLabel = "R", defaultValue = "0 ohm",
            description = "Resistance of a driver (default: ${DEFAULT-VALUE}).")
    private String driver;

    @Option(names = "--input", paramLabel = "R", defaultValue = "0 ohm",
            description = "Input resistance of a sensing circuit (default: ${DEFAULT-VALUE}).")
    private String input;

    @Option(names = "--source", paramLabel = "SIDE", defaultValue = "left",
            description = "Side of the drivers: left or right (default: ${DEFAULT-VALUE}).")
    private Wires.Side source;

    @Option(names = "--sense", paramLabel = "END", defaultValue = "top",
            description = "End of the sensing circuits: top (at row 0) or bottom (default: ${DEFAULT-VALUE}).")
    private Wires.End sense;

    @Option(names = "--tile", paramLabel = "N", defaultValue = "64",
            description = "Cut the array into tiles of so many rows and columns as well; 0 for not "
                    + "(default: ${DEFAULT-VALUE}).")
    private int tile;

    @Option(names = "--out", paramLabel = "FOLDER",
            description = "Folder for figures (.png, .svg) and their numbers (.csv) (default: none are drawn).")
    private Path folder;

    CrossbarCommand(ToIntFunction<CrossbarPlan> map) {
        this.map = map;
    }

    @Override
    public Integer call() {
        return map.applyAsInt(new CrossbarPlan(cells(), wires(),
                Optional.of(atLeast(0, "--tile", tile)).filter(side -> side > 0), Optional.ofNullable(folder)));
    }

    private CrossbarPlan.Cells cells() {
        if (file != null) {
            return new CrossbarPlan.Cells.Recorded(file);
        }
        double lowest = quantity("--least", least, "S");
        double highest = quantity("--most", most, "S");
        if (!(lowest < highest)) {
            throw new ParameterException(spec.commandLine(), "--least must be less than --most, not " + least);
        }
        return new CrossbarPlan.Cells.Random(atLeast(1, "--rows", rows), atLeast(1, "--columns", columns), lowest,
                highest, seed);
    }

    private Wires wires() {
        double segmentOhms = quantity("--wire", wire, "ohm");
        if (segmentOhms == 0) {
            throw new ParameterException(spec.commandLine(),
                    "--wire must be more than 0 ohm; for ideal wires write 1e-9 ohm");
        }
        return new Wires(segmentOhms, segmentOhms, quantity("--driver", driver, "ohm"),
                quantity("--input", input, "ohm"), source, sense);
    }

    private double quantity(String option, String text, String unit) {
        try {
            double value = Quantity.parse(text, unit);
            if (value >= 0) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
        throw new ParameterException(spec.commandLine(), option + " must be 0 or more, not " + text);
    }

    private int atLeast(int lowest, String option, int value) {
        if (value >= lowest) {
            return value;
        }
        throw new ParameterException(spec.commandLine(), option + " must be " + lowest + " or more, not " + value);
    }
}
