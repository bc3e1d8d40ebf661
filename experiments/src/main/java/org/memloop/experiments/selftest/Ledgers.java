package org.memloop.experiments.selftest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.memloop.die.CellLedger;
import org.memloop.die.LedgerFile;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.run.JournalReader;
import org.memloop.run.Wear;

/** Hold what campaigns leave beside their tables to what it has to be: the ledger of the die, and the recording. */
final class Ledgers {
    /** What the die of a campaign is called. */
    static final String DIE = "selftest";

    private Ledgers() {}

    private static CellLedger read(Path folder) {
        return LedgerFile.read(folder.resolve("dies").resolve(DIE).resolve("cells.csv")).ledger();
    }

    /** Refuse a ledger that counts other pulses than the journal of the one run that its die has had. */
    static void requireExact(Path folder) {
        CellLedger ledger = read(folder);
        JournalReader.Content content = JournalReader.read(Case.run(folder).orElseThrow().resolve("journal.mlj"));
        Wear wear = Wear.of(content, ledger.geometry());
        for (int cell = 0; cell < ledger.geometry().cells(); cell++) {
            CellLedger.Entry entry = ledger.cell(cell);
            long doubtful = wear.doubtful()[cell];
            if (entry.pulses() != wear.fired()[cell] + doubtful || entry.uncertainPulses() != doubtful) {
                throw new SelftestException("cell " + cell + " has " + entry.pulses() + " pulses in the ledger, "
                        + entry.uncertainPulses() + " of them in doubt, in the journal " + wear.fired()[cell] + " and "
                        + doubtful + " in doubt: " + folder);
            }
        }
    }

    /** Refuse a ledger that says anything else of a cell than another, but for the time of day. */
    static void requireSame(Path undisturbed, Path folder) {
        CellLedger wanted = read(undisturbed);
        CellLedger got = read(folder);
        for (int cell = 0; cell < wanted.geometry().cells(); cell++) {
            CellLedger.Entry one = timeless(wanted.cell(cell));
            CellLedger.Entry other = timeless(got.cell(cell));
            if (!one.equals(other)) {
                throw new SelftestException("the ledger says of cell " + cell + " " + other + ", undisturbed " + one
                        + ": " + folder);
            }
        }
    }

    private static CellLedger.Entry timeless(CellLedger.Entry entry) {
        return new CellLedger.Entry(entry.health(), entry.setPulses(), entry.resetPulses(), entry.uncertainPulses(),
                entry.lastGateVolts(), entry.lastSiemens(), Optional.empty());
    }

    /** Refuse a recording with another conductance; its remarks name its run. */
    static void requireSameRecording(Path undisturbed, Path run) {
        Recording wanted = recording(undisturbed);
        Recording got = recording(run);
        int at = Arrays.mismatch(wanted.table(), got.table());
        if (at >= 0 || wanted.devices() != got.devices()) {
            throw new SelftestException(got + " differs from " + wanted + " at number " + at);
        }
    }

    private static Recording recording(Path run) {
        return Recordings.read(run.resolve("weak-reset.h5"), Optional.empty());
    }
}
