package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.JournalReader.Entry;

class JournalTest {
    private static final PulseProgram PROGRAM = PulseProgram.builder().add(3, Pulse.WEAK_RESET, 7).add(8191, Pulse.READ)
            .add(3, Pulse.WEAK_RESET).add(3, Pulse.READ, 2).build();
    private static final Readings READINGS = Readings.builder(3).add(1, 0.2, 19.7e-6, 0.25, Readings.Quality.GOOD)
            .add(3, 0.2, -1e-9, 0.5, Readings.Quality.SATURATED).add(3, 0.2, 3e-6, 0.75, Readings.Quality.IN_COMPLIANCE)
            .build();

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("journal.mlj");
        try (Journal journal = Journal.create(file, Journal.Sync.EVERY_RECORD)) {
            journal.done(journal.intend(PROGRAM), READINGS);
            journal.failed(journal.intend(PulseProgram.of(Pulse.SET, 1, 2)), Firing.POSSIBLE, "µ trigger missed");
            journal.unrecorded("pulses on a recording");
            journal.intend(PROGRAM);
        }
    }

    @Test
    void everythingWrittenIsReadBack() {
        JournalReader.Content content = JournalReader.read(file);
        assertEquals(List.of(new Entry.Intent(1, PROGRAM), new Entry.Done(1, READINGS),
                new Entry.Intent(2, PulseProgram.of(Pulse.SET, 1, 2)),
                new Entry.Failed(2, Firing.POSSIBLE, "µ trigger missed"),
                new Entry.Unrecorded(3, "pulses on a recording"), new Entry.Intent(4, PROGRAM)), content.entries());
        assertTrue(content.damage().isEmpty());
        assertEquals(4, content.unfinished().orElseThrow().id());
    }

    @Test
    void aFileCutAnywhereKeepsEveryWholeRecordAndSaysWhereItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<Entry> all = JournalReader.read(file).entries();
        for (int length = 10; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            JournalReader.Content content = JournalReader.read(file);
            int kept = content.entries().size();
            assertTrue(kept < all.size());
            assertEquals(all.subList(0, kept), content.entries());
            content.damage().ifPresent(said -> assertTrue(said.contains("cut off"), said));
        }
    }

    @Test
    void aFlippedBitIsNeverReadAsTruth() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<Entry> all = JournalReader.read(file).entries();
        for (int at = 10; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(file, flipped);
            JournalReader.Content content = JournalReader.read(file);
            assertTrue(content.damage().isPresent(), "a flip at byte " + at + " went unnoticed");
            assertEquals(all.subList(0, content.entries().size()), content.entries());
        }
    }

    @Test
    void anExistingJournalIsNeverOverwritten() {
        UncheckedIOException e = assertThrows(UncheckedIOException.class,
                () -> Journal.create(file, Journal.Sync.NEVER));
        assertTrue(e.getMessage().contains("journal.mlj"));
    }

    @Test
    void somethingElseIsNoJournal() throws IOException {
        Files.writeString(file, "epoch,accuracy\n");
        assertTrue(assertThrows(UncheckedIOException.class, () -> JournalReader.read(file)).getMessage()
                .contains("not a journal"));
    }
}
