package org.memloop.experiments.thesis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.memloop.bench.ConfigurationException;

/**
 * Name a figure of the thesis that shows data.
 *
 * @param number its number, for example {@code 3.6}
 * @param about what it shows, one line
 * @param drawing how it is made
 */
record ThesisFigure(String number, String about, Drawing drawing) {
    private static final Map<String, ThesisFigure> ALL = all();

    /** {@return every figure, in the order of the thesis} */
    static List<ThesisFigure> every() {
        return List.copyOf(ALL.values());
    }

    /** {@return one of them; a wrong number is told with the right ones} */
    static ThesisFigure numbered(String number) {
        ThesisFigure figure = ALL.get(number);
        if (figure == null) {
            throw new ConfigurationException(
                    "there is no figure '" + number + "'; there are " + String.join(", ", ALL.keySet()));
        }
        return figure;
    }

    boolean ofCells() {
        return number.startsWith("4.");
    }

    private static Map<String, ThesisFigure> all() {
        Map<String, ThesisFigure> all = new LinkedHashMap<>();
        chapterThree(all);
        chapterFour(all);
        return all;
    }

    private static void chapterThree(Map<String, ThesisFigure> all) {
        add(all, "3.2", "continuous changes: accuracy over the epochs", tested("continuous", "thesis-3.2"));
        add(all, "3.3", "continuous changes: how far weights have come, by layer",
                new Histograms(preset("thesis-3.3"), Histograms.Kind.CHANGE));
        add(all, "3.4", "continuous changes: sums of the changes of each sign, by layer",
                new Histograms(preset("thesis-3.4"), Histograms.Kind.TRAVEL));
        add(all, "3.6", "ternary pulses: accuracy over the epochs", tested("ternary", "thesis-3.6"));
        add(all, "3.7", "ternary pulses: positive less negative pulses of a synapse, by layer",
                new Histograms(preset("thesis-3.7"), Histograms.Kind.BALANCE));
        add(all, "3.8", "ternary pulses: pulses of each sign of a synapse, by layer",
                new Histograms(preset("thesis-3.8"), Histograms.Kind.SIGNS));
        add(all, "3.9", "ternary pulses: the threshold theta varies", Sweep.THETA);
        add(all, "3.10", "ternary pulses: the learning rate of the second layer varies", Sweep.ETA_2);
        add(all, "3.11", "ternary pulses: the step v of a pulse varies", Sweep.STEP);
        add(all, "3.13", "ternary pulses with probabilities: accuracy over the epochs",
                tested("ternary with probabilities", "thesis-3.13"));
        add(all, "3.14", "ternary pulses with probabilities: positive less negative pulses",
                new Histograms(preset("thesis-3.14"), Histograms.Kind.BALANCE));
        add(all, "3.15", "ternary pulses with probabilities: pulses of each sign",
                new Histograms(preset("thesis-3.15"), Histograms.Kind.SIGNS));
        String learnable = " (theta and step a hundredth of the printed ones)";
        add(all, "3.17", "up to 9 pulses: accuracy over the epochs" + learnable,
                tested("up to 9 pulses", "thesis-3.17-learnable"));
        add(all, "3.18", "up to 9 pulses: positive less negative pulses" + learnable,
                new Histograms(preset("thesis-3.18"), Histograms.Kind.BALANCE));
        add(all, "3.19", "up to 9 pulses: pulses of each sign" + learnable,
                new Histograms(preset("thesis-3.19"), Histograms.Kind.SIGNS));
    }

    private static void chapterFour(Map<String, ThesisFigure> all) {
        add(all, "4.9", "conductance over weak RESET pulses: two devices, and all", TracePlots.EXAMPLES);
        add(all, "4.10", "perceptron on recorded devices: accuracy over the epochs",
                trained("perceptron", "thesis-4.10"));
        add(all, "4.11", "recorded devices, first layer frozen: accuracy over the epochs",
                trained("first layer frozen", "thesis-4.11"));
        add(all, "4.12", "recorded devices, linear weights: accuracy over the epochs",
                trained("linear weights", "thesis-4.12"));
        add(all, "4.13", "recorded devices: the threshold theta varies", Sweep.THETA_OF_CELLS);
        add(all, "4.14", "recorded devices: the scale of the first layer's weights varies", Sweep.ALPHA_1);
        add(all, "4.15", "recorded devices: the scale of the second layer's weights varies", Sweep.ALPHA_2);
        add(all, "4.16", "recorded devices: linear and logarithmic weights",
                LearningCurves.of(LearningCurves.trained("linear", preset("thesis-4.16a")),
                        LearningCurves.trained("logarithmic", preset("thesis-4.16b"))));
        add(all, "4.17", "conductances of all devices, and their logarithms", TracePlots.SCALES);
        add(all, "4.18", "recorded devices below a conductance G_th rest: linear and logarithmic weights",
                LearningCurves.of(
                        LearningCurves.compared("linear, validation", Columns.VALIDATION, rested("thesis-4.18a")),
                        LearningCurves.compared("logarithmic, validation", Columns.VALIDATION,
                                rested("thesis-4.18b"))));
    }

    private static List<Experiment> rested(String preset) {
        return List.of(16_000, 18_000, 20_000).stream()
                .map(ohms -> Experiment.of("G_th = 1/" + ohms + " S", preset, "--gth", "1/" + ohms)).toList();
    }

    private static Experiment preset(String name) {
        return Experiment.of(name, name);
    }

    private static Drawing tested(String title, String preset) {
        return LearningCurves.of(LearningCurves.tested(title, preset(preset)));
    }

    private static Drawing trained(String title, String preset) {
        return LearningCurves.of(LearningCurves.trained(title, preset(preset)));
    }

    private static void add(Map<String, ThesisFigure> all, String number, String about, Drawing drawing) {
        all.put(number, new ThesisFigure(number, about, drawing));
    }
}
