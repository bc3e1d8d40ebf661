package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.memloop.run.Latch;

/** A small program of work, in a folder of its own, that takes some ten or hundred kilobytes of journal. */
enum Case {
    /** Form, condition and train a simulated die. */
    TRAIN(false, List.of("train", "--bench", Case.SIMULATED, "--layers", "64-4-10", "--images", "200",
            "--epochs", "3", "--threads", "1", "--no-report"), List.of("metrics.csv", "synapses.h5")),
    /** Form, condition and characterize a simulated die. */
    TRACES(false, List.of("traces", "measure", "--bench", Case.SIMULATED, "--devices", "40", "--pulses",
            "3000", "--out", "traces.csv"), List.of("../../traces.csv")),
    /** Form, condition and characterize a die behind instruments that run in a process of their own. */
    LABORATORY(true, List.of("traces", "measure", "--bench", Case.INSTRUMENTS, "--devices", "20", "--pulses", "40",
            "--out", "traces.csv"), List.of()),
    /** Take a campaign to a simulated die. */
    CAMPAIGN(false, List.of("campaign", "run", Case.FILE, "--bench", Case.SIMULATED, "--die", Ledgers.DIE,
            "--no-report"), List.of("passes.csv", "verdicts.csv", "forming.csv", "conditioning.csv", "health.csv")),
    /** Take a campaign to a die behind instruments that run in a process of their own. */
    LABORATORY_CAMPAIGN(true, List.of("campaign", "run", Case.FILE, "--bench", Case.INSTRUMENTS, "--die",
            Ledgers.DIE, "--no-report"), List.of());

    private static final String SIMULATED = "sim:hfox-32x32?seed=7";
    private static final String INSTRUMENTS = "rack:bench.yaml";
    private static final String FILE = "campaign.yaml";
    private static final String PULSES = "pulses: 40";
    /** A simulated die is quick: there each cell gets more pulses, so that there is something to kill. */
    private static final int SIMULATED_PULSES = 2000;
    private static final int INSTRUMENTS_PULSES = 40;

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

    /** {@return whether it is a campaign, which keeps a ledger of its die and leaves a recording} */
    boolean campaign() {
        return words.getFirst().equals("campaign");
    }

    Child start(Path folder) {
        return start(folder, laboratory ? INSTRUMENTS_PULSES : SIMULATED_PULSES);
    }

    /** Start it; a campaign gives so many pulses to each cell of its last stage. */
    Child start(Path folder, int pulses) {
        if (campaign()) {
            write(folder.resolve(FILE), pulses);
        }
        return Child.start(folder, words.toArray(String[]::new));
    }

    private static void write(Path file, int pulses) {
        try (InputStream text = Case.class.getResourceAsStream(FILE)) {
            String campaign = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, campaign.replace(PULSES, "pulses: " + pulses));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Child resume(Path folder, Path run) {
        return Child.start(folder, "resume", folder.relativize(run).toString());
    }

    /** Acknowledge what is latched, go on with the run in a folder, and refuse it if it does not come to its end. */
    void goOn(Path folder) {
        latches(folder).forEach(latch -> latch.acknowledge("selftest", Clock.systemDefaultZone()));
        try (Child child = resume(folder, run(folder).orElseThrow())) {
            child.requireSuccess();
        }
    }

    /** {@return what keeps the run in a folder stopped} */
    static List<Latch> latches(Path folder) {
        return Stream.concat(run(folder).map(Latch::ofRun).stream(),
                Stream.of(Latch.ofLaboratory(folder.resolve("bench.yaml")))).filter(Latch::isTripped).toList();
    }

    /** {@return the journal of the run in a folder} */
    static Path journal(Path folder) {
        return run(folder).orElseThrow().resolve("journal.mlj");
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

    /**
     * Refuse results that differ from those of a program that nobody disturbed.
     *
     * @return whether there was anything to compare, as there is of a simulated array
     */
    boolean requireSame(Path undisturbed, Path folder) {
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
        if (campaign() && !laboratory) {
            Ledgers.requireSameRecording(run(undisturbed).orElseThrow(), run(folder).orElseThrow());
            Ledgers.requireSame(undisturbed, folder);
        }
        return !laboratory;
    }
}
