package org.memloop.die;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.run.Journal;
import org.memloop.run.JournalHeader;

class DieSessionTest {
    private static final Geometry FOUR = new Geometry(2, 2);
    private static final Instant OPENED = Instant.parse("2026-03-01T12:00:00Z");
    @TempDir
    Path folder;

    private Path run(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Journal journal(Path run) {
        return Journal.create(run.resolve("journal.mlj"), Journal.Sync.NEVER,
                new JournalHeader(run.getFileName().toString(), "test", "2026-03-01T12:00:00Z", 1, "test:",
                        java.util.Map.of(), false, new org.memloop.bench.Capabilities("test", FOUR,
                                new org.memloop.bench.Limits(3, 3, 5, 1e-9, 1, 1000),
                                new org.memloop.bench.Capabilities.ReadAccuracy(0, 0), java.util.List.of())));
    }

    private static void pulse(Journal journal, int cell, int count, boolean done) {
        PulseProgram program = PulseProgram.builder().add(cell, Pulse.SET, count).add(cell, Pulse.READ).build();
        long id = journal.intend(program);
        if (done) {
            journal.done(id, Readings.builder(1).add(1, 0.2, 0.2 * 50e-6, 2, Readings.Quality.GOOD).build());
        }
    }

    private DieSession open() {
        return DieSession.open(folder.resolve("dies"), "A7", FOUR, false);
    }

    @Test
    void pulsesAddUpOverRunsAndWhatIsStuckStaysSo() throws Exception {
        for (int i = 1; i <= 2; i++) {
            Path run = run("run" + i);
            try (DieSession die = open(); Journal journal = journal(run)) {
                die.begin("id" + i, run, OPENED, ConductanceCard.WHOLE_PATH);
                pulse(journal, 1, 3, true);
                die.found(1, i == 1 ? CellHealth.STUCK_LRS : CellHealth.HEALTHY);
                die.found(2, CellHealth.HEALTHY);
            }
        }
        try (DieSession die = open()) {
            CellLedger.Entry cell = die.ledger().cell(1);
            assertEquals(6, cell.setPulses());
            assertEquals(Optional.of(CellHealth.STUCK_LRS), cell.health());
            assertEquals(50e-6, cell.lastSiemens().getAsDouble(), 1e-12);
            assertEquals(OPENED.plusSeconds(2), cell.lastRead().orElseThrow());
            assertEquals(2.5, cell.lastGateVolts().getAsDouble());
            assertEquals(1, die.ledger().healthyCells().length);
        }
    }

    @Test
    void aRunThatBrokeOffIsCountedByWhoeverComesNextAndOnceOnlyWhenItIsResumed() throws Exception {
        Path run = run("broken");
        DieSession first = open();
        Journal journal = journal(run);
        first.begin("id", run, OPENED, ConductanceCard.WHOLE_PATH);
        pulse(journal, 0, 5, true);
        pulse(journal, 3, 2, false);
        assertThrows(ConfigurationException.class, this::open);
        crash(first);
        try (DieSession next = open()) {
            assertEquals(1, next.remarks().size());
            assertEquals(5, next.ledger().cell(0).pulses());
            assertEquals(2, next.ledger().cell(3).uncertainPulses());
            next.begin("id", run, OPENED, ConductanceCard.WHOLE_PATH);
            pulse(journal, 0, 1, true);
        }
        journal.close();
        try (DieSession last = open()) {
            assertEquals(6, last.ledger().cell(0).pulses());
            assertEquals(2, last.ledger().cell(3).pulses());
            assertTrue(last.remarks().isEmpty());
        }
    }

    /** A process that dies gives its locks back and does nothing else. */
    private static void crash(DieSession session) throws Exception {
        var lock = DieSession.class.getDeclaredField("lock");
        lock.setAccessible(true);
        ((java.nio.channels.FileChannel) lock.get(session)).close();
    }

    @Test
    void anotherArrayAndAnImpossibleNameAreRefused() {
        open().close();
        // nothing was pulsed, so there is no ledger yet; one is written by a run
        assertThrows(ConfigurationException.class,
                () -> DieSession.open(folder.resolve("dies"), "../A7", FOUR, false));
    }
}
