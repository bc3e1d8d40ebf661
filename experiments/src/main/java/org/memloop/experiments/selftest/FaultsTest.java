package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.memloop.experiments.Console;
import org.memloop.lab.LabFile;
import org.memloop.run.JournalReader;
import org.memloop.run.Latch;
import org.memloop.run.Wear;

import tools.jackson.databind.JsonNode;

/**
 * Let every fault of the virtual laboratory happen while a campaign works on its die, fill a disk, and harm journals. After
 * each, the lines are on ground, the record says what happened, and the run goes on to its end once the fault is gone.
 */
public final class FaultsTest {
    private static final Map<String, List<String>> FAULTS = Map.of(
            "router", List.of("silent", "garbage", "truncated", "drop-reply", "hang-up", "delayed", "serial-noise"),
            "generator", List.of("silent", "garbage", "truncated", "drop-reply", "hang-up", "delayed",
                    "missed-trigger", "unplugged"),
            "oscilloscope", List.of("silent", "garbage", "truncated", "drop-reply", "hang-up", "delayed",
                    "missed-trigger", "unplugged", "clipped"));

    /** Nobody sees that a trigger was given and no pulse came of it; the readings tell. */
    private static final List<String> UNSEEN = List.of("missed-trigger", "unplugged");
    private static final double LATE_SECONDS = 0.05;
    /** Share of the serial line's answers with a wrong bit: as much as a poor cable has, and no dead line. */
    private static final double NOISE = 0.02;

    private static final String TOO_LATE = "came too late";
    private static final int ATTEMPTS_MAX = 5;

    private final SelftestPlan plan;
    private final Console console;
    private final long[] fired;
    private final long[] doubtful;
    private int number;

    /**
     * Get ready.
     *
     * @param plan where; its rounds say how often each fault happens
     * @param console who is told
     */
    public FaultsTest(SelftestPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        fired = new long[LabProcess.CELLS];
        doubtful = new long[LabProcess.CELLS];
    }

    /**
     * Do it.
     *
     * @throws SelftestException when something was not as documented; the folder is kept
     */
    public void run() {
        Path labFolder = folder("laboratory");
        try (LabProcess lab = new LabProcess(labFolder, plan.seed())) {
            undisturbed(lab, labFolder);
            long whole = undisturbed(lab, labFolder); // the first one formed the cells, this one is as those to come
            Random random = new Random(plan.seed());
            for (int round = 0; round < plan.rounds(); round++) {
                FAULTS.keySet().stream().sorted().forEach(role -> FAULTS.get(role).forEach(
                        fault -> happen(lab, labFolder, role, fault, (long) (whole * random.nextDouble() * 0.3))));
            }
        }
        fillDisk();
        harm();
        console.result("after every fault the lines were on ground, the die had received what the journals say, and the"
                + " run went on to its end");
        CrashTest.remove(plan.folder());
    }

    /** {@return how long the journal of a run gets that nothing happens to} */
    private long undisturbed(LabProcess lab, Path labFolder) {
        Path quiet = prepared(labFolder);
        try (Child child = Case.LABORATORY_CAMPAIGN.start(quiet)) {
            if (child.end() != 0) {
                throw new SelftestException("a program failed: " + child.said());
            }
        }
        account(lab, quiet, false);
        return Case.journalBytes(quiet);
    }

    /** A fault that came too late for any occasion is tried once more, earlier. */
    private void happen(LabProcess lab, Path labFolder, String role, String fault, long atBytes) {
        String outcome = TOO_LATE;
        long at = atBytes;
        for (int attempt = 0; attempt < ATTEMPTS_MAX && outcome.equals(TOO_LATE); attempt++) {
            outcome = happenOnce(lab, prepared(labFolder), role, fault, at);
            at /= 2;
        }
        console.result(role + " " + fault + ": " + outcome);
    }

    private String happenOnce(LabProcess lab, Path folder, String role, String fault, long atBytes) {
        String outcome;
        try (Child child = Case.LABORATORY_CAMPAIGN.start(folder)) {
            child.await(() -> Case.journalBytes(folder) >= Math.max(1, atBytes));
            lab.control().fault(
                    new LabFile.FaultEntry(role, fault, fault.equals("serial-noise") ? NOISE : 1,
                            fault.equals("drop-reply") ? 1 : 0, 0, LATE_SECONDS),
                    true);
            outcome = child.end() == 0 ? "carried on" : "stopped safe" + told(child);
        }
        JsonNode state = lab.control().state();
        if (!state.path("grounded").asBoolean() || state.path("lines").path("overLimit").asLong() != 0) {
            throw new SelftestException(role + " " + fault + ": lines are driven or were driven too high: " + state);
        }
        long struck = state.path("instruments").valueStream()
                .filter(instrument -> instrument.path("role").asString().equals(role))
                .mapToLong(instrument -> instrument.path("struck").asLong()).sum();
        lab.control().fault(new LabFile.FaultEntry(role, "none", 1, 0, 0, 1), true);
        if (outcome.startsWith("stopped")) {
            outcome += goOn(folder);
        }
        account(lab, folder, UNSEEN.contains(fault));
        return struck == 0 ? TOO_LATE : outcome + ", struck " + struck + (struck == 1 ? " time" : " times");
    }

