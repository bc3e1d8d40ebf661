package org.memloop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Quantity;
import org.memloop.calibration.ConductanceCard;
import org.memloop.experiments.Preset;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;
import org.memloop.learn.Network;
import org.memloop.learn.PairSettings;
import org.memloop.learn.WeightDefinition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a training run. */
@Command(name = "train", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, abbreviateSynopsis = true, usageHelpAutoWidth = true,
        optionListHeading = "%nOptions:%n",
        description = "Train a network by Equilibrium Propagation with pulses on the devices of a bench, or on ideal synapses.",
        footerHeading = "%nExamples:%n",
        footer = {
                "  memloop train",
                "  memloop train --bench sim:hfox-128x64?seed=7 --epochs 20 --json",
                "  memloop train --weights log --alpha 1.2,1.0 --theta 3e-4 --gth 1/20000",
                "  memloop train --bench ideal: --rule continuous",
                "  memloop train --preset thesis-3.6 --data ~/mnist --epochs 5",
                "  memloop train --preset thesis-4.12 --bench traces:traces.h5"})
final class TrainCommand implements Callable<Integer> {
    /** The weights' definitions under the short names of the command line. */
    private enum Weights {
        LINEAR,
        LOG
    }

    /** How much of what an array goes through is written down. */
    private enum Journaling {
        FULL,
        OFF
    }

    private final ToIntFunction<TrainPlan> train;
    private final ToIntFunction<TrainPlan> rehearse;

    @Spec
    private CommandSpec spec;

    @Option(names = "--preset", paramLabel = "NAME",
            description = "Do an experiment of the thesis again, named by its figure, for example thesis-3.6; other options "
                    + "go before its settings; a wrong name lists all (default: none).")
    private String preset;

    @Option(names = "--bench", paramLabel = "URI", defaultValue = "wire:",
            description = "Address of the bench: rack:FILE, wire:[FILE], sim:NAME, traces:FILE, or ideal: "
                    + "for synapses without an array "
                    + "(default: ${DEFAULT-VALUE}).")
    private String bench;

