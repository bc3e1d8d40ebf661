package org.memloop.die;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.run.CsvLog;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hold one die while a run works on it, and bring its ledger up to date from the run's journal.
 *
 * <pre>
 *   dies/A7/cells.csv      the ledger ({@link LedgerFile})
 *   dies/A7/lock           held by the program that works on the die
 *   dies/A7/open/RUN.json  a run that is not in the ledger yet, and where its journal is
 * </pre>
 *
 * A program that dies leaves its file in {@code open}; whoever opens the die next counts that run's journal first. The
 * ledger says how far it has counted each run, so nothing is counted twice, and a run may be resumed.
 */
public final class DieSession implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEALTH = "health.csv";
    private static final String JOURNAL = "journal.mlj";

    private final Path folder;
    private final String die;
    private final FileChannel lock;
    private final CellLedger ledger;
    private final Map<String, LedgerFile.Counted> runs;
    private final List<String> remarks = new ArrayList<>();
    private Optional<OpenRun> current = Optional.empty();
    private Optional<CsvLog> health = Optional.empty();

    private record OpenRun(String run, String folder, String opened, ConductanceCard card) {}

    private DieSession(Path folder, String die, FileChannel lock, CellLedger ledger,
            Map<String, LedgerFile.Counted> runs) {
        this.folder = folder;
        this.die = die;
        this.lock = lock;
        this.ledger = ledger;
        this.runs = runs;
    }

    /**
     * Take a die, and count what runs that broke off have done to it.
     *
     * @param dies folder that holds the dies; created where it is missing
     * @param die what it is called: letters, digits, points, dashes and underscores
     * @param geometry shape of its array
     * @param anew whether this is a die that was made a moment ago, so that nothing that is known holds any more
     * @return the session; close it to let go of the die
     * @throws ConfigurationException when the name makes no folder, another program has the die, or it has another shape
     */
    public static DieSession open(Path dies, String die, Geometry geometry, boolean anew) {
        requireName(die);
        Path folder = dies.resolve(die);
        FileChannel lock = lock(folder, die);
        try {
            Path file = folder.resolve("cells.csv");
            boolean known = Files.exists(file) && !anew;
            LedgerFile stored = known
                    ? LedgerFile.read(file)
                    : new LedgerFile(die, new CellLedger(geometry), Map.of());
            if (!stored.ledger().geometry().equals(geometry)) {
                throw new ConfigurationException("die " + die + " has a " + stored.ledger().geometry()
                        + " array by its ledger " + file + ", this bench has " + geometry);
            }
            DieSession session = new DieSession(folder, die, lock, stored.ledger(), stored.runs());
            session.recover(anew);
            return session;
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static void requireName(String die) {
        if (!die.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new ConfigurationException("'" + die
                    + "' names no die: use up to 64 letters, digits, points, dashes and underscores");
        }
    }

    private static FileChannel lock(Path folder, String die) {
        try {
            Files.createDirectories(folder.resolve("open"));
            FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException _) {
                // another run of this same program has it
            }
            channel.close();
            throw new ConfigurationException(
                    "die " + die + " is in use by another program; wait for it, or stop it (" + folder + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recover(boolean forget) {
        for (Path file : openRuns()) {
            OpenRun run;
            try {
                run = JSON.readValue(Files.readString(file), OpenRun.class);
            } catch (IOException | JacksonException e) {
                throw new ConfigurationException("die " + die + ": " + file + " cannot be read: " + e.getMessage(), e);
            }
            if (!forget) {
                count(run);
                remarks.add("die " + die + ": the run in " + run.folder()
                        + " broke off; its pulses are now in the ledger");
                write();
            }
            delete(file);
        }
    }

    private List<Path> openRuns() {
        try (Stream<Path> files = Files.list(folder.resolve("open"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what a person should know about the opening, one line each} */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** {@return what the die is called} */
    public String die() {
        return die;
    }

    /** {@return what is known of its cells; pulses of the run that is going on are added when it ends} */
    public CellLedger ledger() {
        return ledger;
    }

    /**
     * Say that a run begins or goes on, before it pulses anything.
     *
     * @param run its unique name
     * @param runFolder where its journal is
     * @param opened when its bench was opened
     * @param card what its readings mean
     */
    public void begin(String run, Path runFolder, Instant opened, ConductanceCard card) {
        OpenRun open = new OpenRun(run, runFolder.toAbsolutePath().normalize().toString(), opened.toString(), card);
        try {
            Path file = openFile(run);
            Files.writeString(file, JSON.writeValueAsString(open));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = Optional.of(open);
    }

    private Path openFile(String run) {
        return folder.resolve("open").resolve(run + ".json");
    }

    /**
     * Keep what was found of a cell, in the ledger and in the folder of the run.
     *
     * @param cell its number
     * @param what what was found
     */
    public void found(int cell, CellHealth what) {
        if (health.isEmpty()) {
            Path file = Path.of(current.orElseThrow().folder()).resolve(HEALTH);
            health = Optional.of(new CsvLog(file, "cell", "health"));
        }
        ledger.found(cell, what);
        health.get().line(cell, what.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Count the run that is going on, as far as its journal goes, and write the ledger. */
    public void finish() {
        current.ifPresent(run -> {
            health.ifPresent(CsvLog::close);
            health = Optional.empty();
            count(run);
            write();
            delete(openFile(run.run()));
            current = Optional.empty();
        });
    }

    private void write() {
        new LedgerFile(die, ledger, runs).write(folder.resolve("cells.csv"));
    }

    private void count(OpenRun run) {
        countPulses(run);
        Path file = Path.of(run.folder()).resolve(HEALTH);
        if (!Files.exists(file)) {
            return;
        }
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).map(line -> line.split(",")).filter(fields -> fields.length == 2)
                    .forEach(fields -> ledger.found(Integer.parseInt(fields[0]),
                            CellHealth.valueOf(fields[1].toUpperCase(Locale.ROOT).replace('-', '_'))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that was counted before it was resumed is taken out and counted again, whole. */
    private void countPulses(OpenRun run) {
        Path journal = Path.of(run.folder()).resolve(JOURNAL);
        Instant opened = Instant.parse(run.opened());
        LedgerFile.Counted before = runs.get(run.run());
        if (before != null) {
            ledger.add(JournalTally.of(journal, Math.toIntExact(before.records()), ledger.geometry(), opened,
                    run.card()).cells(), -1);
        }
        JournalTally tally = JournalTally.of(journal, Integer.MAX_VALUE, ledger.geometry(), opened, run.card());
        ledger.add(tally.cells(), 1);
        runs.put(run.run(), new LedgerFile.Counted(tally.records(), run.folder()));
    }

    /** Count what there is to count and let go of the die. Calling it again is harmless. */
    @Override
    public void close() {
        if (lock.isOpen()) {
            try {
                finish();
            } finally {
                release(lock);
            }
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
