package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.calibration.Preparation;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.data.DrawnDigits;
import org.memloop.data.Splits;
import org.memloop.learn.DevicePairs;
import org.memloop.learn.Discretizer;
import org.memloop.learn.EqProp;
import org.memloop.learn.Ledger;
import org.memloop.learn.Network;
import org.memloop.learn.PairMap;
import org.memloop.learn.PairSettings;
import org.memloop.learn.Seed;
import org.memloop.learn.Trainer;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.run.Benches;
import org.memloop.run.JournalReader;

/** Recordings from the pulse to the file and back to a bench. */
class TracesTest {
    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8), false, InstantSource.system());

    private Path generated(int pulses) {
        Path file = folder.resolve("made-up-" + pulses + ".h5");
        GenerateTraces.run(new GenerateTracesPlan(WeakResetTraces.HFOX, 30, pulses, 2, file), console);
        return file;
    }

    private void measure(String bench, int devices, int pulses, Path file) {
        new MeasureTraces(new MeasureTracesPlan(BenchUri.parse(bench), devices, pulses, file, folder.resolve("runs"),
                List.of("a test"), List.of("memloop", "traces", "measure")), console).run();
    }

    @Test
    void devicePairsLearnOnARecordingAsOnAnyBench() {
        BenchUri uri = BenchUri.parse("traces:" + generated(200) + "?rows=16&columns=8&seed=4");
        try (Bench bench = Benches.open(uri)) {
            PairMap map = PairMap.inOrder(Network.of(5, 6, 5), IntStream.range(0, 128).toArray());
            DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(5000, 3000));
            float before = pairs.weights(0)[0];
            double siemens = pairs.siemensOf(map.complementCell(0, 0));
            for (int i = 0; i < 60; i++) {
                byte[][] trits = {new byte[30], new byte[30]};
                trits[0][0] = -1;
                pairs.apply(trits);
            }
            double fallen = siemens - pairs.siemensOf(map.complementCell(0, 0));
            assertEquals(before - 5000 * fallen, pairs.weights(0)[0], 1e-4);
            assertEquals(60, pairs.pulsesOf(map.complementCell(0, 0)));
            assertEquals(0, bench.exhaustedCells());
            bench.run(PulseProgram.builder().add(0, Pulse.WEAK_RESET, 500).build());
            assertEquals(1, bench.exhaustedCells());
            assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            pairs.apply(new byte[][]{new byte[30], new byte[30]});
        }
    }

    private BenchUri bench(boolean recorded) {
        return BenchUri.parse(recorded
                ? "traces:" + generated(200) + "?rows=16&columns=16&seed=4"
                : "sim:hfox-16x16?seed=4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFreshReadingDiffersFromTheLastOnlyWhereCellsChangeByThemselves(boolean recorded) {
        // about where cells begin, so that noise decides for many of them
        PairSettings settings = PairSettings.linear(5000, 3000).withThreshold(recorded ? 95e-6 : 98e-6);
        BenchUri uri = bench(recorded);
        Ledger last = pulsed(uri, settings);
        Ledger fresh = pulsed(uri, settings.withThresholdRead(PairSettings.ThresholdRead.FRESH));
        assertTrue(last.blocked() > 0 && last.pulses() > 0, last.pulses() + " pulses, " + last.blocked() + " blocked");
        assertEquals(recorded, Arrays.deepEquals(last.positive(), fresh.positive()));
        assertEquals(last.pulses() + last.blocked(), fresh.pulses() + fresh.blocked());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneCellAndAReferenceAreWeakenedOnAnyBench(boolean recorded) {
        Ledger ledger = pulsed(bench(recorded), PairSettings.linear(5000, 3000).withReference(90e-6));
        assertEquals(60 * 60, ledger.pulses());
        assertEquals(60 * 60, ledger.blocked(), "half of what is wanted is to strengthen");
        assertArrayEquals(new int[30], ledger.positive()[0]);
    }

    /** Wants 60 pulses of each sign on each of 60 synapses. */
    private static Ledger pulsed(BenchUri uri, PairSettings settings) {
        Network network = Network.of(5, 6, 5);
        try (Bench bench = Benches.open(uri)) {
            int[] cells = Preparation.USUAL.prepare(bench, (_, _, _) -> {}).healthyCells();
            DevicePairs pairs = new DevicePairs(bench, settings.cellsPerSynapse() == 1
                    ? PairMap.single(network, cells)
                    : PairMap.inOrder(network, cells), settings);
            float[] before = pairs.weights(0).clone();
            for (int i = 0; i < 120; i++) {
                byte[][] trits = {new byte[30], new byte[30]};
                Arrays.fill(trits[0], (byte) (i % 2 == 0 ? 1 : -1));
                Arrays.fill(trits[1], (byte) (i % 2 == 0 ? 1 : -1));
                pairs.apply(trits);
            }
            assertFalse(Arrays.equals(before, pairs.weights(0)));
            return pairs.ledger();
        }
    }

    @Test
    void trainingTakesRecordedCellsAsTheyAreAndTellsWhenTheyEnd() throws IOException {
        EqProp thesis = EqProp.ofThesis(0.2, 0.5);
        TrainPlan plan = new TrainPlan(BenchUri.parse("traces:" + generated(40)),
                new TrainPlan.Images(TrainPlan.Source.DIGITS, Optional.empty(), OptionalInt.of(400), 1),
                Network.of(64, 50, 10), thesis, new RulePlan.Ternary(2e-4, 3),
                new SynapsePlan.Pairs(PairSettings.linear(5000, 5000)), 2, 1, 1,
                new TrainPlan.Output(folder.resolve("runs"), false, false, List.of(), List.of("memloop", "train")));
        new Train(plan, console).run();
        String told = out.toString(StandardCharsets.UTF_8);
        assertTrue(told.contains("8,192 cells: 8,192 healthy"), told);
        assertEquals(1, told.lines().filter(line -> line.contains("came to their end")).count(), told);
        assertTrue(Files.readString(folder.resolve("runs/0001-train/run.json"))
                .contains("\"operations\" : \"READ, WEAK_RESET\""));
        JournalReader.Content journal = JournalReader.read(folder.resolve("runs/0001-train/journal.mlj"));
        assertTrue(journal.damage().isEmpty() && journal.unfinished().isEmpty());
        JournalReader.Entry last = journal.entries().stream()
                .filter(entry -> !(entry instanceof JournalReader.Entry.Mark)).toList().getLast();
        assertTrue(last instanceof JournalReader.Entry.Unrecorded said && said.what().contains("made-up-40.h5"),
                last.toString());
    }

    /** Hides that a recording can be looked into. */
    private record Opaque(Bench inner) implements Bench {
        @Override
        public Capabilities capabilities() {
            return inner.capabilities();
        }

        @Override
        public Readings run(PulseProgram program) {
            return inner.run(program);
        }

        @Override
        public int exhaustedCells() {
            return inner.exhaustedCells();
        }

        @Override
        public void rest(double seconds) {
            inner.rest(seconds);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private static DevicePairs learnt(Bench bench, int threads) {
        DevicePairs pairs = new DevicePairs(bench,
                PairMap.inOrder(Network.of(64, 50, 10), IntStream.range(0, 8192).toArray()),
                PairSettings.linear(5000, 5000).withThreshold(85e-6));
        Splits digits = DrawnDigits.splits(300, 50, 10, 1);
        new Trainer(EqProp.ofThesis(0.2, 0.5), pairs, Discretizer.ternary(1e-4), new Seed(1), threads,
                InstantSource.system()).train(digits.training(), digits.validation(), 3, _ -> {}, () -> false);
        return pairs;
    }

    private static void assertLedger(Ledger expected, Ledger actual) {
        assertArrayEquals(expected.positive(), actual.positive());
        assertArrayEquals(expected.negative(), actual.negative());
        assertEquals(expected.blocked(), actual.blocked());
        assertEquals(expected.blockedDevices(), actual.blockedDevices());
        assertEquals(expected.saturated(), actual.saturated());
        double energy = expected.energyJoules().orElseThrow();
        assertEquals(energy, actual.energyJoules().orElseThrow(), 1e-6 * energy);
    }

    @Test
    void aRecordingIsFollowedFromWithinAsByPrograms() {
        BenchUri uri = BenchUri.parse("traces:" + generated(12) + "?seed=4");
        try (Bench hidden = new Opaque(Benches.open(uri)); Bench shown = Benches.open(uri)) {
            DevicePairs expected = learnt(hidden, 1);
            DevicePairs actual = learnt(shown, 2);
            assertArrayEquals(expected.weights(0), actual.weights(0), 0);
            assertArrayEquals(expected.weights(1), actual.weights(1), 0);
            assertLedger(expected.ledger(), actual.ledger());
            assertEquals(hidden.exhaustedCells(), shown.exhaustedCells());
            Ledger ledger = actual.ledger();
            assertTrue(ledger.pulses() > 10_000 && ledger.blocked() > 0 && ledger.saturated() > 0,
                    ledger.pulses() + " pulses, " + ledger.blocked() + " withheld, " + ledger.saturated());
        }
    }

    @Test
    void aClosedRecordingIsNotFollowed() {
        Bench closed = Benches.open(BenchUri.parse("traces:" + generated(12) + "?seed=4"));
        closed.close();
        assertThrows(IllegalStateException.class, closed::replay);
    }

    @Test
    void aMeasuredRecordingIsReplayedAsItWasMeasured() throws IOException {
        Path file = folder.resolve("die.npy");
        measure("sim:hfox-16x16?seed=5", 20, 300, file);
        Recording recording = Recordings.read(file, Optional.empty());
        assertEquals(20, recording.devices());
        assertEquals(300, recording.pulses());
        long fell = IntStream.range(0, 20).filter(d -> recording.siemens(d, 299) < recording.siemens(d, 0)).count();
        assertTrue(fell >= 15, fell + " of 20 devices fell");
        JournalReader.Content journal = JournalReader.read(folder.resolve("runs/0001-traces/journal.mlj"));
        assertTrue(journal.damage().isEmpty() && journal.unfinished().isEmpty());
        assertTrue(Files.readString(folder.resolve("runs/0001-traces/run.json")).contains("\"finished\""));

        Path again = folder.resolve("again.h5");
        measure("traces:" + file + "?rows=4&columns=5", 20, 300, again);
        Recording replayed = Recordings.read(again, Optional.empty());
        for (int cell = 0; cell < 20; cell++) {
            int wanted = cell;
            int device = IntStream.range(0, 20)
                    .filter(d -> Math.abs(recording.siemens(d, 0) - replayed.siemens(wanted, 0)) < 1e-12).findFirst()
                    .orElseThrow();
            float[] row = new float[300];
            float[] expected = new float[300];
            for (int t = 0; t < 300; t++) {
                row[t] = replayed.siemens(cell, t);
                expected[t] = recording.siemens(device, t);
            }
            assertArrayEquals(expected, row, 1e-11f);
        }
        assertTrue(replayed.about().get("bench").contains("die.npy"), replayed.about().toString());
    }

    @Test
    void whatCannotBeMeasuredIsToldBeforeAPulse() throws IOException {
        Path file = Files.writeString(folder.resolve("there.h5"), "precious");
        assertThrows(UncheckedIOException.class, () -> measure("sim:hfox-8x8", 4, 10, file));
        assertThrows(BenchException.class, () -> measure("sim:hfox-8x8", 4, 10, folder.resolve("x.doc")));
        assertThrows(BenchException.class, () -> measure("sim:hfox-8x8", 65, 10, folder.resolve("x.h5")));
        assertThrows(BenchException.class,
                () -> measure("sim:hfox-8x8", 1, 10_000_001, folder.resolve("x.h5")));
        assertFalse(Files.exists(folder.resolve("runs")));
        BenchException few = assertThrows(BenchException.class,
                () -> measure("sim:hfox-8x8?stuck=1", 5, 10, folder.resolve("x.h5")));
        assertTrue(few.getMessage().contains("healthy cells"), few.getMessage());
        assertEquals("precious", Files.readString(file));
    }
}