    @Option(names = "--dataset", paramLabel = "NAME", defaultValue = "digits",
            description = "Images to learn: digits or mnist (default: ${DEFAULT-VALUE}).")
    private TrainPlan.Source dataset;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:MEMLOOP_DATA}",
            description = "Folder with the files of the data set (default: the variable MEMLOOP_DATA).")
    private Path data;

    @Option(names = "--images", paramLabel = "N",
            description = "Training images to use, 1 or more (default: 8000 digits, or the 56000 of mnist).")
    private Integer images;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Passes over the training images, 1 or more (default: 20 with digits, 5 with mnist).")
    private Integer epochs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Number that all randomness hangs off (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads that compute, 1 or more (default: one for each core).")
    private Integer threads;

    @Option(names = "--layers", paramLabel = "N-N-N", split = "-", hideParamSyntax = true, defaultValue = "64-50-10",
            description = "Neurons of each layer, input first (default: ${DEFAULT-VALUE}).")
    private List<Integer> layers;

    @Option(names = "--weights", paramLabel = "KIND", defaultValue = "linear",
            description = "Weight of a device pair: linear or log difference of conductances "
                    + "(default: ${DEFAULT-VALUE}).")
    private Weights weights;

    @Option(names = "--alpha", paramLabel = "A1,A2", split = ",", hideParamSyntax = true,
            description = "Scale of each layer's weights: ohms with linear, no unit with log; one value serves all "
                    + "layers (default: 10000 ohm in the first layer, 4500 ohm in the others; with log 2.2 and 1.0).")
    private List<Double> alphas;

    @Option(names = "--eta", paramLabel = "E1,E2", split = ",", hideParamSyntax = true,
            description = "Learning rate of each layer, no unit; one value serves all layers, 0 freezes a layer "
                    + "(default: 0.2 in the first layer, 0.5 in the others).")
    private List<Double> etas;

    @Mixin
    private CellOptions cells;

    @Mixin
    private RuleOptions rule;

    @Mixin
    private EqPropOptions eqprop;

    @Option(names = "--gth", paramLabel = "G", defaultValue = "1/20000 S",
            description = "Conductance below which a device gets no more pulses, siemens, for example '62.5 uS' or "
                    + "1/16000; 0 for none (default: ${DEFAULT-VALUE}).")
    private String threshold;

    @Option(names = "--input-gain", paramLabel = "X", defaultValue = "1",
            description = "Factor on every pixel, no unit (default: ${DEFAULT-VALUE}).")
    private double inputGain;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs",
            description = "Folder that gets a folder for this run (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(names = "--note", paramLabel = "TEXT", description = "Remark to keep with the run; may be repeated.")
    private List<String> notes = List.of();

    @Option(names = "--journal", paramLabel = "HOW", defaultValue = "full",
            description = "Write down every program of pulses: full or off; off only for an array without instruments, "
                    + "which can be made anew from its seed (default: ${DEFAULT-VALUE}).")
    private Journaling journal;

    @Mixin
    private ChipOptions chip;

    @Option(names = "--dry-run", description = "Say what would be done, how long it takes and how it wears the cells; "
            + "nothing is connected.")
    private boolean dryRun;

    @Mixin
    private ResumeOption resume;

    @Option(names = "--travel", fallbackValue = "true",
            description = "Keep the sum of the absolute changes of every ideal weight in synapses.h5, so that its changes "
                    + "of each sign are known.")
    private boolean travel;

    @Option(names = "--no-report", description = "Do not write report.html at the end.")
    private boolean noReport;

    @Option(names = "--json", description = "Print one JSON object for each epoch on standard output, nothing else: "
            + "epoch, trainAccuracy, validationAccuracy and testAccuracy (fractions), pulses and pulsesPerLayer, "
            + "mostPulsesPerLayer (of one synapse so far), blocked, saturated (devices so far), energyJoules "
            + "(an estimate) and blockedDevices (below --gth) of an array, seconds.")
    private boolean json;

    TrainCommand(ToIntFunction<TrainPlan> train) {
        this(train, train);
    }

    TrainCommand(ToIntFunction<TrainPlan> train, ToIntFunction<TrainPlan> rehearse) {
        this.train = train;
        this.rehearse = rehearse;
    }

    @Override
    public Integer call() {
        return (dryRun ? rehearse : train).applyAsInt(plan());
    }

    private TrainPlan plan() {
        try {
            return preset == null
                    ? plan(BenchUri.parse(bench))
                    : plan(takeUp(Preset.named(preset)).bench(BenchUri.parse(bench)));
        } catch (BenchException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Read the command line once more, this time with the preset's values as defaults. */
    private Preset takeUp(Preset chosen) {
        CommandLine line = spec.commandLine();
        Map<String, String> values = new HashMap<>(chosen.options());
        if (line.getParseResult().hasMatchedOption("--weights")
                && !weights.name().equalsIgnoreCase(values.get("weights"))) {
            values.remove("alpha"); // ohms for linear weights, pure numbers for logarithmic ones
        }
        line.setDefaultValueProvider(argument -> argument instanceof OptionSpec option
                ? values.get(option.longestName().substring(2))
                : null);
        try {
            spec.root().commandLine().parseArgs(words().toArray(String[]::new));
        } finally {
            line.setDefaultValueProvider(null);
        }
        return chosen;
    }

    private TrainPlan plan(BenchUri uri) {
        int passes = epochs != null ? epochs : dataset == TrainPlan.Source.MNIST ? 5 : 20;
        boolean ideal = uri.scheme().equals(SynapsePlan.IDEAL);
        Counts.atLeast(spec, 1, "--epochs", passes);
        Counts.atLeast(spec, 1, "--batch", eqprop.batch());
        Counts.atLeast(spec, 1, "--pulses-per-trit", rule.pulsesPerTrit());
        Counts.atLeast(spec, 1, "--max-pulses", rule.maxPulses());
        layers.forEach(neurons -> Counts.atLeast(spec, 1, "--layers", neurons));
        positive("--beta", eqprop.beta());
        positive("--input-gain", inputGain);
        refuse(rule.idle(), "the rule " + rule.name());
        refuse(ideal
                ? Set.of("--weights", "--alpha", "--gth", "--synapse", "--reference", "--gth-read", "--journal")
                : Set.of("--step", "--travel"), "the bench " + uri.scheme() + ":");
        refuse(cells.idle(), "pairs of devices");
        return new TrainPlan(uri, new TrainPlan.Images(dataset, Optional.ofNullable(data), limit(), inputGain),
                new Network(layers), eqprop.plan(each(etas, 0.2, 0.5)), rule.plan(),
                ideal ? new SynapsePlan.Ideal(rule.step(), travel) : new SynapsePlan.Pairs(pairs()),
                passes, seed, cores(), new TrainPlan.Output(runs, !noReport, json, notes, commandLine(),
                        journal == Journaling.FULL, resume.folder(), chip.chip()));
    }

    private PairSettings pairs() {
        boolean log = weights == Weights.LOG;
        return cells.complete(new PairSettings(log ? WeightDefinition.LOGARITHMIC : WeightDefinition.LINEAR,
                log ? each(alphas, 2.2, 1.0) : each(alphas, 10_000, 4_500), Quantity.parseOrBare(threshold, "S"),
                ConductanceCard.WHOLE_PATH));
    }

    /** An option that would do nothing is a mistake of the person who wrote it; what a preset says does not count. */
    private void refuse(Set<String> options, String where) {
        for (String option : options.stream().sorted().toList()) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " has no effect with " + where
                        + "; leave it out");
            }
        }
    }

    private OptionalInt limit() {
        if (images == null) {
            return OptionalInt.empty();
        }
        Counts.atLeast(spec, 1, "--images", images);
        return OptionalInt.of(images);
    }

    private int cores() {
        if (threads == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        Counts.atLeast(spec, 1, "--threads", threads);
        return threads;
    }

    private List<Double> each(List<Double> given, double first, double others) {
        int count = layers.size() - 1;
        if (given != null && given.size() != 1) {
            return given;
        }
        return IntStream.range(0, count).mapToObj(i -> given != null ? given.getFirst() : i == 0 ? first : others)
                .toList();
    }

    private List<String> words() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("memloop"));
        words.addAll(words());
        return words;
    }

    private void positive(String option, double value) {
        if (!(value > 0)) {
            throw new ParameterException(spec.commandLine(), option + " must be more than 0, not " + value);
        }
    }
}
