package org.memloop.experiments.thesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.RulePlan;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;
import org.memloop.learn.Biases;
import org.memloop.learn.EqProp;
import org.memloop.learn.Network;

class RunSeriesTest {
    @TempDir
    Path runs;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), false,
            InstantSource.system());

    private TrainPlan plan(double theta, int epochs, int threads, long seed) {
        return new TrainPlan(BenchUri.parse("ideal:"),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(200), 1),
                Network.of(64, 8, 10), EqProp.ofThesis(0.2, 0.5).withBiases(Biases.CONTINUOUS),
                new RulePlan.Ternary(theta, 1), new SynapsePlan.Ideal(2e-3), epochs, seed, threads,
                new TrainPlan.Output(runs, false, false, List.of("n" + threads), List.of("memloop", "t" + epochs)));
    }

    private static RunRequest request(TrainPlan plan) {
        return new RunRequest(plan, Set.of(Columns.PULSES), false);
    }

    private List<PastRun> obtain(TrainPlan... plans) {
        return new RunSeries(runs, 2, console).obtain(List.of(plans).stream().map(RunSeriesTest::request).toList());
    }

    private long folders() throws IOException {
        try (var all = Files.list(runs)) {
            return all.filter(Files::isDirectory).count();
        }
    }

    @Test
    void what_was_done_before_is_not_done_again() throws IOException {
        List<PastRun> first = obtain(plan(1e-3, 3, 1, 0), plan(1e-3, 2, 1, 0), plan(1e-3, 3, 1, 1));
        assertEquals(2, folders(), "two epochs are the first of three");
        assertEquals(first.get(0).folder(), first.get(1).folder());
        assertNotEquals(first.get(0).folder(), first.get(2).folder());
        assertEquals(3, first.getFirst().metrics().epochs());

        assertEquals(first.getFirst().folder(), obtain(plan(1e-3, 2, 2, 0)).getFirst().folder());
        assertEquals(2, folders());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("all of them done before"), err.toString());

        obtain(plan(1e-3, 4, 1, 0));
        assertEquals(3, folders(), "a shorter run does not serve");
        assertNotEquals(first.getFirst().folder(), obtain(plan(2e-3, 3, 1, 0)).getFirst().folder());
        assertEquals(4, folders(), "another threshold is another run");
    }

    @Test
    void a_run_that_was_stopped_counts_for_nothing() throws IOException {
        PastRun run = obtain(plan(1e-3, 1, 1, 0)).getFirst();
        Path about = run.folder().resolve("run.json");
        Files.writeString(about, Files.readString(about).replace("\"finished\"", "\"aborted\""));
        assertNotEquals(run.folder(), obtain(plan(1e-3, 1, 1, 0)).getFirst().folder());
    }

    @Test
    void a_run_that_fails_is_told_and_the_next_ones_are_not_begun() throws IOException {
        TrainPlan wrong = new TrainPlan(BenchUri.parse("ideal:"),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(200), 1),
                Network.of(65, 8, 10), EqProp.ofThesis(0.2, 0.5), new RulePlan.Continuous(),
                new SynapsePlan.Ideal(1), 1, 0, 1,
                new TrainPlan.Output(runs, false, false, List.of(), List.of()));
        RunSeries series = new RunSeries(runs, 1, console);
        var told = assertThrows(ConfigurationException.class,
                () -> series.obtain(List.of(request(wrong), request(plan(1e-3, 1, 1, 0)))));
        assertTrue(told.getMessage().contains("65-8-10"), told.getMessage());
        assertEquals(0, folders());
    }

    @Test
    void a_column_nobody_measures_is_named() {
        RunRequest odd = new RunRequest(plan(1e-3, 1, 1, 0), Set.of("temperature"), false);
        var told = assertThrows(ConfigurationException.class,
                () -> new RunSeries(runs, 1, console).obtain(List.of(odd)));
        assertTrue(told.getMessage().contains("temperature"), told.getMessage());
    }

    @Test
    void a_recording_among_the_runs_is_known_by_its_name_and_any_other_by_its_place() {
        Map<String, String> ours = Map.of("bench", "traces:/a/weak-reset-314x5000-seed0.h5?seed=1", "eta", "1");
        assertEquals(RunStore.identity(ours), RunStore.identity(
                Map.of("bench", "traces:/b/weak-reset-314x5000-seed0.h5?seed=1", "eta", "1", "threads", "2")));
        assertNotEquals(RunStore.identity(ours), RunStore.identity(
                Map.of("bench", "traces:/a/weak-reset-314x5000-seed1.h5?seed=1", "eta", "1")));
        assertNotEquals(RunStore.identity(Map.of("bench", "traces:/a/mine.h5")),
                RunStore.identity(Map.of("bench", "traces:/b/mine.h5")));
    }
}
