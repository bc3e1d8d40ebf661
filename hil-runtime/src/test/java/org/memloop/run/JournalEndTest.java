package org.memloop.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.JournalReader.Entry;

/** Take whole records off the end of a journal of pulses on matter, and see that none of them is fired again. */
class JournalEndTest {
    private static final int ROUNDS = 6;
    /** Triggers of the work: by then the host is killed in its second last program. */
    private static final int KILLED_AT = 50;

    @TempDir
    Path folder;

    private Matter put(String name) {
        return MatterProvider.put(folder.resolve(name));
    }

    private Session open(String name, Session.Place place) {
        return MatterProvider.open(folder.resolve(name), place, List.of("memloop", "test", "--all"), Map.of());
    }

    private Path run(String name) {
        return folder.resolve(name + "-runs/0001-test");
    }

    private Path journal(String name) {
        return run(name).resolve("journal.mlj");
    }

    private void begin(String name, int rounds) {
        try (Session session = open(name, new Session.Place.New(folder.resolve(name + "-runs")))) {
            work(session, rounds);
        }
    }

    private void beginAndBeKilled(String name, Matter matter, int atTrigger) {
        matter.killAtTrigger = matter.triggers() + atTrigger;
        assertThrows(Matter.Killed.class, () -> begin(name, ROUNDS));
        matter.killAtTrigger = Long.MAX_VALUE;
        leaveAsAKillDoes(name);
    }

    private void resume(String name) {
        try (Session session = open(name, new Session.Place.Again(run(name)))) {
            work(session, ROUNDS);
        }
    }

    /** A host that is killed says nothing when it goes; the exception that stands for it here lets the session close. */
    private void leaveAsAKillDoes(String name) {
        try {
            Path file = run(name).resolve("run.json");
            Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"journalBytes\" : \\d+", ""));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Three stretches a round, each of other pulses: SET, weak RESET, reading. */
    private static void work(Session session, int rounds) {
        for (int round = 0; round < rounds; round++) {
            PulseProgram.Builder program = PulseProgram.builder();
            for (int cell : new int[]{round, round + 5, round + 9}) {
                program.add(cell, Pulse.SET, 1 + round % 2);
            }
            program.add(round, Pulse.WEAK_RESET, 2).addAll(new int[]{round, round + 5, round + 9}, Pulse.READ);
            Readings readings = session.bench().run(program.build());
            assertEquals(3, readings.size());
        }
        if (rounds == ROUNDS) {
            session.run().finish();
        }
    }

    /** Use the router for something else. */
    private static void somebodyElse(Matter matter) {
        try (Bench bench = matter.open()) {
            bench.run(PulseProgram.of(Pulse.READ, 15));
        }
    }

    private int records(String name) {
        return JournalReader.read(journal(name)).entries().size();
    }

