package org.memloop.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.CorrectedBench;
import org.memloop.die.CellLedger;
import org.memloop.die.DieSession;
import org.memloop.die.LedgerFile;
import org.memloop.run.Run;

/** Hold the die on a bench and the card of its readings while a run works with them; without either, nothing is known. */
public final class ChipSession implements AutoCloseable {
    /** Name of the table that says, in the folder of a run, what was known of the cells when it began. */
    public static final String BEFORE = "cells-before.csv";

    private final Chip chip;
    private final BenchUri bench;
    private final Console console;
    private Optional<DieSession> die = Optional.empty();
    private Optional<CalibrationCard> card = Optional.empty();

    /**
     * Get ready.
     *
     * @param chip what was said of the die and the card
     * @param bench address of the bench
     * @param console who is told
     */
    public ChipSession(Chip chip, BenchUri bench, Console console) {
        this.chip = chip;
        this.bench = bench;
        this.console = console;
    }

    /**
     * Read the card, and take the die, once the bench has said what it is.
     *
     * @param capabilities what it said
     * @param read the condition of readings
     * @param records whether the run leaves a journal, from which a ledger can be brought up to date
     * @throws org.memloop.bench.ConfigurationException when the card may not be used, or the die is not to be had
     */
    public void open(Capabilities capabilities, Pulse read, boolean records) {
        card = chip.card(capabilities, read, Instant.now(), console);
        if (records) {
            die = chip.take(bench, capabilities, console);
        }
    }

    /** {@return how many wearing pulses each cell has had in its life; empty when nothing is known of it} */
    public long[] past() {
        return die.map(one -> one.ledger().pulses()).orElseGet(() -> new long[0]);
    }

    /**
     * Say what readings mean.
     *
     * @param otherwise what they mean without a card
     * @return what they mean
     */
    public ConductanceCard reading(ConductanceCard otherwise) {
        return card.map(CalibrationCard::reading).orElse(otherwise);
    }

    /**
     * Correct the pulses of a bench as the card says.
     *
     * @param guarded the bench
     * @return the bench to work with
     */
    public Bench corrected(Bench guarded) {
        return card.map(one -> CorrectedBench.of(guarded, one)).orElse(guarded);
    }

    /**
     * Begin a run, before it pulses anything, and say what it is to decide from: what is known of the cells, or, when it is
     * taken up again, what was known when it began.
     *
     * @param run the run
     * @param geometry shape of the array
     * @param opened when its bench was opened
     * @param reading what its readings mean
     * @return a copy, which the run may change
     */
    public CellLedger begin(Run run, Geometry geometry, Instant opened, ConductanceCard reading) {
        CellLedger known = known(geometry);
        Path first = run.folder().resolve("resumed-1").resolve(BEFORE);
        CellLedger ledger = Files.exists(first) ? LedgerFile.read(first).ledger() : known.copy();
        if (die.isPresent()) {
            write(ledger, run.folder().resolve(BEFORE));
        }
        chip.keepCard(run.folder());
        die.ifPresent(one -> one.begin(run.id().toString(), run.folder(), opened, reading));
        return ledger;
    }

    /**
     * Say what is known of the cells now; it is not to be changed.
     *
     * @param geometry shape of the array
     * @return what is known
     */
    public CellLedger known(Geometry geometry) {
        return die.map(DieSession::ledger).orElseGet(() -> new CellLedger(geometry));
    }

    /**
     * Say what a ledger knows of the health of cells.
     *
     * @param ledger a ledger
     * @return health by cell number; cells nothing is known of are missing
     */
    public static Map<Integer, CellHealth> health(CellLedger ledger) {
        Map<Integer, CellHealth> health = new LinkedHashMap<>();
        for (int cell = 0; cell < ledger.geometry().cells(); cell++) {
            int number = cell;
            ledger.cell(cell).health().ifPresent(known -> health.put(number, known));
        }
        return health;
    }

    /**
     * Write a ledger into the folder of a run.
     *
     * @param ledger what is known
     * @param file where
     */
    public void write(CellLedger ledger, Path file) {
        new LedgerFile(die.map(DieSession::die).orElse("not-named"), ledger, Map.of()).write(file);
    }

    /**
     * Keep what was found of a cell.
     *
     * @param cell its number
     * @param health what was found
     */
    public void found(int cell, CellHealth health) {
        die.ifPresent(one -> one.found(cell, health));
    }

    /** {@return the file of the die's ledger, where it has one} */
    public Optional<Path> ledgerFile() {
        return die.map(one -> chip.dies().resolve(one.die()).resolve("cells.csv"));
    }

    /** Bring the ledger up to date, once nothing more comes into the journal, and let go of the die. */
    @Override
    public void close() {
        die.ifPresent(DieSession::close);
    }
}
