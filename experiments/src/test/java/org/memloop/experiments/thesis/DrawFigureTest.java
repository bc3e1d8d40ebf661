package org.memloop.experiments.thesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.RulePlan;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;
import org.memloop.learn.EqProp;
import org.memloop.learn.Network;
import org.memloop.report.Figure;

class DrawFigureTest {
    @TempDir
    Path folder;
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false,
            StandardCharsets.UTF_8);
    private final Console console = new Console(nowhere, nowhere, false, InstantSource.system());

    /** Takes only the seed and the epochs of the words: a small network on drawn digits. */
    private TrainPlan small(List<String> words) {
        return small(words, new RulePlan.Ternary(1e-3, 1), false);
    }

    private TrainPlan small(List<String> words, RulePlan rule, boolean travel) {
        return new TrainPlan(BenchUri.parse("ideal:"),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(300), 1),
                Network.of(64, 8, 10), EqProp.ofThesis(0.2, 0.5), rule,
                new SynapsePlan.Ideal(2e-3, travel), Integer.parseInt(words.get(words.indexOf("--epochs") + 1)),
                Long.parseLong(words.get(words.indexOf("--seed") + 1)), 1,
                new TrainPlan.Output(folder.resolve("runs"), false, false, List.of(), words));
    }

    private void draw(String number) {
        draw(number, this::small);
    }

    private void draw(String number, PlanReader reader) {
        new DrawFigure(new FigurePlan(number, 2, OptionalInt.of(2), 1, Optional.empty(), Optional.empty(),
                folder.resolve("runs"), folder), reader, console).run();
    }

    @Test
    void curves_and_histograms_of_the_same_runs() throws IOException {
        draw("3.6");
        draw("3.8");
        try (var runs = Files.list(folder.resolve("runs"))) {
            assertEquals(2, runs.count(), "the second figure needs no run");
        }
        String curves = Files.readString(folder.resolve("figure-3.6.csv"));
        for (String name : List.of("training,2.0,", "validation,1.0,", "test,2.0,", "\"validation, low\"")) {
            assertTrue(curves.contains("\n" + name), curves);
        }
        String counts = Files.readString(folder.resolve("figure-3.8.csv"));
        assertTrue(counts.contains("# d   layer 2, negative pulses"), counts);
        double layer2 = counts.substring(counts.indexOf("# d")).lines().skip(2)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[2])).sum();
        assertEquals(80, layer2, 1e-6, "every synapse of the second layer is counted once");
        assertTrue(Files.size(folder.resolve("figure-3.8.png")) > 1000);
        assertTrue(Files.readString(folder.resolve("figure-3.8.svg")).startsWith("<svg"));
    }

    @Test
    void changes_of_each_sign_by_the_gradient_itself() throws IOException {
        var told = assertThrows(ConfigurationException.class,
                () -> draw("3.4", words -> small(words, new RulePlan.Continuous(), false)));
        assertTrue(told.getMessage().contains("--travel"), told.getMessage());
        draw("3.4", words -> small(words, new RulePlan.Continuous(), true));
        draw("3.3", words -> small(words, new RulePlan.Continuous(), false));
        try (var runs = Files.list(folder.resolve("runs"))) {
            assertEquals(4, runs.count(), "a run that kept less does not serve, one that kept more does");
        }
        List<String> panels = List.of(Files.readString(folder.resolve("figure-3.4.csv")).split("(?m)^# "));
        List<String> titles = List.of("layer 1, sum of positive changes", "layer 1, sum of negative changes, unsigned",
                "layer 2, sum of positive changes", "layer 2, sum of negative changes, unsigned");
        for (int panel = 0; panel < 4; panel++) {
            String bins = panels.get(panels.size() - 4 + panel);
            assertTrue(bins.lines().findFirst().orElseThrow().endsWith(titles.get(panel)), bins);
            double[] counts = bins.lines().skip(2).filter(line -> !line.isBlank())
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[2])).toArray();
            assertEquals(panel < 2 ? 64 * 8 : 80, DoubleStream.of(counts).sum(), 1e-6);
            assertTrue(DoubleStream.of(counts).filter(count -> count > 0).count() > 10, bins);
        }
    }

    @Test
    void the_epochs_that_count_end_before_the_first_saturated_device() throws IOException {
        Path file = Files.writeString(folder.resolve("metrics.csv"), """
                epoch,trainAccuracy,validationAccuracy,saturated
                1,0.5,0.6,0
                2,0.6,0.8,0
                3,0.7,0.9,4
                """);
        PastRun run = new PastRun(folder, Map.of("epochs", "3"), "abc", Metrics.read(file));
        Learnt learnt = new Learnt(List.of(run));
        assertEquals(2, learnt.valid());
        assertArrayEquals(new double[]{80}, learnt.bestPercent(), 1e-9);
        assertArrayEquals(new double[]{2}, learnt.bestEpoch());
        assertEquals("3.0", learnt.saturation());
        assertEquals("not in 2", new Learnt(List.of(run.first(2))).saturation());
        Experiment one = new Experiment("one", List.of());
        Figure figure = LearningCurves.figure(LearningCurves.trained("t", one),
                new Drawing.Material(Map.of(one, List.of(run)), () -> {
                    throw new AssertionError("no recording is needed");
                }));
        assertEquals(5, figure.csv().lines().count(), figure.csv());
    }

    @Test
    void a_wrong_number_tells_the_right_ones() {
        var told = assertThrows(ConfigurationException.class, () -> draw("9.9"));
        assertTrue(told.getMessage().contains("3.2, ") && told.getMessage().endsWith("4.18"), told.getMessage());
    }

    @Test
    void every_part_of_the_results_has_experiments_and_every_figure_panels() {
        for (Section section : List.of(new ChapterThree(), new ChapterFour("chapter-4", MemristorCases.main()),
                new ChapterFour("sweeps", MemristorCases.sweeps()), new OnSimulation())) {
            assertEquals(section.experiments().size(),
                    section.experiments().stream().map(Experiment::options).distinct().count(), section.name());
        }
        assertEquals(25, ThesisFigure.every().size());
    }
}
