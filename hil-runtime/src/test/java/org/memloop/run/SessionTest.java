package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.ReplayException;
import org.memloop.run.JournalReader.Entry;

class SessionTest {
    private static final int ROUNDS = 12;
    private static final Pulse MEASURED = new Pulse("SET", Pulse.Polarity.SET, 2, 2.5, 1e-6, true);

    @TempDir
    Path folder;

    private Matter put(String name) {
        return MatterProvider.put(folder.resolve(name));
    }

    private Session open(String name, Session.Place place) {
        return MatterProvider.open(folder.resolve(name), place, List.of("memloop", "test"),
                Map.of("rounds", "" + ROUNDS));
    }

    private Session.Place runs(String name) {
        return new Session.Place.New(folder.resolve(name + "-runs"));
    }

    private Session.Place again(String name) {
        return new Session.Place.Again(folder.resolve(name + "-runs/0001-test"));
    }

    private Path journal(String name) {
        return folder.resolve(name + "-runs/0001-test/journal.mlj");
    }

    /** Pulse and read cells; which ones follows from what was read. */
    private static double[] work(Session session) {
        Bench bench = session.bench();
        double[] amps = new double[Matter.ARRAY.cells()];
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round * 31L + Math.round(1e6 * Arrays.stream(amps).sum()));
            PulseProgram.Builder program = PulseProgram.builder();
            int[] cells = random.ints(7, 0, amps.length).distinct().toArray();
            for (int cell : cells) {
                program.add(cell, Pulse.WEAK_RESET, 1 + random.nextInt(3));
            }
            program.add(cells[0], MEASURED, 2).addAll(cells, Pulse.READ);
            Readings readings = bench.run(program.build());
            for (int i = 0; i < cells.length; i++) {
                amps[cells[i]] = readings.amps(2 + i);
            }
            if (round % 4 == 3) {
                bench.rest(0.5);
                session.mark("round", round, ROUNDS);
            }
        }
        session.run().finish();
        return amps;
    }

    /** {@return how often the host was killed} */
    private int killed(String name, Matter matter, Random random) throws IOException {
        for (int kills = 0;; kills++) {
            matter.killAtTrigger += 1 + random.nextInt(90);
            try (Session session = open(name, kills == 0 ? runs(name) : again(name))) {
                work(session);
                return kills;
            } catch (Matter.Killed _) {
                tear(journal(name), random);
            }
        }
    }

    /** A power cut may tear the outcome that was being written; an intent was on the disk before its pulses left. */
    private static void tear(Path journal, Random random) throws IOException {
        List<Entry> entries = JournalReader.read(journal).entries();
        if (entries.getLast() instanceof Entry.Done && random.nextBoolean()) {
            try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() - 1 - random.nextInt(9));
            }
        }
    }

    @Test
    void aHostKilledAnywhereGoesOnAndFiresNothingTwice() throws IOException {
        Matter whole = put("whole");
        try (Session session = open("whole", runs("whole"))) {
            work(session);
        }
        int kills = 0;
        for (int seed = 0; seed < 5; seed++) {
            String name = "killed" + seed;
            Matter matter = put(name);
            matter.killAtTrigger = 0;
            kills += killed(name, matter, new Random(seed));
            assertArrayEquals(whole.wearing, matter.wearing, name);
            Wear wear = Wear.of(JournalReader.read(journal(name)), Matter.ARRAY);
            assertArrayEquals(Arrays.stream(matter.wearing).asLongStream().toArray(), wear.fired(), name);
            assertEquals(0, Arrays.stream(wear.doubtful()).sum());
        }
        assertTrue(kills > 8, kills + " kills");
    }

    @Test
    void whatIsInDoubtIsReadAndNeverPulsedAgain() {
        Matter whole = put("sure");
        try (Session session = open("sure", runs("sure"))) {
            work(session);
        }
        Matter matter = put("doubt");
        matter.killAtTrigger = 40;
        assertThrows(Matter.Killed.class, () -> {
            try (Session session = open("doubt", runs("doubt"))) {
                work(session);
            }
        });
        matter.killAtTrigger = Long.MAX_VALUE;
        matter.powerCut();
        int[] before = matter.wearing.clone();
        try (Session session = open("doubt", again("doubt"))) {
            work(session);
        }
        Wear wear = Wear.of(JournalReader.read(journal("doubt")), Matter.ARRAY);
        long doubtful = Arrays.stream(wear.doubtful()).sum();
        assertTrue(doubtful > 0);
        for (int cell = 0; cell < before.length; cell++) {
            assertTrue(matter.wearing[cell] >= wear.fired()[cell]);
            assertTrue(matter.wearing[cell] <= wear.fired()[cell] + wear.doubtful()[cell]);
        }
        assertTrue(JournalReader.read(journal("doubt")).entries().stream()
                .anyMatch(entry -> entry instanceof Entry.Settled settled
                        && settled.account().contains("the router has started anew")));
        assertFalse(Arrays.equals(new int[before.length], whole.wearing));
    }

    @Test
    void aTripIsLatchedUntilSomebodyLooked() {
        Matter matter = put("lab.yaml");
        matter.failure = new LinkException("router", "FIRE", "no answer", null).withFiring(Firing.POSSIBLE);
        assertThrows(LinkException.class, () -> {
            try (Session session = open("lab.yaml", runs("lab.yaml"))) {
                work(session);
            }
        });
        assertTrue(matter.grounded > 0);
        matter.failure = null;
        int opened = matter.opened;
        String refused = assertThrows(ConfigurationException.class, () -> open("lab.yaml", runs("other")))
                .getMessage();
        assertTrue(refused.contains("no answer") && refused.contains("memloop acknowledge"), refused);
        assertEquals(opened, matter.opened, "a latched laboratory is not even opened");
        Latch lab = Latch.ofLaboratory(folder.resolve("lab.yaml"));
        assertThrows(ConfigurationException.class, () -> lab.acknowledge(" ", Clock.systemUTC()));
        lab.acknowledge("Ada", Clock.systemUTC());
        assertThrows(ConfigurationException.class, () -> open("lab.yaml", again("lab.yaml")));
        Latch.ofRun(folder.resolve("lab.yaml-runs/0001-test")).acknowledge("Ada", Clock.systemUTC());
        try (Session session = open("lab.yaml", again("lab.yaml"))) {
            work(session);
        }
        assertTrue(JournalReader.read(journal("lab.yaml")).entries().stream()
                .anyMatch(entry -> entry instanceof Entry.Tripped tripped && tripped.reason().contains("no answer")));
    }

    @Test
    void aRunGoesOnOnlyAsItBegan() {
        put("settings").killAtTrigger = 30;
        assertThrows(Matter.Killed.class, () -> {
            try (Session session = open("settings", runs("settings"))) {
                work(session);
            }
        });
        BenchUri uri = new BenchUri("matter", folder.resolve("settings").toString(), Map.of());
        String refused = assertThrows(ConfigurationException.class,
                () -> Session.open(new Session.Request(uri, again("settings"),
                        capabilities -> new RunHeader("test", List.of(), Map.of("rounds", "13"), 3, uri.toString(),
                                capabilities, List.of()))))
                .getMessage();
        assertTrue(refused.contains("rounds = 12, now it is 13"), refused);
        MatterProvider.THERE.get(uri.path()).limits = new Limits(2, 2, 5, 1e-7, 1e-3, 10_000);
        assertTrue(assertThrows(ConfigurationException.class, () -> open("settings", again("settings"))).getMessage()
                .contains("limits"));
    }

    @Test
    void aReplayedRunWritesTheSameJournal() throws IOException {
        Matter matter = put("recorded");
        matter.killAtTrigger = 0;
        assertTrue(killed("recorded", matter, new Random(5)) > 0);
        double[] replayed;
        BenchUri uri = BenchUri.parse("replay:" + journal("recorded").getParent());
        int opened = matter.opened;
        try (Session session = replay(uri)) {
            replayed = work(session);
        }
        assertEquals(Matter.ARRAY.cells(), replayed.length);
        assertEquals(opened, matter.opened);
        assertEquals(-1, Arrays.mismatch(records(journal("recorded")),
                records(folder.resolve("replays/0001-test/journal.mlj"))));
        try (Session session = replay(uri)) {
            String different = assertThrows(ReplayException.class,
                    () -> session.bench().run(PulseProgram.of(Pulse.READ, 15))).getMessage();
            assertTrue(different.contains("request 1, program 1, step 0: the recording has cell ")
                    && different.contains("the program asked for cell 15, READ"), different);
        }
    }

    private Session replay(BenchUri uri) {
        return Session.open(new Session.Request(uri, new Session.Place.New(folder.resolve("replays")),
                capabilities -> new RunHeader("test", List.of(), Map.of(), 3, uri.toString(), capabilities,
                        List.of())));
    }

    /** {@return the bytes after the header} */
    private static byte[] records(Path journal) throws IOException {
        byte[] all = Files.readAllBytes(journal);
        int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
        return Arrays.copyOfRange(all, 10 + Journal.HEAD + header, all.length);
    }

    @Test
    void cellsWithAPastHaveLessOfABudget() {
        Matter matter = put("old");
        matter.limits = new Limits(2.5, 2.5, 5, 1e-7, 1e-3, 100);
        BenchUri uri = new BenchUri("matter", folder.resolve("old").toString(), Map.of());
        long[] past = new long[Matter.ARRAY.cells()];
        past[3] = 99;
        Session.Request request = new Session.Request(uri, runs("old"), capabilities -> new RunHeader("test",
                List.of(), Map.of(), 3, uri.toString(), capabilities, List.of()), _ -> past, true, MatterProvider.HERE,
                Clock.systemUTC());
        try (Session session = Session.open(request)) {
            session.bench().run(PulseProgram.of(Pulse.SET, 3));
            assertThrows(LimitException.class, () -> session.bench().run(PulseProgram.of(Pulse.SET, 3)));
        }
        try (Session session = Session.open(new Session.Request(uri, again("old"), request.header(),
                _ -> new long[0], true, MatterProvider.HERE, Clock.systemUTC()))) {
            session.bench().run(PulseProgram.of(Pulse.SET, 3));
            assertThrows(LimitException.class, () -> session.bench().run(PulseProgram.of(Pulse.SET, 3)));
        }
        assertEquals(1, matter.wearing[3]);
        assertEquals(Optional.empty(), JournalReader.read(journal("old")).damage());
    }
}
