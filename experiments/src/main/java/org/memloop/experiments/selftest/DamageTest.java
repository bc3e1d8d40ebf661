package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.memloop.experiments.Console;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

/** Fill a disk to its last byte, tear off the end of a journal, turn a bit in its middle over; then go on. */
final class DamageTest {
    private final SelftestPlan plan;
    private final Console console;
    private int number;

    DamageTest(SelftestPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /**
     * Say what is damaged.
     *
     * @param kind which program
     * @param journalBytes how long its journal gets when nothing happens to it
     * @param prepare puts into a folder what the program needs there
     * @param judge refuses what came of it in a folder, unless all is well
     */
    private record Subject(Case kind, long journalBytes, Consumer<Path> prepare, Consumer<Path> judge) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Damage a program on a simulated array: it is made anew, and the result has to be the undisturbed one. */
    void simulated(Case kind) {
        Path undisturbed = plan.folder("undisturbed-" + kind.name().toLowerCase(Locale.ROOT));
        try (Child child = kind.start(undisturbed)) {
            child.requireSuccess();
        }
        Subject subject = new Subject(kind, Case.journalBytes(undisturbed), _ -> {},
                folder -> kind.requireSame(undisturbed, folder));
        fillDisk(subject);
        Path torn = halfway(subject);
        long cut = Case.journalBytes(torn) * 6 / 10;
        truncate(Case.journal(torn), cut);
        String end = damage(torn);
        goOn(subject, torn);
        console.result(subject + ", journal cut off at byte " + cut + " (" + end
                + "): went on, with the undisturbed result");
        Path harmed = halfway(subject);
        flip(Case.journal(harmed));
        String damage = damage(harmed);
        goOn(subject, harmed);
        console.result(subject + ", a bit of the journal turned over (" + damage
                + "): went on from there, with the undisturbed result");
    }

    /**
     * Damage a campaign on instruments: the die has to have received what the journal says, whatever happened to it. Outcomes
     * are torn off by {@link CrashRound}.
     */
    void laboratory(LabProcess lab, Account account, long journalBytes) {
        Subject subject = new Subject(Case.LABORATORY_CAMPAIGN, journalBytes, lab::tellAddresses, folder -> {
            account.take(folder, false);
            Ledgers.requireExact(folder);
        });
        fillDisk(subject);
        Path harmed = halfway(subject);
        lab.awaitGrounded();
        account.take(harmed, false);
        flip(Case.journal(harmed));
        try (Child child = subject.kind().resume(harmed, Case.run(harmed).orElseThrow())) {
            if (child.end() == 0 || !child.told().contains("without firing some twice")) {
                throw new SelftestException("a journal that hides pulses on matter was not refused: " + child.said());
            }
            account.requireNothing(harmed);
            console.result(subject + ", a bit of the journal turned over: refused" + child.told()
                    + "; nothing was fired");
        }
        loseRecords(lab, account, subject);
    }

    /** A disk that lied, or a person, may have taken whole records: the file looks sound, and the router knows better. */
    private void loseRecords(LabProcess lab, Account account, Subject subject) {
        Path shortened = halfway(subject);
        lab.awaitGrounded();
        account.take(shortened, false);
        Path journal = Case.journal(shortened);
        int lost = cutRecords(journal);
        byte[] before = bytes(journal);
        try (Child child = subject.kind().resume(shortened, Case.run(shortened).orElseThrow())) {
            if (child.end() == 0 || !child.told().contains("fire pulses a second time")) {
                throw new SelftestException("a journal without its end was not refused on matter: " + child.said());
            }
            account.requireNothing(shortened);
            if (!Arrays.equals(before, bytes(journal))) {
                throw new SelftestException("a journal was changed by a resumption that was refused: " + journal);
            }
            console.result(subject + ", the last " + lost + " records gone, the last two loads among them: refused"
                    + child.told() + "; nothing was fired");
        }
    }

    /**
     * Cut a journal off before the record of its last load but one, which was certainly fired: the last may not have been when
     * its program was killed. {@return how many records are gone}
     */
    private static int cutRecords(Path journal) {
        List<Entry> entries = JournalReader.read(journal).entries();
        int keep = entries.size();
        for (int loads = 0; loads < 2;) {
            loads += entries.get(--keep) instanceof Entry.Loaded ? 1 : 0;
        }
        truncate(journal, JournalReader.end(journal, keep));
        return entries.size() - keep;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillDisk(Subject subject) {
        Path disk = folder("disk");
        String size = "size=" + (subject.journalBytes() / 2048 + 16) + "k";
        if (!system("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString())) {
            console.remark("a disk can only be filled by whoever may mount one; left out");
            return;
        }
        try {
            subject.prepare().accept(disk);
            try (Child child = subject.kind().start(disk)) {
                if (child.end() == 0) {
                    throw new SelftestException("a full disk went unnoticed: " + disk);
                }
            }
            boolean latched = !Case.latches(disk).isEmpty();
            system("mount", "-o", "remount,size=50m", disk.toString());
            goOn(subject, disk);
            console.result(subject + ", disk full to the last byte: stopped" + (latched ? ", latched" : "")
                    + ", went on when there was room, and all is there");
        } finally {
            system("umount", "-l", disk.toString()); // whatever just ended may still have a file open there
        }
    }

    private Path halfway(Subject subject) {
        Path folder = folder("half");
        subject.prepare().accept(folder);
        try (Child child = subject.kind().start(folder)) {
            child.killWhen(() -> Case.journalBytes(folder) >= subject.journalBytes() / 2);
        }
        return folder;
    }

    private static void goOn(Subject subject, Path folder) {
        subject.kind().goOn(folder);
        subject.judge().accept(folder);
    }

    private static String damage(Path folder) {
        return JournalReader.read(Case.journal(folder)).damage().orElse("at the end of a record");
    }

    private static void truncate(Path journal, long bytes) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path journal) {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, channel.size() / 2);
            channel.write(one.put(0, (byte) (one.get(0) ^ 16)).flip(), channel.size() / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private Path folder(String what) {
        return plan.folder(what + "-" + ++number);
    }
}
