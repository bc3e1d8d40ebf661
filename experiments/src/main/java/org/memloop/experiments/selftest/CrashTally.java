package org.memloop.experiments.selftest;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.memloop.bench.PulseProgram;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

/** Count what kills struck, and what became of the pulses, over all rounds. Several threads may add to it. */
final class CrashTally {
    private final Map<String, Integer> phases = new TreeMap<>();
    private int rounds;
    private int kills;
    private int unfinished;
    private int torn;
    private int anew;
    private long intended;
    private long acknowledged;
    private long counted;
    private int compared;

    /** A kill came before anything was written. */
    synchronized void anew() {
        kills++;
        anew++;
    }

    /** A kill left a journal. */
    synchronized void killed(Case kind, JournalReader.Content content) {
        kills++;
        phases.merge(phase(kind, content), 1, Integer::sum);
        unfinished += content.unfinished().isPresent() ? 1 : 0;
        torn += content.damage().isPresent() ? 1 : 0;
    }

    /** The end of a journal was torn off. */
    synchronized void torn() {
        torn++;
    }

    /** A round has come to its end, and its result is the undisturbed one where there is one to compare with. */
    synchronized void done(Path journal, boolean same) {
        rounds++;
        compared += same ? 1 : 0;
        JournalReader.Content content = JournalReader.read(journal);
        Map<Long, Long> open = new TreeMap<>();
        for (Entry entry : content.entries()) {
            switch (entry) {
                case Entry.Intent intent -> {
                    // what completes a program that was broken off was intended with it
                    intended += intent.completes() == 0 ? pulses(intent.program()) : 0;
                    open.put(intent.id(), intent.completes() == 0 ? pulses(intent.program()) : 0L);
                }
                case Entry.Done done -> acknowledged += open.getOrDefault(done.id(), 0L);
                default -> {
                }
            }
        }
    }

    /** A die that outlived its host has counted so many pulses, which are those of the journal. */
    synchronized void counted(long pulses) {
        counted += pulses;
    }

    synchronized int kills() {
        return kills;
    }

    private static long pulses(PulseProgram program) {
        long pulses = 0;
        for (int step = 0; step < program.size(); step++) {
            pulses += program.count(step);
        }
        return pulses;
    }

    /**
     * The last mark says what was under way; before the first it is forming. After the last mark of the preparation, and
     * after one of an epoch, a network is trained.
     */
    private static String phase(Case kind, JournalReader.Content content) {
        String phase = "forming";
        for (Entry entry : content.entries()) {
            if (entry instanceof Entry.Mark mark) {
                boolean prepared = mark.stage().equals("set") && mark.done() >= mark.of();
                phase = prepared || mark.stage().equals("epoch")
                        ? "training"
                        : mark.stage().substring(mark.stage().indexOf(':') + 1).strip();
            }
        }
        return phase + " (" + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }

    synchronized String report() {
        return rounds + " rounds, " + kills + " kills: " + anew + " before anything was written, "
                + phases.entrySet().stream().map(each -> each.getValue() + " during " + each.getKey())
                        .collect(Collectors.joining(", "))
                + ". " + unfinished + " left a program without an outcome, " + torn
                + " a journal with its end torn off.\n" + intended + " pulses were intended, " + acknowledged
                + " acknowledged; dies that outlived their hosts counted " + counted
                + ", which is what their journals say, cell by cell. " + compared + " of " + compared
                + " results on simulated arrays are, byte for byte, the undisturbed ones.";
    }
}
