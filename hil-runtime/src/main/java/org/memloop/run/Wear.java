package org.memloop.run;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.memloop.bench.BenchException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.run.JournalReader.Entry;

/**
 * Count the wearing pulses of every cell from a journal.
 *
 * @param fired how many each cell certainly had, by cell number
 * @param doubtful how many more each may have had
 */
public record Wear(long[] fired, long[] doubtful) {
    /**
     * Count.
     *
     * @param content what the journal says
     * @param geometry shape of the array
     * @return the pulses of this run, without those before it
     */
    public static Wear of(JournalReader.Content content, Geometry geometry) {
        return of(content, geometry, Pulse::wears);
    }

    /**
     * Count pulses of some kinds.
     *
     * @param content what the journal says
     * @param geometry shape of the array
     * @param kinds which pulses count
     * @return the pulses of this run, without those before it
     */
    public static Wear of(JournalReader.Content content, Geometry geometry, Predicate<Pulse> kinds) {
        Wear wear = new Wear(new long[geometry.cells()], new long[geometry.cells()]);
        Counter counter = new Counter(wear, kinds);
        Map<Long, PulseProgram> open = new HashMap<>();
        for (Entry entry : content.entries()) {
            switch (entry) {
                case Entry.Intent intent -> open.put(intent.id(), intent.program());
                case Entry.Done done when open.containsKey(done.id()) -> counter.charge(open.remove(done.id()));
                case Entry.Failed failed when failed.firing() == BenchException.Firing.NONE -> open.remove(failed.id());
                case Entry.Settled settled when open.containsKey(settled.id()) ->
                    counter.charge(open.remove(settled.id()), settled);
                default -> {
                }
            }
        }
        open.values().forEach(program -> counter.doubt(program, 0, program.size()));
        return wear;
    }

    private record Counter(Wear wear, Predicate<Pulse> kinds) {
        private void charge(PulseProgram program) {
            for (int step = 0; step < program.size(); step++) {
                charge(wear.fired(), program, step, program.count(step));
            }
        }

        private void charge(PulseProgram program, Entry.Settled settled) {
            for (int step = 0; step < settled.whole(); step++) {
                charge(wear.fired(), program, step, program.count(step));
            }
            if (settled.pulses() > 0) {
                charge(wear.fired(), program, settled.whole(), settled.pulses());
            }
            doubt(program, settled.whole(), settled.whole() + settled.doubtful());
        }

        private void doubt(PulseProgram program, int from, int to) {
            for (int step = from; step < to; step++) {
                charge(wear.doubtful(), program, step, program.count(step));
            }
        }

        private void charge(long[] counts, PulseProgram program, int step, int pulses) {
            if (kinds.test(program.pulse(step))) {
                counts[program.cell(step)] += pulses;
            }
        }
    }
}
