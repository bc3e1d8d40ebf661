package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.JournalReader.Entry;

class GuardedTest {
    @TempDir
    Path folder;
    private final Spy spy = new Spy();

    /** Remember what reached the bench, and fail on demand. */
    private static final class Spy implements Bench {
        final List<PulseProgram> seen = new ArrayList<>();
        RuntimeException failure;
        boolean closed;
        Path journal;
        int intentsOnDisk;

        @Override
        public Capabilities capabilities() {
            return new Capabilities("spy", new Geometry(2, 2), new Limits(2.5, 2.5, 5, 1e-7, 1e-3, 10),
                    new Capabilities.ReadAccuracy(0, 0), List.of());
        }

        @Override
        public Readings run(PulseProgram program) {
            if (journal != null) {
                intentsOnDisk = JournalReader.read(journal).entries().size();
            }
            seen.add(program);
            if (failure != null) {
                throw failure;
            }
            return Readings.builder(0).build();
        }

        @Override
        public void rest(double seconds) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aProgramThatBreaksALimitReachesNobody() {
        Pulse tooHigh = new Pulse("TOO_HIGH", Pulse.Polarity.RESET, 2.6, 4.5, 1e-6, false);
        try (Guarded bench = new Guarded(spy)) {
            assertThrows(LimitException.class,
                    () -> bench.run(PulseProgram.builder().add(0, Pulse.SET).add(1, tooHigh).build()));
            assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(Pulse.SET, 4)));
            bench.run(PulseProgram.builder().add(0, Pulse.SET, 10).build());
            assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            assertEquals(1, spy.seen.size());
            assertFalse(spy.closed);
        }
        assertTrue(spy.closed);
    }

    @Test
    void doubtAboutWhatWasFiredGroundsAndStaysStopped() {
        try (Guarded bench = new Guarded(spy)) {
            spy.failure = new LinkException("router", "FIRE", "no answer", null).withFiring(Firing.POSSIBLE);
            assertThrows(LinkException.class, () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            assertTrue(spy.closed);
            spy.failure = null;
            IllegalStateException e = assertThrows(IllegalStateException.class,
                    () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            assertTrue(e.getMessage().contains("no answer"));
            assertEquals(1, spy.seen.size());
        }
    }

    @Test
    void aFailureBeforeAnyPulseStopsNothing() {
        try (Guarded bench = new Guarded(spy)) {
            spy.failure = new LinkException("generator", "*IDN?", "no answer", null);
            assertThrows(LinkException.class, () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            spy.failure = null;
            bench.run(PulseProgram.of(Pulse.SET, 0));
            assertEquals(2, spy.seen.size());
        }
    }

    @Test
    void theIntentIsOnDiskBeforeTheProgramLeavesAndTheOutcomeAfter() {
        Path file = folder.resolve("journal.mlj");
        spy.journal = file;
        PulseProgram program = PulseProgram.of(Pulse.SET, 0, 1);
        try (Journal journal = Journal.create(file, Journal.Sync.NEVER,
                JournalHeader.of("spy:", spy.capabilities()));
                Guarded bench = new Guarded(new Journaled(spy, journal))) {
            bench.run(program);
            assertEquals(2, spy.intentsOnDisk);
            spy.failure = new LinkException("router", "FIRE", "no answer", null).withFiring(Firing.POSSIBLE);
            assertThrows(LinkException.class, () -> bench.run(program));
        }
        List<Entry> entries = JournalReader.read(file).entries();
        assertEquals(new Entry.Intent(1, program), entries.get(1));
        assertInstanceOf(Entry.Done.class, entries.get(2));
        assertEquals(new Entry.Intent(2, program), entries.get(3));
        assertEquals(Firing.POSSIBLE, assertInstanceOf(Entry.Failed.class, entries.get(4)).firing());
    }

    @Test
    void anUnknownSchemeSaysWhichExist() {
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> Benches.open(BenchUri.parse("gpib:7")));
        assertTrue(e.getMessage().contains("no bench has the scheme 'gpib'"), e.getMessage());
    }
}
