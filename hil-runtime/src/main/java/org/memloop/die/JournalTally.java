package org.memloop.die;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Readings.Quality;
import org.memloop.calibration.ConductanceCard;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

/**
 * Count what a run did to the cells of its die, from its journal: the pulses of programs that were done, those known to
 * have been fired of programs that were cut off, and those in doubt.
 *
 * @param cells what was done to each cell
 * @param records how many records of the journal are counted
 */
public record JournalTally(CellLedger cells, int records) {
    /**
     * Count.
     *
     * @param journal the journal's file; one that is missing says that nothing was done
     * @param most count no records after these
     * @param geometry shape of the array
     * @param opened when the bench was opened that tells the times of the readings
     * @param card what a reading means
     * @return the tally
     */
    public static JournalTally of(Path journal, int most, Geometry geometry, Instant opened, ConductanceCard card) {
        CellLedger cells = new CellLedger(geometry);
        if (!Files.exists(journal)) {
            return new JournalTally(cells, 0);
        }
        List<Entry> all = JournalReader.read(journal).entries();
        List<Entry> entries = all.subList(0, Math.min(most, all.size()));
        Map<Long, PulseProgram> open = new HashMap<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Intent intent -> open.put(intent.id(), intent.program());
                case Entry.Done done when open.containsKey(done.id()) -> {
                    PulseProgram program = open.remove(done.id());
                    cells.chargeSteps(program, 0, program.size(), false);
                    read(cells, program, done.readings(), opened, card);
                }
                case Entry.Failed failed when failed.firing() == Firing.NONE -> open.remove(failed.id());
                case Entry.Settled settled when open.containsKey(settled.id()) -> {
                    PulseProgram program = open.remove(settled.id());
                    cells.chargeSteps(program, 0, settled.whole(), false);
                    if (settled.pulses() > 0) {
                        cells.charge(program, settled.whole(), settled.pulses(), false);
                    }
                    cells.chargeSteps(program, settled.whole(), settled.whole() + settled.doubtful(), true);
                }
                default -> {
                    // nothing happened to a cell
                }
            }
        }
        open.values().forEach(program -> cells.chargeSteps(program, 0, program.size(), true));
        return new JournalTally(cells, entries.size());
    }

    private static void read(CellLedger cells, PulseProgram program, Readings readings, Instant opened,
            ConductanceCard card) {
        for (int i = 0; i < readings.size(); i++) {
            Pulse pulse = program.pulse(readings.step(i));
            if (!pulse.wears() && readings.quality(i) != Quality.LOST) {
                cells.read(program.cell(readings.step(i)), card.siemens(readings.volts(i), readings.amps(i)),
                        opened.plus(Duration.ofNanos((long) (1e9 * readings.seconds(i)))));
            }
        }
    }
}
