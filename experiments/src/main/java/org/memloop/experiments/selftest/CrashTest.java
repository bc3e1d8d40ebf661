package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.memloop.experiments.Console;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;
import org.memloop.run.Wear;

/**
 * Kill programs at random moments, go on with them until they are done, and compare with what was not disturbed: the
 * results of a simulated array byte by byte, the pulses of a die that outlived its host with those of the journal.
 */
public final class CrashTest {
    private static final int KILLS_MAX = 3;

    private final SelftestPlan plan;
    private final Console console;
    private final Map<String, Integer> stages = new TreeMap<>();
    private int kills;
    private int unfinished;
    private int torn;
    private int anew;
    private long pulses;

    /**
     * Get ready to kill.
     *
     * @param plan how often
     * @param console who is told
     */
    public CrashTest(SelftestPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /**
     * Do it.
     *
     * @throws SelftestException when a pulse was lost or fired twice, or a result differs; the folder is kept
     */
    public void run() {
        Map<Case, Path> undisturbed = new EnumMap<>(Case.class);
        for (Case each : Case.values()) {
            Path folder = folder("undisturbed-" + each.name().toLowerCase(Locale.ROOT));
            try (Laboratory lab = new Laboratory(each, folder)) {
                finish(each.start(folder));
                lab.check(folder);
                checkLedger(each, folder);
            }
            undisturbed.put(each, folder);
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            round(round, Case.values()[round % Case.values().length], undisturbed);
        }
        console.result(plan.rounds() + " rounds, " + kills + " kills: " + stages + "; " + unfinished
                + " left a program without an outcome, " + torn + " tails were torn off, " + anew
                + " came before anything was written");
        console.result("no pulse was lost and none fired twice (" + pulses
                + " counted by dies that outlived their host); every result of a simulated array is, byte for byte,"
                + " the undisturbed one");
        remove(plan.folder());
    }

    private void round(int round, Case each, Map<Case, Path> undisturbed) {
        Random random = new Random(plan.seed() * 1_000_003 + round);
        Path folder = folder("round-" + round);
        long whole = Case.journalBytes(undisturbed.get(each));
        try (Laboratory lab = new Laboratory(each, folder)) {
            int left = 1 + random.nextInt(KILLS_MAX);
            while (true) {
                Optional<Path> run = Case.run(folder).filter(path -> Files.exists(path.resolve("journal.mlj")));
                try (Child child = run.isPresent() ? each.resume(folder, run.get()) : each.start(folder)) {
                    if (left-- == 0) {
                        finish(child);
                        break;
                    }
                    long at = Case.journalBytes(folder);
                    // half of the kills come early, where cells are formed
                    double share = random.nextBoolean() ? random.nextDouble() : 0.1 * random.nextDouble();
                    long target = at + (long) (share * Math.max(1, whole - at));
                    if (!child.killWhen(() -> Case.journalBytes(folder) >= target)) {
                        requireDone(folder, child);
                        break;
                    }
                }
                killed(each, folder, random);
            }
            lab.check(folder);
            checkLedger(each, folder);
        }
        each.requireSame(undisturbed.get(each), folder);
        remove(folder);
        console.remark("round " + round + "/" + plan.rounds() + ": " + each + ", " + kills + " kills so far");
    }

    private static void checkLedger(Case each, Path folder) {
        if (each.campaign()) {
            Ledgers.requireExact(folder);
        }
    }

    private static void finish(Child child) {
        if (child.end() != 0) {
            throw new SelftestException("a program failed: " + child.said());
        }
    }

    private static void requireDone(Path folder, Child child) {
        if (child.end() != 0) {
            throw new SelftestException("a program failed in " + folder + ": " + child.said());
        }
    }

    private void killed(Case each, Path folder, Random random) {
        kills++;
        Path journal = Case.run(folder).map(run -> run.resolve("journal.mlj")).filter(Files::exists).orElse(folder);
        if (journal.equals(folder) || JournalReader.read(journal).header().isEmpty()) {
            anew++;
            Case.run(folder).ifPresent(CrashTest::remove);
            return;
        }
        JournalReader.Content content = JournalReader.read(journal);
        String stage = "begin";
        for (Entry entry : content.entries()) {
            stage = entry instanceof Entry.Mark mark ? mark.stage() : stage;
        }
        stages.merge(stage, 1, Integer::sum);
        unfinished += content.unfinished().isPresent() ? 1 : 0;
        // what is on the disk before its pulses leave is not torn off by whatever happens to the host
        boolean mayTear = !each.laboratory() || content.entries().getLast() instanceof Entry.Done;
        if (mayTear && content.entries().size() > 2 && random.nextInt(3) == 0) {
            tear(journal, random);
        }
    }

    private void tear(Path journal, Random random) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1 - random.nextInt(8));
            torn++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The virtual laboratory of a case that needs one. */
    private final class Laboratory implements AutoCloseable {
        private final Optional<LabProcess> lab;

        Laboratory(Case each, Path folder) {
            lab = each.laboratory() ? Optional.of(new LabProcess(folder, 7)) : Optional.empty();
        }

        /** Hold the journal to what the die says it has received. */
        void check(Path folder) {
            if (lab.isEmpty()) {
                return;
            }
            long[] received = lab.get().pulses();
            JournalReader.Content content = JournalReader
                    .read(Case.run(folder).orElseThrow().resolve("journal.mlj"));
            Wear wear = Wear.of(content, content.header().orElseThrow().capabilities().geometry(), _ -> true);
            for (int cell = 0; cell < received.length; cell++) {
                pulses += received[cell];
                if (received[cell] != wear.fired()[cell] || wear.doubtful()[cell] != 0) {
                    throw new SelftestException("cell " + cell + " received " + received[cell]
                            + " pulses, the journal has " + wear.fired()[cell] + " and " + wear.doubtful()[cell]
                            + " in doubt: " + folder);
                }
            }
        }

        @Override
        public void close() {
            lab.ifPresent(LabProcess::close);
        }
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(plan.folder().resolve(name)).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
