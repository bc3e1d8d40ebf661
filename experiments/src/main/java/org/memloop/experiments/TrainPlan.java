package org.memloop.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import org.memloop.bench.BenchUri;
import org.memloop.learn.Biases;
import org.memloop.learn.EqProp;
import org.memloop.learn.Network;
import org.memloop.run.Session;

/**
 * Fix every setting of a training run, defaults resolved.
 *
 * @param bench address of the bench
 * @param images what to learn
 * @param network shape of the network
 * @param eqprop how Equilibrium Propagation is done
 * @param rule what becomes of the gradient
 * @param synapses what weights are kept in: ideal ones with a bench {@code ideal:}, cells with any other
 * @param epochs how often to go through the training images, at least 1
 * @param seed the number all random streams hang off
 * @param threads how many threads compute, at least 1
 * @param output what to write, and where
 */
public record TrainPlan(BenchUri bench, Images images, Network network, EqProp eqprop, RulePlan rule,
        SynapsePlan synapses, int epochs, long seed, int threads, Output output) {

    /** Name a data set. */
    public enum Source {
        /** Digits drawn by the program itself, 8x8 pixels. */
        DIGITS(8_000),
        /** The handwritten digits of MNIST, 28x28 pixels, shrunk to 8x8 for a network of 64 inputs. */
        MNIST(56_000);

        private final int trainingImages;

        Source(int trainingImages) {
            this.trainingImages = trainingImages;
        }
    }

    /**
     * Choose the images.
     *
     * @param source the data set
     * @param folder folder that holds its files, when the person names one
     * @param limit how many training images to use, the usual number when empty
     * @param inputGain factor on every pixel before it enters the network; what exceeds 1 is cut off
     */
    public record Images(Source source, Optional<Path> folder, OptionalInt limit, double inputGain) {
        /** {@return how many training images there will be: drawn ones without end, of others no more than there are} */
        int training() {
            int wanted = limit.orElse(source.trainingImages);
            return source == Source.DIGITS ? wanted : Math.min(wanted, source.trainingImages);
        }
    }

    /**
     * Choose what is written.
     *
     * @param runs folder that holds the runs
     * @param report whether to write a report at the end
     * @param json whether to print one JSON object for each epoch
     * @param notes free remarks to keep with the run
     * @param commandLine the words the program was started with
     * @param journal whether every program of pulses is written down; without effect where there is no array
     * @param resumed folder of the run to go on with, where there is one
     * @param chip which die is on the bench, and what its readings mean
     */
    public record Output(Path runs, boolean report, boolean json, List<String> notes, List<String> commandLine,
            boolean journal, Optional<Path> resumed, Chip chip) {
        /**
         * Choose what is written of a die nobody named.
         *
         * @param runs folder that holds the runs
         * @param report whether to write a report at the end
         * @param json whether to print one JSON object for each epoch
         * @param notes free remarks to keep with the run
         * @param commandLine the words the program was started with
         * @param journal whether every program of pulses is written down
         * @param resumed folder of the run to go on with, where there is one
         */
        public Output(Path runs, boolean report, boolean json, List<String> notes, List<String> commandLine,
                boolean journal, Optional<Path> resumed) {
            this(runs, report, json, notes, commandLine, journal, resumed, Chip.UNKNOWN);
        }

        /**
         * Choose what is written, the journal among it.
         *
         * @param runs folder that holds the runs
         * @param report whether to write a report at the end
         * @param json whether to print one JSON object for each epoch
         * @param notes free remarks to keep with the run
         * @param commandLine the words the program was started with
         */
        public Output(Path runs, boolean report, boolean json, List<String> notes, List<String> commandLine) {
            this(runs, report, json, notes, commandLine, true, Optional.empty());
        }

        /** {@return where the run is kept} */
        Session.Place place() {
            return resumed.<Session.Place>map(Session.Place.Again::new).orElseGet(() -> new Session.Place.New(runs));
        }

        /** Keep the lists from changing. */
        public Output {
            notes = List.copyOf(notes);
            commandLine = List.copyOf(commandLine);
        }
    }

    /** Refuse settings that do not go together. */
    public TrainPlan {
        onePerLayer("eta", eqprop.etas(), network);
        switch (synapses) {
            case SynapsePlan.Ideal _ -> requireIdeal(bench);
            case SynapsePlan.Pairs(var pairs) -> {
                onePerLayer("alpha", pairs.alphas(), network);
                if (rule instanceof RulePlan.Continuous || eqprop.biases() != Biases.NONE) {
                    throw new IllegalArgumentException(
                            "cells learn by pulses and have no biases: a continuous rule and "
                                    + "biases need the bench ideal:, not " + bench);
                }
            }
        }
        bench = bench.withDefault("seed", String.valueOf(seed));
    }

    private static void requireIdeal(BenchUri bench) {
        if (!bench.scheme().equals(SynapsePlan.IDEAL) || !bench.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "ideal synapses have the address ideal: or ideal:?seed=7, not " + bench);
        }
        bench.allow(Set.of("seed"));
    }

    private static void onePerLayer(String what, List<Double> values, Network network) {
        if (values.size() != network.layers()) {
            throw new IllegalArgumentException(
                    "a " + network + " network has " + network.layers() + " layers of weights, but "
                            + values.size() + " values of " + what + " are given");
        }
    }

    /** {@return every setting as text with its unit, in the order a person would look for it} */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bench", bench.toString());
        settings.put("dataset", images.source().name().toLowerCase(Locale.ROOT));
        settings.put("training images", "" + images.training());
        settings.put("input gain", "" + images.inputGain());
        settings.put("layers", network.toString());
        settings.putAll(synapses.described());
        settings.put("eta", eqprop.etas().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        settings.putAll(rule.described());
        settings.put("biases", switch (eqprop.biases()) {
            case NONE -> "none";
            case CONTINUOUS -> "by the gradient";
            case LIKE_SYNAPSES -> "by the rule of the synapses";
        });
        settings.put("beta", eqprop.beta() + switch (eqprop.sign()) {
            case RANDOM -> ", sign drawn for each mini-batch";
            case POSITIVE -> ", always positive";
            case NEGATIVE -> ", always negative";
            case SYMMETRIC -> ", both signs contrasted";
        });
        settings.put("batch", eqprop.batchSize() + " images");
        settings.put("phases",
                eqprop.freeSteps() + " free and " + eqprop.nudgeSteps() + " nudge steps of " + eqprop.timeStep());
        settings.putAll(output.chip().settings());
        settings.put("epochs", "" + epochs);
        settings.put("seed", "" + seed);
        settings.put("threads", "" + threads);
        if (synapses instanceof SynapsePlan.Pairs) {
            settings.put("journal", output.journal() ? "full" : "off");
        }
        return settings;
    }
}
