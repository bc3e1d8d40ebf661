package org.memloop.experiments.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.calibration.Amplitude;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.calibration.ConductanceCard;
import org.memloop.die.CellLedger;
import org.memloop.die.LedgerFile;
import org.memloop.experiments.Chip;
import org.memloop.experiments.Console;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.run.JournalReader;
import org.memloop.run.RunRecord;
import org.memloop.run.Session;

class RunCampaignTest {
    private static final String SMALL = """
            format: 1
            name: small
            stages:
              - procedure: forming
                cells: all
              - procedure: conditioning
                cells: formed
              - procedure: set
                cells: formed
              - procedure: weak-reset
                cells: { spread: 20, of: healthy }
                with: { pulses: 30 }
            """;
    private static final String LONG = SMALL.replace("pulses: 30", "pulses: 20000");

    @TempDir
    Path folder;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(told, true, StandardCharsets.UTF_8),
            new PrintStream(told, true, StandardCharsets.UTF_8), false, InstantSource.system());

    private CampaignPlan plan(String text, Chip chip, Session.Place place) {
        return new CampaignPlan(CampaignFile.parse("test", text), text, BenchUri.parse("sim:hfox-16x16?seed=5"), chip,
                place, false, List.of(), List.of("memloop", "campaign"));
    }

    private Chip chip(String die) {
        return new Chip(Optional.of(die), folder.resolve("dies"), Optional.empty(), false);
    }

    private CampaignPlan plan(String text) {
        return plan(text, Chip.UNKNOWN, new Session.Place.New(folder.resolve("runs")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCampaignLeavesTablesARecordingAndTheLedgerOfItsDie() {
        Path run = new RunCampaign(plan(SMALL, chip("A7"), new Session.Place.New(folder.resolve("runs"))), console)
                .run();
        Recording recording = Recordings.read(run.resolve("weak-reset.h5"), Optional.empty());
        assertEquals(20, recording.devices());
        assertEquals(30, recording.pulses());
        assertTrue(recording.siemens(3, 0) > recording.siemens(3, 29) - 5e-6 && recording.siemens(3, 0) > 70e-6);
        assertEquals(5, text(run.resolve("passes.csv")).lines().count());
        assertEquals(1 + 256 + 3 * 256, text(run.resolve("verdicts.csv")).lines().count() + 256 - 20, 60);
        assertTrue(text(run.resolve("forming.csv")).contains("FORMING"));
        assertEquals("finished", RunRecord.read(run).status());
        LedgerFile file = LedgerFile.read(folder.resolve("dies/A7/cells.csv"));
        CellLedger ledger = file.ledger();
        assertTrue(ledger.healthyCells().length > 240);
        int healthy = ledger.healthyCells()[0];
        assertTrue(ledger.cell(healthy).pulses() >= 22, ledger.cell(healthy).toString());
        assertEquals(4.5, Arrays.stream(ledger.healthyCells()).mapToDouble(
                cell -> ledger.cell(cell).lastGateVolts().getAsDouble()).max().orElseThrow());
        assertEquals(1, file.runs().size());
        CellLedger own = LedgerFile.read(run.resolve("cells.csv")).ledger();
        assertEquals(ledger.cell(healthy).pulses(), own.cell(healthy).pulses());
    }

    @Test
    void aDryRunTouchesNothing() throws IOException {
        assertTrue(RehearseCampaign.run(plan(SMALL, chip("A8"), new Session.Place.New(folder.resolve("runs"))),
                console));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
        String said = told.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("4/4 weak-reset: weak-reset on 20 cells") && said.contains("WEAK_RESET 580"), said);
        assertTrue(said.contains("every limit is kept") && said.contains("estimated:"), said);
        String high = SMALL.replace("cells: all", "cells: all\n    with: { pulse: { column: 3.4 V } }");
        assertFalse(RehearseCampaign.run(plan(high), console));
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("LIMIT: pulse FORMING: bit line 3.400 V"));
    }

    @Test
    void aRackIsRehearsedWithoutBeingThere() throws IOException {
        Path lab = folder.resolve("lab.yaml");
        Files.writeString(lab, org.memloop.lab.LabFile.builtInText());
        CampaignPlan plan = new CampaignPlan(CampaignFile.parse("test", SMALL), SMALL,
                BenchUri.parse("rack:" + lab), Chip.UNKNOWN, new Session.Place.New(folder.resolve("runs")), false,
                List.of(), List.of());
        assertTrue(RehearseCampaign.run(plan, console));
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("serial line"));
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void aRunningCampaignIsPausedResumedAndAbortedFromOutside() throws Exception {
        List<RuntimeException> ended = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread work = new Thread(() -> {
            try {
                new RunCampaign(plan(LONG), console).run();
            } catch (RuntimeException e) {
                ended.add(e);
            }
        });
        work.start();
        Path run = folder.resolve("runs/0001-campaign");
        await(run, "running");
        CampaignControl.order(run, CampaignControl.Order.PAUSE);
        await(run, "paused");
        long pulses = Files.size(run.resolve("journal.mlj"));
        Thread.sleep(500);
        assertEquals(pulses, Files.size(run.resolve("journal.mlj")), "it went on while it was paused");
        CampaignControl.order(run, CampaignControl.Order.RESUME);
        await(run, "running");
        CampaignControl.order(run, CampaignControl.Order.ABORT);
        work.join(60_000);
        assertTrue(ended.getFirst() instanceof CancellationException, ended.toString());
        assertEquals("aborted", CampaignControl.status(run).get("state"));
        assertEquals("aborted", RunRecord.read(run).status());
        assertThrows(ConfigurationException.class, () -> CampaignControl.order(run, CampaignControl.Order.PAUSE));
    }

    private static void await(Path run, String state) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (Files.exists(run.resolve("status.json")) && state.equals(CampaignControl.status(run).get("state"))) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the campaign was never " + state);
    }

    @Test
    void aStopRuleEndsACampaignAndKeepsWhatWasMeasured() {
        Path whole = new RunCampaign(plan(SMALL), console).run();
        Path cut = new RunCampaign(plan(SMALL + "stop: { pulses-per-cell: 35 }\n"), console).run();
        assertEquals("stopped", CampaignControl.status(cut).get("state"));
        assertTrue(CampaignControl.status(cut).get("reason").toString().contains("pulses-per-cell"));
        assertEquals(text(whole.resolve("set.csv")), text(cut.resolve("set.csv")));
        assertFalse(Files.exists(cut.resolve("weak-reset.h5")));
    }

    @Test
    void aCampaignThatWasCutOffIsGoneThroughAgainToTheSameEnd() throws IOException {
        Path whole = new RunCampaign(plan(SMALL, chip("A1"), new Session.Place.New(folder.resolve("runs"))), console)
                .run();
        Path cut = new RunCampaign(plan(SMALL, chip("A2"), new Session.Place.New(folder.resolve("runs"))), console)
                .run();
        cutOff(cut);
        Path resumed = new RunCampaign(plan(SMALL, chip("A2"), new Session.Place.Again(cut)), console).run();
        assertEquals(cut, resumed);
        assertEquals("finished", RunRecord.read(resumed).status());
        for (String table : List.of("passes.csv", "verdicts.csv", "forming.csv", "conditioning.csv", "set.csv",
                "cells.csv")) {
            assertEquals(untimed(whole.resolve(table)), untimed(resumed.resolve(table)), table);
        }
        assertEquals(Recordings.read(whole.resolve("weak-reset.h5"), Optional.empty()),
                Recordings.read(resumed.resolve("weak-reset.h5"), Optional.empty()));
        CellLedger once = LedgerFile.read(folder.resolve("dies/A1/cells.csv")).ledger();
        CellLedger again = LedgerFile.read(folder.resolve("dies/A2/cells.csv")).ledger();
        assertArrayEquals(once.pulses(), again.pulses(), "the ledger counts each pulse once");
        assertArrayEquals(once.healthyCells(), again.healthyCells());
        JournalReader.Content journal = JournalReader.read(resumed.resolve("journal.mlj"));
        assertTrue(journal.entries().stream().anyMatch(JournalReader.Entry.Resumed.class::isInstance));
        assertEquals(programs(whole), programs(resumed), "no program is fired twice");
    }

    /** Leave a run as a kill leaves it: in the middle of a record of its journal, not ended, with the tables it had. */
    private static void cutOff(Path run) throws IOException {
        Path journal = run.resolve("journal.mlj");
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            file.truncate(2 * file.size() / 3);
        }
        Path record = run.resolve("run.json");
        Files.writeString(record, text(record).replace("\"finished\"", "\"running\""));
    }

    private static long programs(Path run) {
        return JournalReader.read(run.resolve("journal.mlj")).entries().stream()
                .filter(entry -> entry instanceof JournalReader.Entry.Intent intent && intent.completes() == 0).count();
    }

    /** The ledger names the die and tells the hour of readings, which differ. */
    private static String untimed(Path table) {
        return text(table).replaceAll("20\\d\\d-[0-9T:.-]+Z", "TIME").replaceAll("A[12]", "DIE");
    }

    @Test
    void anOutdatedCardIsRefusedUnlessAccepted() {
        Path card = folder.resolve("card.yaml");
        CalibrationFile.write(new CalibrationCard("b", "test", OffsetDateTime.parse("2020-01-01T00:00:00Z"), 30,
                List.of(), Pulse.READ, new ConductanceCard(0, 1, 1000), Amplitude.EXACT, Amplitude.EXACT, Map.of()),
                card);
        Session.Place place = new Session.Place.New(folder.resolve("runs"));
        Chip strict = new Chip(Optional.empty(), folder.resolve("dies"), Optional.of(card), false);
        String said = assertThrows(ConfigurationException.class,
                () -> new RunCampaign(plan(SMALL, strict, place), console).run()).getMessage();
        assertTrue(said.contains("valid for 30 days") && said.contains("--accept-card"), said);
        Chip lenient = new Chip(Optional.empty(), folder.resolve("dies"), Optional.of(card), true);
        Path run = new RunCampaign(plan(SMALL, lenient, place), console).run();
        assertTrue(Files.exists(run.resolve("card.yaml")));
        // a kiloohm taken out of the path makes a cell of 10 kohm one of 9
        Path plain = new RunCampaign(plan(SMALL), console).run();
        double with = Recordings.read(run.resolve("weak-reset.h5"), Optional.empty()).siemens(0, 0);
        double without = Recordings.read(plain.resolve("weak-reset.h5"), Optional.empty()).siemens(0, 0);
        assertEquals(1 / without - 1000, 1 / with, 1);
    }

    @Test
    void aCampaignThatDoesNotFitTheArrayPulsesNothing() {
        String wide = SMALL.replace("cells: all", "cells: { rows: 0-200, columns: 0 }");
        assertThrows(ConfigurationException.class, () -> new RunCampaign(plan(wide), console).run());
        assertFalse(Files.exists(folder.resolve("runs")));
    }
}
