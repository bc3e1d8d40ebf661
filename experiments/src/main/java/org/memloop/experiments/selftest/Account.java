package org.memloop.experiments.selftest;

import java.nio.file.Files;
import java.nio.file.Path;

import org.memloop.run.JournalReader;
import org.memloop.run.Wear;

/** Hold what the die of a virtual laboratory has received in all to what the journals of all its runs say. */
final class Account {
    private final LabProcess lab;
    private final long[] counted = new long[LabProcess.CELLS];

    Account(LabProcess lab) {
        this.lab = lab;
    }

    /**
     * Take a run into account: its journal may say less than its die received by nothing, and more by what is in doubt.
     *
     * @param folder where the run is; without a journal it may have fired nothing
     * @param unseen whether pulses may have failed to reach the array without anybody noticing
     * @return what came of it, for a person
     */
    String take(Path folder, boolean unseen) {
        long[] received = lab.pulses();
        Wear wear = Case.run(folder).map(run -> run.resolve("journal.mlj")).filter(Files::exists)
                .map(JournalReader::read)
                .map(content -> Wear.of(content, content.header().orElseThrow().capabilities().geometry(), _ -> true))
                .orElseGet(() -> new Wear(new long[LabProcess.CELLS], new long[LabProcess.CELLS]));
        long pulses = 0;
        long fired = 0;
        for (int cell = 0; cell < received.length; cell++) {
            long here = received[cell] - counted[cell];
            if (!unseen && here < wear.fired()[cell] || here > wear.fired()[cell] + wear.doubtful()[cell]) {
                throw new SelftestException("cell " + cell + " received " + here + " pulses, the journal has "
                        + wear.fired()[cell] + " and " + wear.doubtful()[cell] + " in doubt: " + folder);
            }
            pulses += here;
            fired += wear.fired()[cell];
            counted[cell] = received[cell];
        }
        return pulses + " pulses counted by the die, " + fired + " by the journal";
    }

    /** Refuse a die that has received anything since the last run was taken into account. */
    void requireNothing(Path folder) {
        long[] received = lab.pulses();
        for (int cell = 0; cell < received.length; cell++) {
            if (received[cell] != counted[cell]) {
                throw new SelftestException("cell " + cell + " was pulsed by a run that was refused: " + folder);
            }
        }
    }
}
