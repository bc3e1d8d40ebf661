package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.jhdf.HdfFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.learn.Biases;
import org.memloop.learn.EqProp;
import org.memloop.learn.Network;
import org.memloop.learn.PairSettings;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, from the images to the report. */
class TrainTest {
    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Path train(String bench, int images, int epochs, int threads, boolean report) throws IOException {
        return train(bench, images, epochs, threads, report, true);
    }

    private Path train(String bench, int images, int epochs, int threads, boolean report, boolean journal)
            throws IOException {
        EqProp thesis = EqProp.ofThesis(0.2, 0.5);
        TrainPlan plan = new TrainPlan(BenchUri.parse(bench),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(images), 1),
                Network.of(64, 50, 10),
                new EqProp(thesis.freeSteps(), thesis.nudgeSteps(), thesis.timeStep(), 0.1, 100, thesis.etas()),
                new RulePlan.Ternary(5e-4, 3),
                new SynapsePlan.Pairs(PairSettings.linear(10_000, 4_500).withThreshold(50e-6)), epochs, 1, threads,
                new TrainPlan.Output(folder, report, true, List.of("a test"), List.of("memloop", "train"), journal,
                        Optional.empty()));
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Train(plan, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), silent, false,
                InstantSource.system())).run();
        try (var runs = Files.list(folder)) {
            return runs.sorted().toList().getLast();
        }
    }

    private static JsonNode description(Path run) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(run.resolve("run.json")));
    }

    @Test
    void leavesACompleteRecordOfWhatWasDone() throws IOException {
        Path run = train("sim:hfox-128x64", 1000, 2, 1, true);
        assertEquals("finished", description(run).get("status").asString());
        assertTrue(Files.readString(run.resolve("report.html")).contains("</html>"));
        JournalReader.Content journal = JournalReader.read(run.resolve("journal.mlj"));
        assertTrue(journal.damage().isEmpty() && journal.unfinished().isEmpty());
        long weakResets = 0;
        for (Entry entry : journal.entries()) {
            if (entry instanceof Entry.Intent(_, var program, var _)) {
                for (int step = 0; step < program.size(); step++) {
                    weakResets += program.pulse(step).name().equals("WEAK_RESET") ? program.count(step) : 0;
                }
            }
            assertFalse(entry instanceof Entry.Failed);
        }
        long told = 0;
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode epoch = JsonMapper.shared().readTree(line);
            told += epoch.get("pulses").asLong();
            assertTrue(epoch.get("trainAccuracy").asDouble() <= 1 && epoch.get("validationAccuracy").asDouble() <= 1);
        }
        assertEquals(told, weakResets);
        assertTrue(told > 10_000);
        try (HdfFile synapses = new HdfFile(run.resolve("synapses.h5"))) {
            assertEquals(told, pulses(synapses, "layer1") + pulses(synapses, "layer2"));
        }
        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        int energy = List.of(metrics.getFirst().split(",")).indexOf("energyJoules");
        double joules = metrics.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[energy])).sum();
        // cells begin near 100 uS and end between 50 uS, the threshold, and that
        assertEquals(0.9 * 0.9 * 0.6e-6 * 80e-6 * told, joules, 0.3 * joules);
    }

    private static long pulses(HdfFile synapses, String layer) {
        long all = 0;
        for (String sign : List.of("positive", "negative")) {
            all += Arrays.stream((int[][]) synapses.getDatasetByPath("/" + layer + "/pulses_" + sign).getData())
                    .flatMapToInt(Arrays::stream).asLongStream().sum();
        }
        return all;
    }

    private Path trainIdeal(RulePlan rule, int threads) throws IOException {
        TrainPlan plan = new TrainPlan(BenchUri.parse("ideal:"),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(4000), 1),
                Network.of(64, 50, 10), EqProp.ofThesis(0.2, 0.5).withBiases(Biases.CONTINUOUS), rule,
                new SynapsePlan.Ideal(2e-3), 2, 1, threads,
                new TrainPlan.Output(folder, true, true, List.of(), List.of("memloop", "train")));
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Train(plan, new Console(new PrintStream(out, true, StandardCharsets.UTF_8), silent, false,
                InstantSource.system())).run();
        try (var runs = Files.list(folder)) {
            return runs.sorted().toList().getLast();
        }
    }

    @Test
    void idealSynapsesLearnWithoutAnArray() throws IOException {
        Path run = trainIdeal(new RulePlan.Ternary(1e-3, 1), 1);
        assertEquals("finished", description(run).get("status").asString());
        assertEquals(List.of("uri"), List.copyOf(description(run).get("bench").propertyNames()));
        assertFalse(Files.exists(run.resolve("journal.mlj")));
        String report = Files.readString(run.resolve("report.html"));
        assertTrue(report.contains("Weights of layer 2") && report.contains("step of a pulse"));
        assertFalse(report.contains("onductance map") || report.contains("bad cells"));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size());
        for (String line : lines) {
            JsonNode epoch = JsonMapper.shared().readTree(line);
            assertEquals(List.of("epoch", "trainAccuracy", "validationAccuracy", "testAccuracy", "pulses",
                    "pulsesPerLayer", "mostPulsesPerLayer", "blocked", "saturated", "seconds"),
                    List.copyOf(epoch.propertyNames()));
            JsonNode layers = epoch.get("pulsesPerLayer");
            assertEquals(2, layers.size());
            assertEquals(epoch.get("pulses").asLong(), layers.get(0).asLong() + layers.get(1).asLong());
            assertTrue(layers.get(0).asLong() > 0 && layers.get(1).asLong() > 0, line);
        }
        assertEquals("epoch,trainAccuracy,validationAccuracy,testAccuracy,pulses,blocked,saturated,pulsesLayer1,"
                + "pulsesLayer2,mostPulsesLayer1,mostPulsesLayer2,residual,freeResidualMean,freeResidualMax,"
                + "nudgeResidualMean,nudgeResidualMax", Files.readAllLines(run.resolve("metrics.csv")).getFirst());
        assertTrue(JsonMapper.shared().readTree(lines.getLast()).get("testAccuracy").asDouble() > 0.5, lines.getLast());
        assertArrayEquals(Files.readAllBytes(run.resolve("metrics.csv")),
                Files.readAllBytes(trainIdeal(new RulePlan.Ternary(1e-3, 1), 2).resolve("metrics.csv")));
    }

    @Test
    void everyRuleTeachesIdealSynapses() throws IOException {
        for (RulePlan rule : List.of(new RulePlan.Continuous(), new RulePlan.Probabilistic(2e-3),
                new RulePlan.Quantized(2e-3, 5))) {
            Path run = trainIdeal(rule, 1);
            assertTrue(lastAccuracy(run) > 0.5, rule + ": " + lastAccuracy(run));
        }
    }

    @Test
    void anArrayThatCanBeMadeAnewNeedsNoJournal() throws IOException {
        Path with = train("sim:hfox-128x64", 500, 1, 1, false);
        Path without = train("sim:hfox-128x64", 500, 1, 1, false, false);
        assertFalse(Files.exists(without.resolve("journal.mlj")));
        assertEquals("off", description(without).get("configuration").get("journal").asString());
        assertEquals("full", description(with).get("configuration").get("journal").asString());
        assertArrayEquals(Files.readAllBytes(with.resolve("metrics.csv")),
                Files.readAllBytes(without.resolve("metrics.csv")));
    }

    @Test
    void whatInstrumentsDoIsAlwaysWrittenDown() throws IOException {
        assumeFalse(OS.WINDOWS.isCurrentOs(), "the virtual laboratory needs pseudo-terminals");
        BenchException refused = assertThrows(BenchException.class,
                () -> train("wire:?baud=0", 500, 1, 1, false, false));
        assertTrue(refused.getMessage().contains("leave out --journal off"), refused.getMessage());
        try (var runs = Files.list(folder)) {
            assertEquals(0, runs.count());
        }
    }

    @Test
    void theSameSeedGivesTheSameMetricsOnAnyNumberOfThreads() throws IOException {
        byte[] one = Files.readAllBytes(train("sim:hfox-128x64", 500, 2, 1, false).resolve("metrics.csv"));
        byte[] again = Files.readAllBytes(train("sim:hfox-128x64", 500, 2, 1, false).resolve("metrics.csv"));
        byte[] two = Files.readAllBytes(train("sim:hfox-128x64?threads=2", 500, 2, 2, false).resolve("metrics.csv"));
        byte[] other = Files.readAllBytes(train("sim:hfox-128x64?seed=2", 500, 2, 1, false).resolve("metrics.csv"));
        assertArrayEquals(one, again);
        assertArrayEquals(one, two);
        assertFalse(Arrays.equals(one, other));
    }

    @Test
    void learnsOnTheVirtualLaboratoryAsOnTheSimulation() throws IOException {
        assumeFalse(OS.WINDOWS.isCurrentOs(), "the virtual laboratory needs pseudo-terminals");
        Path wire = train("wire:?baud=0", 4000, 8, 1, false);
        Path sim = train("sim:hfox-128x64", 4000, 8, 1, false);
        assertEquals(3, description(wire).get("bench").get("instruments").size());
        assertEquals(lastAccuracy(sim), lastAccuracy(wire), 0.05);
        assertTrue(lastAccuracy(wire) > 0.3, "accuracy " + lastAccuracy(wire));
    }

    private static double lastAccuracy(Path run) throws IOException {
        return Double.parseDouble(Files.readAllLines(run.resolve("metrics.csv")).getLast().split(",")[2]);
    }

    @Test
    void whatDoesNotFitIsToldBeforeARunBegins() throws IOException {
        BenchException small = assertThrows(BenchException.class,
                () -> train("sim:hfox-16x16", 500, 1, 1, false));
        assertTrue(small.getMessage().contains("needs 7400 cells, the array has 256"), small.getMessage());
        assertThrows(BenchException.class, () -> train("sim:hfox-128x64?seed=x", 500, 1, 1, false));
        try (var runs = Files.list(folder)) {
            assertEquals(0, runs.count());
        }
    }
}
