package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.bench.Notice;
import org.memloop.bench.Load;
import org.memloop.bench.Operations;
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

    private static final JournalHeader HEADER = new JournalHeader("a run", "test", "2026-01-01T00:00:00Z", 7, "sim:x",
            Map.of("epochs", "3"), true, new Capabilities("a die", new Geometry(4, 8),
                    new Limits(2.5, 2.5, 5, 1e-7, 1e-3, 10), new Capabilities.ReadAccuracy(1e-9, 0), List.of(),
                    Operations.only("a test", Pulse.READ), 10e-6));

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("journal.mlj");
        try (Journal journal = Journal.create(file, Journal.Sync.EVERY_RECORD, HEADER)) {
            journal.done(journal.intend(PROGRAM), READINGS);
            journal.failed(journal.intend(PulseProgram.of(Pulse.SET, 1, 2)),
                    new LinkException("router", "FIRE", "µ trigger missed", null).withFiring(Firing.POSSIBLE));
            journal.unrecorded("pulses on a recording");
            journal.intend(PROGRAM);
        }
    }

    @Test
    void everythingWrittenIsReadBack() {
        JournalReader.Content content = JournalReader.read(file);
        assertEquals(HEADER, content.header().orElseThrow());
        assertEquals(List.of(new Entry.Intent(1, PROGRAM), new Entry.Done(1, READINGS),
                new Entry.Intent(2, PulseProgram.of(Pulse.SET, 1, 2)),
                new Entry.Failed(2, Firing.POSSIBLE, "router, asked 'FIRE': µ trigger missed", "LinkException"),
                new Entry.Unrecorded(3, "pulses on a recording"), new Entry.Intent(4, PROGRAM)),
                content.entries().subList(1, content.entries().size()));
        assertTrue(content.damage().isEmpty());
        assertEquals(4, content.unfinished().orElseThrow().id());
    }

    @Test
    void aFileCutAnywhereKeepsEveryWholeRecordAndSaysWhereItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<Entry> all = JournalReader.read(file).entries();
        for (int length = 10; length < whole.length; length += length < headed(whole) ? 31 : 1) {
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
        for (int at = 10; at < whole.length; at += at < headed(whole) ? 31 : 1) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(file, flipped);
            JournalReader.Content content = JournalReader.read(file);
            assertTrue(content.damage().isPresent(), "a flip at byte " + at + " went unnoticed");
            assertEquals(all.subList(0, content.entries().size()), content.entries());
        }
    }

    /** {@return where the header ends, inside which one place is like another} */
    private static int headed(byte[] file) {
        return 10 + 9 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(10) - 31;
    }

    @Test
    void anExistingJournalIsNeverOverwritten() {
        UncheckedIOException e = assertThrows(UncheckedIOException.class,
                () -> Journal.create(file, Journal.Sync.NEVER, HEADER));
        assertTrue(e.getMessage().contains("journal.mlj"));
    }

    @Test
    void somethingElseIsNoJournal() throws IOException {
        Files.writeString(file, "epoch,accuracy\n");
        assertTrue(assertThrows(UncheckedIOException.class, () -> JournalReader.read(file)).getMessage()
                .contains("not a journal"));
    }

    @Test
    void whatHappensAroundAProgramIsReadBack() {
        Path around = folder.resolve("around.mlj");
        Notice.Loaded loaded = new Notice.Loaded(new Load(-5, 17, 3_000_000_000L), 2, 9);
        Notice.Measured measured = new Notice.Measured("supply-5v", "output 1", 4.998, "V", 12.5);
        Entry.Settled settled = new Entry.Settled(1, 4, 2, 3, "the router says so");
        try (Journal journal = Journal.create(around, Journal.Sync.NEVER, HEADER)) {
            journal.past(3, 0, 1L << 40);
            journal.mark("forming", 1, 3);
            journal.notice(journal.intend(PROGRAM), loaded);
            journal.notice(1, measured);
            journal.rest(0.1);
            journal.tripped("too hot");
            journal.resumed("whole");
            journal.settled(settled);
            journal.intend(PROGRAM, 1);
        }
        JournalReader.Content content = JournalReader.read(around);
        assertEquals(List.of(new Entry.Past(List.of(3L, 0L, 1L << 40)), new Entry.Mark("forming", 1, 3),
                new Entry.Intent(1, PROGRAM), new Entry.Loaded(1, loaded), new Entry.Measured(measured),
                new Entry.Rest(2, 0.1), new Entry.Tripped("too hot"), new Entry.Resumed("whole"), settled,
                new Entry.Intent(3, PROGRAM, 1)), content.entries().subList(1, content.entries().size()));
        assertEquals(4, content.nextId());
    }

    @Test
    void everyColumnKeepsItsBits() {
        Random random = new Random(1);
        double[] clock = new double[5000];
        for (int i = 1; i < clock.length; i++) {
            clock[i] = clock[i - 1] + 100e-6 + (i % 311 == 0 ? 0.01 : 10e-6);
        }
        List<double[]> columns = List.of(clock, random.doubles(999).toArray(), new double[100],
                random.doubles(70).map(x -> (float) x).toArray(), new double[]{Double.NaN, 1, Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.MIN_VALUE, -Double.MAX_VALUE},
                new double[]{0.2}, new double[]{-1, 1}, random.doubles(50, -1, 1).toArray());
        List<int[]> wholes = List.of(random.ints(500).toArray(), new int[40], new int[]{7},
                random.ints(500, 0, 8192).sorted().toArray(),
                new int[]{Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE}, IntStream.range(5, 900).toArray());
        JournalWriter writer = new JournalWriter();
        columns.forEach(column -> writer.column(column, column.length));
        wholes.forEach(column -> writer.column(column, column.length));
        JournalBody body = new JournalBody(writer.buffer().flip());
        for (double[] column : columns) {
            assertEquals(Arrays.toString(Arrays.stream(column).mapToLong(Double::doubleToRawLongBits).toArray()),
                    Arrays.toString(Arrays.stream(body.decimals(column.length))
                            .mapToLong(Double::doubleToRawLongBits).toArray()));
        }
        for (int[] column : wholes) {
            assertEquals(Arrays.toString(column), Arrays.toString(body.wholes(column.length)));
        }
        writer.clear();
        writer.column(clock, clock.length);
        assertTrue(writer.buffer().position() < clock.length, "a clock takes less than a byte a reading");
    }

    @Test
    void recordsAfterDamageAreCounted() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int second = headed(whole) + 31;
        whole[second + 12] ^= 4;
        Files.write(file, whole);
        JournalReader.Content content = JournalReader.read(file);
        assertEquals(1, content.entries().size());
        assertEquals(second, content.bytes());
        assertEquals(5, content.beyond());
        assertEquals("the record at byte " + second + " does not match its checksum; 5 whole records follow it",
                content.damage().orElseThrow());
    }

    @Test
    void whatIsTornOffIsKeptAside() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        JournalReader.Content content = JournalReader.read(file);
        assertEquals(0, content.beyond());
        try (Journal journal = Journal.resume(file, Journal.Sync.EVERY_RECORD, content)) {
            assertEquals(4, journal.intend(PROGRAM));
        }
        assertEquals(6, JournalReader.read(file).entries().size() - 1);
        assertTrue(JournalReader.read(file).damage().isEmpty());
        assertEquals(whole.length - 5 - content.bytes(), Files.size(folder.resolve("journal.mlj.torn-1")));
    }

    @Test
    void aJournalOfVersion1IsStillRead() throws IOException {
        ByteBuffer old = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        old.put("MEMLOOPJ".getBytes(StandardCharsets.US_ASCII)).putShort((short) 1);
        ByteBuffer intent = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN).putLong(1).put((byte) 1)
                .putShort((short) 4).put("READ".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).putDouble(0.2)
                .putDouble(3).putDouble(100e-6).put((byte) 1).putInt(2).putInt(5).putInt(6).put((byte) 0).put((byte) 0)
                .putInt(1).putInt(1).flip();
        ByteBuffer done = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN).putLong(1).putInt(2).putInt(0)
                .putInt(1).putDouble(0.2).putDouble(0.2).putDouble(3e-6).putDouble(4e-6).putDouble(0.5).putDouble(0.6)
                .put((byte) 0).put((byte) 1).flip();
        for (ByteBuffer body : List.of(intent, done)) {
            byte kind = (byte) (body == intent ? 1 : 2);
            CRC32C crc = new CRC32C();
            crc.update(kind);
            crc.update(body.duplicate());
            old.putInt(body.remaining()).put(kind).putInt((int) crc.getValue()).put(body);
        }
        Path first = folder.resolve("first.mlj");
        Files.write(first, Arrays.copyOf(old.array(), old.position()));
        JournalReader.Content content = JournalReader.read(first);
        assertTrue(content.header().isEmpty());
        assertEquals(List.of(new Entry.Intent(1, PulseProgram.of(Pulse.READ, 5, 6)),
                new Entry.Done(1, Readings.builder(2).add(0, 0.2, 3e-6, 0.5, Readings.Quality.GOOD)
                        .add(1, 0.2, 4e-6, 0.6, Readings.Quality.SATURATED).build())),
                content.entries());
    }
}