    private static String told(Child child) {
        return child.said().lines().filter(line -> line.startsWith("memloop: ")).reduce((_, last) -> last)
                .map(line -> " (" + line.substring("memloop: ".length()) + ")").orElse("");
    }

    private static String goOn(Path folder) {
        Optional<Path> run = Case.run(folder).filter(path -> Files.exists(path.resolve("journal.mlj")));
        if (run.isEmpty()) {
            return ", before anything was begun";
        }
        String how = "";
        for (Latch latch : List.of(Latch.ofRun(run.get()), Latch.ofLaboratory(folder.resolve("bench.yaml")))) {
            if (latch.isTripped()) {
                latch.acknowledge("selftest", Clock.systemDefaultZone());
                how = ", latched";
            }
        }
        try (Child child = Case.LABORATORY_CAMPAIGN.resume(folder, run.get())) {
            if (child.end() != 0) {
                throw new SelftestException("a run did not go on in " + folder + ": " + child.said());
            }
        }
        return how + ", went on when the fault was gone";
    }

    /** Hold what the die has received in all to what all journals say. */
    private void account(LabProcess lab, Path folder, boolean fewer) {
        Case.run(folder).map(run -> run.resolve("journal.mlj")).filter(Files::exists).ifPresent(journal -> {
            JournalReader.Content content = JournalReader.read(journal);
            Wear wear = Wear.of(content, content.header().orElseThrow().capabilities().geometry(), _ -> true);
            for (int cell = 0; cell < fired.length; cell++) {
                fired[cell] += wear.fired()[cell];
                doubtful[cell] += wear.doubtful()[cell];
            }
            Ledgers.requireExact(folder);
        });
        long[] received = lab.pulses();
        for (int cell = 0; cell < received.length; cell++) {
            if (!fewer && received[cell] < fired[cell] || received[cell] > fired[cell] + doubtful[cell]) {
                throw new SelftestException(
                        "cell " + cell + " received " + received[cell] + " pulses, the journals have "
                                + fired[cell] + " and " + doubtful[cell] + " in doubt: " + folder);
            }
            fired[cell] = received[cell];
            doubtful[cell] = 0;
        }
    }

    /** Fill a small disk to its last byte, make room, go on. */
    private void fillDisk() {
        Path disk = folder("disk");
        Path undisturbed = undisturbed();
        if (!system("mount", "-t", "tmpfs", "-o", "size=" + (Case.journalBytes(undisturbed) / 2048 + 16) + "k", "tmpfs",
                disk.toString())) {
            console.remark("a disk can only be filled by whoever may mount one; left out");
            return;
        }
        try {
            try (Child child = Case.TRAIN.start(disk)) {
                if (child.end() == 0) {
                    throw new SelftestException("a full disk went unnoticed");
                }
            }
            system("mount", "-o", "remount,size=50m", disk.toString());
            Latch.ofRun(Case.run(disk).orElseThrow()).acknowledge("selftest", Clock.systemDefaultZone());
            try (Child child = Case.TRAIN.resume(disk, Case.run(disk).orElseThrow())) {
                if (child.end() != 0) {
                    throw new SelftestException("a run did not go on after its disk was full: " + child.said());
                }
            }
            Case.TRAIN.requireSame(undisturbed, disk);
            console.result("full disk: stopped, went on when there was room, with the undisturbed result");
        } finally {
            system("umount", disk.toString());
        }
    }

    private Path undisturbed() {
        Path folder = folder("undisturbed");
        if (Case.run(folder).isEmpty()) {
            try (Child child = Case.TRAIN.start(folder)) {
                child.end();
            }
        }
        return folder;
    }

    /** Turn a bit in the middle of a journal over. */
    private void harm() {
        Path undisturbed = undisturbed();
        Path folder = folder("harmed");
        try (Child child = Case.TRAIN.start(folder)) {
            long half = Case.journalBytes(undisturbed) / 2;
            child.killWhen(() -> Case.journalBytes(folder) >= half);
        }
        Path run = Case.run(folder).orElseThrow();
        try (FileChannel journal = FileChannel.open(run.resolve("journal.mlj"), StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            journal.read(one, journal.size() / 2);
            journal.write(one.put(0, (byte) (one.get(0) ^ 16)).flip(), journal.size() / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String damage = JournalReader.read(run.resolve("journal.mlj")).damage().orElseThrow();
        try (Child child = Case.TRAIN.resume(folder, run)) {
            if (child.end() != 0) {
                throw new SelftestException("a run did not go on from a harmed journal: " + child.said());
            }
        }
        Case.TRAIN.requireSame(undisturbed, folder);
        console.result(
                "harmed journal (" + damage + "): a simulated array went on from there, with the undisturbed result");
    }

    private static boolean system(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path prepared(Path lab) {
        Path folder = folder("run-" + ++number);
        try {
            Files.copy(lab.resolve("bench.yaml"), folder.resolve("bench.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(plan.folder().resolve(name)).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
