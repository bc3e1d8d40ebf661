package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;

import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;
import org.memloop.run.Wear;

/** Kill one program up to three times, go on with it each time, and hold what came of it to what had to come. */
final class CrashRound {
    private static final int KILLS_MAX = 3;
    private static final long LAB_SEED = 7;

    private final Case kind;
    private final int number;
    private final SelftestPlan plan;
    private final CrashTally tally;
    private final Random random;

    CrashRound(Case kind, int number, SelftestPlan plan, CrashTally tally) {
        this.kind = kind;
        this.number = number;
        this.plan = plan;
        this.tally = tally;
        random = new Random(plan.seed() * 1_000_003 + number);
    }

    /** Run a program that nobody kills, for the others to be compared with. */
    static void undisturbed(Case kind, Path folder) {
        try (Lab lab = new Lab(kind, folder); Child child = kind.start(folder)) {
            child.requireSuccess();
            lab.requireAsTheJournalSays(folder);
            requireExactLedger(kind, folder);
        }
    }

    void run(Path undisturbed) {
        Path folder = plan.folder("round-" + number);
        long whole = Case.journalBytes(undisturbed);
        try (Lab lab = new Lab(kind, folder)) {
            for (int left = 1 + random.nextInt(KILLS_MAX); !finishes(folder, whole, left); left--) {
                killed(folder);
            }
            tally.counted(lab.requireAsTheJournalSays(folder));
            requireExactLedger(kind, folder);
        }
        tally.done(Case.journal(folder), kind.requireSame(undisturbed, folder));
        SelftestPlan.remove(folder);
    }

    /** Begin or go on. {@return whether it came to its end, because no kill is left or it was quicker} */
    private boolean finishes(Path folder, long whole, int killsLeft) {
        Optional<Path> run = Case.run(folder).filter(path -> Files.exists(path.resolve("journal.mlj")));
        try (Child child = run.isPresent() ? kind.resume(folder, run.get()) : kind.start(folder)) {
            if (killsLeft > 0) {
                long at = Case.journalBytes(folder);
                // half of the kills come early, where cells are formed
                double share = random.nextBoolean() ? random.nextDouble() : 0.1 * random.nextDouble();
                long target = at + (long) (share * Math.max(1, whole - at));
                if (child.killWhen(() -> Case.journalBytes(folder) >= target)) {
                    return false;
                }
            }
            child.requireSuccess();
            return true;
        }
    }

    private static void requireExactLedger(Case kind, Path folder) {
        if (kind.campaign()) {
            Ledgers.requireExact(folder);
        }
    }

    private void killed(Path folder) {
        Path journal = Case.run(folder).map(run -> run.resolve("journal.mlj")).filter(Files::exists).orElse(folder);
        if (journal.equals(folder) || JournalReader.read(journal).header().isEmpty()) {
            tally.anew();
            Case.run(folder).ifPresent(SelftestPlan::remove);
            return;
        }
        JournalReader.Content content = JournalReader.read(journal);
        tally.killed(kind, content);
        // what is on the disk before its pulses leave is not torn off by whatever happens to the host
        boolean mayTear = !kind.laboratory() || content.entries().getLast() instanceof Entry.Done;
        if (mayTear && content.entries().size() > 2 && random.nextInt(3) == 0) {
            tear(journal);
        }
    }

    private void tear(Path journal) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1 - random.nextInt(8));
            tally.torn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The virtual laboratory of a case that needs one. */
    private record Lab(Optional<LabProcess> process) implements AutoCloseable {
        Lab(Case kind, Path folder) {
            this(kind.laboratory() ? Optional.of(new LabProcess(folder, LAB_SEED)) : Optional.empty());
        }

        /** Hold the journal to what the die says it has received. {@return how many pulses} */
        long requireAsTheJournalSays(Path folder) {
            if (process.isEmpty()) {
                return 0;
            }
            long[] received = process.get().pulses();
            JournalReader.Content content = JournalReader.read(Case.journal(folder));
            Wear wear = Wear.of(content, content.header().orElseThrow().capabilities().geometry(), _ -> true);
            long pulses = 0;
            for (int cell = 0; cell < received.length; cell++) {
                pulses += received[cell];
                if (received[cell] != wear.fired()[cell] || wear.doubtful()[cell] != 0) {
                    throw new SelftestException("cell " + cell + " received " + received[cell]
                            + " pulses, the journal has " + wear.fired()[cell] + " and " + wear.doubtful()[cell]
                            + " in doubt: " + folder);
                }
            }
            return pulses;
        }

        @Override
        public void close() {
            process.ifPresent(LabProcess::close);
        }
    }
}
