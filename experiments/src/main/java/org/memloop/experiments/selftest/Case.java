package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small program of work, in a folder of its own, that takes a few hundred kilobytes of journal. */
enum Case {
    /** Form, condition and train a simulated die. */
    TRAIN(false, List.of("train", "--bench", "sim:hfox-32x32?seed=7", "--layers", "64-4-10", "--images", "400",
            "--epochs", "3", "--threads", "1", "--no-report"), List.of("metrics.csv", "synapses.h5")),
    /** Form, condition and characterize a simulated die. */
    TRACES(false, List.of("traces", "measure", "--bench", "sim:hfox-32x32?seed=7", "--devices", "40", "--pulses",
            "3000", "--out", "traces.csv"), List.of("../../traces.csv")),
    /** Form, condition and characterize a die behind instruments that run in a process of their own. */
    LABORATORY(true, List.of("traces", "measure", "--bench", "rack:bench.yaml", "--devices", "20", "--pulses", "40",
            "--out", "traces.csv"), List.of());

    private final boolean laboratory;
    private final List<String> words;
    private final List<String> results;

    Case(boolean laboratory, List<String> words, List<String> results) {
        this.laboratory = laboratory;
        this.words = words;
        this.results = results;
    }

    /** {@return whether its die outlives it, in a virtual laboratory} */
    boolean laboratory() {
        return laboratory;
    }

    Child start(Path folder) {
        return Child.start(folder, words.toArray(String[]::new));
    }

    Child resume(Path folder, Path run) {
        return Child.start(folder, "resume", folder.relativize(run).toString());
    }

    /** {@return the run in a folder, the last if there are several} */
    static Optional<Path> run(Path folder) {
        Path runs = folder.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.filter(Files::isDirectory).max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long journalBytes(Path folder) {
        try {
            Optional<Path> journal = run(folder).map(run -> run.resolve("journal.mlj")).filter(Files::exists);
            return journal.isPresent() ? Files.size(journal.get()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuse results that differ from those of a program that nobody disturbed. */
    void requireSame(Path undisturbed, Path folder) {
        for (String result : results) {
            Path wanted = run(undisturbed).orElseThrow().resolve(result);
            Path got = run(folder).orElseThrow().resolve(result);
            try {
                long at = Files.mismatch(wanted, got);
                if (at >= 0) {
                    throw new SelftestException(got + " differs from " + wanted + " at byte " + at);
                }
            } catch (IOException e) {
                throw new SelftestException("there is no result to compare: " + e.getMessage());
            }
        }
    }
}
