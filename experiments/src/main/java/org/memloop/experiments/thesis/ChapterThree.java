package org.memloop.experiments.thesis;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.memloop.recording.SynapseFile;

/** Set ideal synapses beside the thesis's chapter 3: what the rules reach, and how many pulses they need. */
final class ChapterThree implements Section {
    private static final List<Integer> EPOCHS = List.of(5, 15, 30, 60, 100);

    /**
     * What the thesis says of one rule (sections 3.4 to 3.7).
     *
     * @param validation accuracy in percent, as it is printed
     * @param test accuracy in percent, as it is printed
     * @param pulses mean of the pulses of ten runs, millions
     * @param most most pulses of one sign that a synapse of each layer got, means of ten runs
     */
    private record Printed(String validation, String test, String pulses, String... most) {}

    private static final Map<Experiment, Printed> RULES = rules();

    private static Map<Experiment, Printed> rules() {
        Map<Experiment, Printed> rules = new LinkedHashMap<>();
        rules.put(Experiment.of("continuous", "thesis-3.2"), new Printed("98.46", "98.13", "–", "–", "–"));
        rules.put(Experiment.of("ternary", "thesis-3.6"), new Printed("–", "98.06", "2,921", "30,388", "11,945"));
        rules.put(Experiment.of("probabilistic", "thesis-3.13"),
                new Printed("98.47", "98.15", "1,578", "14,367", "1,498"));
        rules.put(Experiment.of("quantized, learnable", "thesis-3.17-learnable"),
                new Printed("–", "98.13", "37,837", "282,964", "36,201"));
        return rules;
    }

    @Override
    public String name() {
        return "chapter-3";
    }

    @Override
    public List<Experiment> experiments() {
        return List.copyOf(RULES.keySet());
    }

    @Override
    public Set<String> columns() {
        return Set.of(Columns.VALIDATION, Columns.TEST, Columns.PULSES);
    }

    @Override
    public String text(Map<Experiment, List<PastRun>> runs) {
        return accuracies(runs) + "\n" + pulses(runs);
    }

    private static String accuracies(Map<Experiment, List<PastRun>> runs) {
        List<Integer> epochs = epochs(runs);
        List<String> header = new ArrayList<>(List.of("accuracy (%)", "images"));
        epochs.forEach(epoch -> header.add("epoch " + epoch));
        header.add("thesis");
        MarkdownTable table = new MarkdownTable(header);
        RULES.forEach((rule, printed) -> {
            table.row(row(rule.label(), "validation", Columns.VALIDATION, runs.get(rule), epochs,
                    printed.validation()));
            table.row(row(rule.label(), "test", Columns.TEST, runs.get(rule), epochs, printed.test()));
        });
        return table.text();
    }

    private static List<String> row(String label, String images, String column, List<PastRun> runs,
            List<Integer> epochs, String printed) {
        List<String> row = new ArrayList<>(List.of(label, images));
        for (int epoch : epochs) {
            double[] percent = runs.stream().map(run -> run.metrics().need(column))
                    .filter(values -> values.length >= epoch).mapToDouble(values -> 100 * values[epoch - 1]).toArray();
            row.add(percent.length == runs.size() ? Spread.of(percent).text(2) : "–");
        }
        row.add(printed);
        return row;
    }

    private static List<Integer> epochs(Map<Experiment, List<PastRun>> runs) {
        int last = RULES.keySet().stream().flatMap(rule -> runs.get(rule).stream())
                .mapToInt(run -> run.metrics().epochs()).max().orElse(0);
        TreeSet<Integer> told = new TreeSet<>(EPOCHS.stream().filter(epoch -> epoch <= last).toList());
        if (told.isEmpty()) {
            told.add(last);
        }
        return List.copyOf(told);
    }

    private static String pulses(Map<Experiment, List<PastRun>> runs) {
        MarkdownTable table = new MarkdownTable(
                List.of("pulses", "epochs", "in all (millions)", "thesis", "most of one sign, layer 1", "thesis",
                        "most of one sign, layer 2", "thesis"));
        RULES.forEach((rule, printed) -> {
            if (!rule.label().equals("continuous")) {
                List<PastRun> done = runs.get(rule);
                double[] totals = done.stream()
                        .mapToDouble(run -> Arrays.stream(run.metrics().need(Columns.PULSES)).sum() / 1e6).toArray();
                int epochs = done.stream().mapToInt(run -> run.metrics().epochs()).max().orElse(0);
                table.row(List.of(rule.label(), "" + epochs,
                        Spread.of(totals).text(1), printed.pulses(), most(done, 1), printed.most()[0], most(done, 2),
                        printed.most()[1]));
            }
        });
        return table.text();
    }

    /** A synapse of two devices gives each the pulses of one sign, so this is what the device pulsed most went through. */
    private static String most(List<PastRun> runs, int layer) {
        if (!runs.stream().allMatch(run -> run.isWhole() && Files.isReadable(run.synapses()))) {
            return "–";
        }
        return Spread.of(runs.stream().map(run -> SynapseFile.read(run.synapses()).get(layer - 1))
                .flatMapToInt(counts -> IntStream.concat(Arrays.stream(counts.positivePulses()),
                        Arrays.stream(counts.negativePulses())).max().stream())
                .asDoubleStream().toArray()).text(0);
    }
}
