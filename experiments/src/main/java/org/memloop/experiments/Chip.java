package org.memloop.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.die.CellLedger;
import org.memloop.die.DieSession;
import org.memloop.die.LedgerFile;
import org.memloop.lab.LabFile;
import org.memloop.run.Benches;
import org.memloop.run.Rehearsal;

/**
 * Say which die is on a bench, and what its readings mean.
 *
 * @param name what the die is called, where that was said
 * @param dies folder that holds the ledgers of dies
 * @param card file of a calibration card, where one is used
 * @param acceptCard whether an outdated or foreign card is used all the same
 */
public record Chip(Optional<String> name, Path dies, Optional<Path> card, boolean acceptCard) {
    /** Say nothing. */
    public static final Chip UNKNOWN = new Chip(Optional.empty(), Path.of("dies"), Optional.empty(), false);

    /** {@return what was said, to be kept with a run} */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        name.ifPresent(die -> settings.put("die", die));
        card.ifPresent(file -> settings.put("card", file.toString()));
        return settings;
    }

    /**
     * Take the ledger of the die on a bench. A die that is made anew at each start has one only when it is named, and begins
     * it anew as well; so has a recording none.
     *
     * @param bench address of the bench
     * @param capabilities what the bench said of itself
     * @param console where it is told when no ledger can be kept
     * @return the session, empty where there is no die with a name
     */
    public Optional<DieSession> take(BenchUri bench, Capabilities capabilities, Console console) {
        boolean lasting = Benches.lasting(bench);
        Optional<String> die = named(bench);
        if (die.isEmpty()) {
            if (lasting) {
                console.remark(
                        "memloop: nobody said which die this is, so no ledger of its cells is kept; name it with "
                                + "--die, or with die: in " + bench.path());
            }
            return Optional.empty();
        }
        DieSession session = DieSession.open(dies, die.get(), capabilities.geometry(), !lasting);
        session.remarks().forEach(remark -> console.remark("memloop: " + remark));
        return Optional.of(session);
    }

    /**
     * Look at the ledger of the die on a bench, without taking it, and rehearse with its cells as they are known to be.
     *
     * @param bench address of the bench
     * @param rehearsal what rehearses it; cells known to be formed are so from now on
     * @return a copy of what is known; of a die without name or past, nothing
     */
    public CellLedger rehearse(BenchUri bench, Rehearsal rehearsal) {
        CellLedger known = named(bench).filter(_ -> Benches.lasting(bench))
                .map(die -> dies.resolve(die).resolve("cells.csv"))
                .filter(Files::exists).map(file -> LedgerFile.read(file).ledger().copy())
                .orElseGet(() -> new CellLedger(rehearsal.capabilities().geometry()));
        rehearsal.takeFormed(known.cells(cell -> known.cell(cell).formed()));
        return known;
    }

    private Optional<String> named(BenchUri bench) {
        return name.or(() -> Benches.lasting(bench) ? LabFile.read(Path.of(bench.path())).die() : Optional.empty());
    }

    /**
     * Read the card a run uses, and refuse one that is outdated or of another bench.
     *
     * @param capabilities what the bench said of itself
     * @param read the condition of readings
     * @param now the present moment
     * @param console where an objection is told that was accepted
     * @return the card, empty when none is used
     * @throws ConfigurationException when the card may not be used
     */
    public Optional<CalibrationCard> card(Capabilities capabilities, Pulse read, Instant now, Console console) {
        Optional<CalibrationCard> found = card.map(CalibrationFile::read);
        found.ifPresent(one -> {
            List<String> objections = one.objections(capabilities, read, now);
            if (objections.isEmpty()) {
                return;
            }
            String all = "calibration card " + card.orElseThrow() + ": " + String.join("; ", objections);
            if (!acceptCard) {
                throw new ConfigurationException(all + ". Use it all the same with --accept-card");
            }
            console.remark("memloop: " + all + "; used all the same");
        });
        return found;
    }

    /**
     * Keep the card in the folder of a run, so that the record tells which it was.
     *
     * @param folder where
     */
    public void keepCard(Path folder) {
        card.ifPresent(file -> CalibrationFile.write(CalibrationFile.read(file), folder.resolve("card.yaml")));
    }
}