    private static void cut(Path journal, int records) throws IOException {
        long bytes = JournalReader.end(journal, records);
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private String requireRefused(String name, Matter matter) throws IOException {
        byte[] journal = Files.readAllBytes(journal(name));
        byte[] described = Files.readAllBytes(run(name).resolve("run.json"));
        int[] wearing = matter.wearing.clone();
        int[] reads = matter.reads.clone();
        String why = assertThrows(ConfigurationException.class, () -> resume(name)).getMessage();
        assertArrayEquals(wearing, matter.wearing);
        assertArrayEquals(reads, matter.reads);
        assertArrayEquals(journal, Files.readAllBytes(journal(name)), "the journal was touched");
        assertArrayEquals(described, Files.readAllBytes(run(name).resolve("run.json")), "run.json was touched");
        assertTrue(why.contains(journal(name).toString()) && why.contains("nothing was fired")
                && why.contains("memloop test --all"), why);
        return why;
    }

    @Test
    void howeverManyRecordsAreMissingNothingIsFiredTwice() throws IOException {
        Matter whole = put("whole");
        begin("whole", ROUNDS);
        int records = 0;
        int refused = 0;
        for (int missing = 0; missing == 0 || missing < records; missing++) {
            String name = "cut" + missing;
            Matter matter = put(name);
            beginAndBeKilled(name, matter, KILLED_AT);
            List<Entry> entries = JournalReader.read(journal(name)).entries();
            records = entries.size();
            List<Entry> lost = entries.subList(records - missing, records);
            boolean fired = lost.stream().anyMatch(Entry.Loaded.class::isInstance);
            cut(journal(name), records - missing);
            if (fired) {
                assertTrue(requireRefused(name, matter).contains("has fired number 1"));
                refused++;
            } else {
                resume(name);
                assertArrayEquals(whole.wearing, matter.wearing, missing + " records");
            }
        }
        assertTrue(refused > 20, refused + " of " + records);
    }

    @Test
    void anEndThatIsMissingAfterAResumptionIsMissed() throws IOException {
        Matter matter = put("twice");
        beginAndBeKilled("twice", matter, 20);
        int records = records("twice");
        matter.killAtTrigger = matter.triggers() + 20;
        assertThrows(Matter.Killed.class, () -> resume("twice"));
        matter.killAtTrigger = Long.MAX_VALUE;
        leaveAsAKillDoes("twice");
        cut(journal("twice"), records);
        assertTrue(requireRefused("twice", matter).contains("knows the router's loads up to number"));
        matter.powerCut();
        assertTrue(requireRefused("twice", matter).contains("is shorter than it was"),
                "run.json knows of a session that the journal does not know of");
    }

    @Test
    void aRunThatWasLeftInOrderGoesOnThoughTheRouterWasUsedSince() throws IOException {
        Matter whole = put("all");
        begin("all", ROUNDS);
        Matter matter = put("left");
        begin("left", 3);
        somebodyElse(matter);
        resume("left");
        assertArrayEquals(whole.wearing, matter.wearing);

        Matter shortened = put("short");
        begin("short", 3);
        cut(journal("short"), records("short") / 2);
        requireRefused("short", shortened);
        shortened.powerCut();
        assertTrue(requireRefused("short", shortened).contains("the router has started anew"));
        shortened.remembers = false;
        assertTrue(requireRefused("short", shortened).contains("does not remember"));
    }

    @Test
    void aRunThatWasKilledDoesNotGoOnBehindAnotherProgram() throws IOException {
        Matter matter = put("behind");
        somebodyElse(matter);
        beginAndBeKilled("behind", matter, 20);
        somebodyElse(matter);
        assertTrue(requireRefused("behind", matter).contains("something else used the router"));
        matter.powerCut();
        somebodyElse(matter);
        int[] before = matter.wearing.clone();
        resume("behind"); // this start of the router never worked for this run
        Wear wear = Wear.of(JournalReader.read(journal("behind")), Matter.ARRAY);
        assertTrue(Arrays.stream(wear.doubtful()).sum() > 0);
        for (int cell = 0; cell < before.length; cell++) {
            assertTrue(matter.wearing[cell] <= wear.fired()[cell] + wear.doubtful()[cell], "cell " + cell);
        }
    }

    @Test
    void aRunThatHadFiredNothingGoesOnAndOneThatMayHaveDoesNot() throws IOException {
        Matter matter = put("none");
        somebodyElse(matter);
        begin("none", 0);
        leaveAsAKillDoes("none");
        resume("none");

        Matter other = put("some");
        somebodyElse(other);
        beginAndBeKilled("some", other, 20);
        cut(journal("some"), 1);
        assertTrue(requireRefused("some", other).contains("knows the router's loads up to number 1, and"));
        Path described = run("some").resolve("run.json");
        Files.writeString(described, Files.readString(described).replaceAll(",\\s*\"router\" : \\{[^}]*}", ""));
        assertTrue(requireRefused("some", other).contains("knows of no load of this start of the router"));
    }
}
