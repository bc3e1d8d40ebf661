package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.calibration.Procedures;
import org.memloop.experiments.Console;
import org.memloop.lab.LabAddresses;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.RunningLab;
import org.memloop.run.Benches;

/**
 * Try to get pulses over the limits to an array by whatever this installation offers: every kind of bench, with its guard
 * and without, and every command that pulses, its settings and files. The lines of an emulated chip have to see none.
 */
class EntryPointsSafetyTest {
    private static final int ATTEMPTS = 60;
    private static final String LAB = LabFile.builtInText().replace("rows: 128", "rows: 16").replace("columns: 64",
            "columns: 16");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no pseudo-terminals");
    }

    private RunningLab start(LabFile lab) {
        return LabEmulation.find().start(lab, folder,
                new LabEmulation.Terms(7, 7, "", LabEmulation.Ports.FREE, false, 0, "off"));
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private int memloop(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, InstantSource.system());
        return Memloop.commandLine(console, Memloop.commands(console)).execute(words);
    }

    private static Pulse over(Limits limits, Random random) {
        double more = 1.001 + random.nextDouble();
        return switch (random.nextInt(4)) {
            case 0 -> pulse(Polarity.SET, limits.bitLineVoltsMax() * more, 2, 1e-6);
            case 1 -> pulse(Polarity.RESET, limits.sourceLineVoltsMax() * more, 2, 1e-6);
            case 2 -> pulse(Polarity.RESET, 0.9, limits.wordLineVoltsMax() * more, 1e-6);
            default -> pulse(Polarity.RESET, 0.9, 2, limits.widthSecondsMax() * more);
        };
    }

    private static Pulse pulse(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        return new Pulse("WEAK_RESET", polarity, columnVolts, gateVolts, widthSeconds, false);
    }

    /** Try, and return what a reading says afterwards. */
    private static Readings attempt(Supplier<Bench> open, int attempts) {
        try (Bench bench = open.get()) {
            Random random = new Random(1);
            for (int i = 0; i < attempts; i++) {
                PulseProgram program = PulseProgram.builder().add(3, Pulse.READ)
                        .add(3, over(bench.capabilities().limits(), random)).build();
                assertEquals(Firing.NONE, assertThrows(BenchException.class, () -> bench.run(program)).firing());
            }
            return bench.run(PulseProgram.of(Pulse.READ, 3));
        }
    }

    /** A bench that was asked for pulses it may not give has to read as one that never was. */
    @Test
    void noBenchCanBeTalkedIntoIt() throws Exception {
        Path csv = file("traces.csv", "1e-4,9e-5,8e-5\n".repeat(3));
        Path lab = file("lab.yaml", LAB);
        assertEquals(0, memloop("traces", "measure", "--bench", "sim:hfox-16x16", "--devices", "4", "--pulses", "3",
                "--out", folder + "/t.csv", "--runs", folder + "/runs"));
        try (RunningLab running = start(LabFile.read(lab))) {
            Path bench = file("bench.yaml", LabAddresses.move(LAB, folder, running.addresses()));
            Map<String, String> addresses = new TreeMap<>(Map.of("sim", "sim:hfox-16x16?seed=2", "traces",
                    "traces:" + csv + "?seed=2", "wire", "wire:" + lab + "?baud=0", "rack", "rack:" + bench));
            for (String address : addresses.values()) {
                BenchUri uri = BenchUri.parse(address);
                BenchProvider provider = Benches.providers().stream()
                        .filter(one -> one.scheme().equals(uri.scheme())).findFirst().orElseThrow();
                for (Supplier<Bench> open : List.<Supplier<Bench>>of(() -> Benches.open(uri),
                        () -> provider.open(uri))) {
                    Readings wanted = attempt(open, 0);
                    Readings got = attempt(open, ATTEMPTS);
                    assertTrue(uri.scheme().equals("rack") || wanted.equals(got), address); // a rack's noise goes on
                }
            }
            assertEquals(0, lines(running, "overLimit"));
            assertEquals(4, lines(running, "pulses"), "the four readings alone");
            // a recorded session has no array behind it, and refuses whatever was not asked when it was recorded
            String run = folder.resolve("runs").toFile().list()[0];
            try (Bench replay = Benches.open(BenchUri.parse("replay:" + folder + "/runs/" + run))) {
                assertThrows(BenchException.class, () -> replay.run(PulseProgram.of(
                        over(replay.capabilities().limits(), new Random(1)), 3)));
            }
            addresses.put("replay", "");
            assertEquals(addresses.keySet(), Benches.providers().stream().map(BenchProvider::scheme)
                    .collect(Collectors.toSet()), "every kind of bench is tried here");
        }
    }

    private static long lines(RunningLab lab, String what) {
        return ((Number) ((Map<?, ?>) lab.status().get("lines")).get(what)).longValue();
    }

    /** Laboratories that bear less than what commands and files ask for. */
    private static final Map<String, String> LESS = Map.of("bit-line: 2.5 V", "bit-line: 1.5 V", "source-line: 2.5 V",
            "source-line: 0.8 V", "word-line: 5 V", "word-line: 2.9 V", "longest-pulse: 1 ms", "longest-pulse: 20 us",
            "pulses-per-cell: 1000000", "pulses-per-cell: 1");

    @Test
    void noCommandCanBeTalkedIntoIt() throws Exception {
        for (Map.Entry<String, String> less : LESS.entrySet()) {
            String text = LAB.replace(less.getKey(), less.getValue());
            assertNotEquals(LAB, text, less.getKey());
            try (RunningLab running = start(LabFile.read(file("lab.yaml", text)))) {
                String bench = "rack:" + file("bench.yaml", LabAddresses.move(text, folder, running.addresses()));
                String runs = folder + "/runs";
                assertEquals(1, memloop("train", "--bench", bench, "--layers", "64-4-10", "--images", "20", "--epochs",
                        "1", "--out", runs, "--no-report"), less.getValue());
                assertEquals(1, memloop("traces", "measure", "--bench", bench, "--devices", "4", "--pulses", "3",
                        "--out", folder + "/t.csv", "--runs", runs), less.getValue());
                assertEquals(1, memloop("campaign", "run", "thesis-small", "--bench", bench, "--runs", runs,
                        "--no-report"), less.getValue());
                memloop("benchmark", "bench", "--bench", bench, "--rounds", "1");
                assertEquals(0, lines(running, "overLimit"), less.getValue() + ": "
                        + ((Map<?, ?>) running.status().get("lines")).get("firstOverLimit"));
                assertTrue(cells(running).stream().allMatch(pulses -> pulses < 400), "the budget of a cell holds");
            }
        }
    }

    private static List<Long> cells(RunningLab lab) {
        return lab.cells().get("pulses").stream().map(Long.class::cast).toList();
    }

    @Test
    void noCampaignFileCanBeTalkedIntoIt() throws Exception {
        Map<String, List<String>> over = Map.of(
                "forming",
                List.of("{ pulse: { column: 2.6 V } }", "{ shape: gate, from: 5.1 V, pulse: { gate: 5.4 V } }"),
                "conditioning", List.of("{ set: { column: 3 V } }", "{ reset: { gate: 5.5 V } }"),
                "weak-reset", List.of("{ pulses: 5, pulse: { column: 2.6 V } }"),
                "set-level", List.of("{ gate: { from: 4 V, to: 6 V, step: 0.5 V } }"),
                "iv-sweep", List.of("{ step: 0.1 V, set: 3 V }", "{ step: 0.1 V, reset: 3 V }", "{ width: 2 ms }"));
        assertTrue(Procedures.USUAL.stream().map(one -> one.name()).collect(Collectors.toSet())
                .containsAll(over.keySet()));
        try (RunningLab running = start(LabFile.read(file("lab.yaml", LAB)))) {
            String bench = "rack:" + file("bench.yaml", LabAddresses.move(LAB, folder, running.addresses()));
            for (Map.Entry<String, List<String>> each : over.entrySet()) {
                for (String settings : each.getValue()) {
                    Path campaign = file("campaign.yaml", "format: 1\nname: over\nstages:\n  - procedure: "
                            + each.getKey() + "\n    cells: { rows: 0-3, columns: 0-3 }\n    with: " + settings + "\n");
                    assertEquals(1, memloop("campaign", "run", campaign.toString(), "--bench", bench, "--runs",
                            folder + "/runs", "--no-report"), each.getKey() + settings + said);
                    assertTrue(said.toString(StandardCharsets.UTF_8).contains("above the limit"), said.toString());
                }
            }
            assertEquals(0, lines(running, "overLimit"));
        }
    }
}
