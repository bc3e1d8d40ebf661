package org.memloop.run;

import java.util.ArrayList;
import java.util.List;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.JournalReader.Entry.Settled;

/**
 * Find what is left to do of a program that broke off, without firing anything twice.
 *
 * <pre>
 *   steps        fired whole      in part           in doubt               not fired
 *   wearing      -                the rest          never                  all
 *   reading      again            again             again                  all
 *   other        -                the rest          never                  all
 * </pre>
 *
 * A reading is repeated because its answer was lost and it wears nothing. A wearing pulse that was measured and fired has
 * lost its answer for good. Cells of wearing pulses in doubt are read in the end, so that the record says where they are.
 */
final class Completion {
    private final PulseProgram program;
    private final PulseProgram rest;
    /** For each reading of the whole program: its place among those of the rest, or -1 when it is lost. */
    private final List<Integer> places = new ArrayList<>();

    Completion(PulseProgram program, Settled settled, boolean reads) {
        this.program = program;
        PulseProgram.Builder left = PulseProgram.builder();
        int readings = 0;
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            int fired = fired(settled, step);
            boolean again = pulse.measured() && !pulse.wears();
            int lost = again ? 0 : fired;
            int count = program.count(step) - lost;
            if (count > 0) {
                left.add(program.cell(step), pulse, count);
            }
            for (int k = 0; pulse.measured() && k < program.count(step); k++) {
                places.add(k < lost ? -1 : readings++);
            }
        }
        for (int step = settled.whole(); reads && step < settled.whole() + settled.doubtful(); step++) {
            if (program.pulse(step).wears()) {
                left.add(program.cell(step), Pulse.READ);
            }
        }
        rest = left.build();
    }

    /** Pulses in doubt count as fired: they are not fired again. */
    private int fired(Settled settled, int step) {
        if (step < settled.whole() + settled.doubtful()) {
            return program.count(step);
        }
        return step == settled.whole() ? settled.pulses() : 0;
    }

    /** {@return what is left to do} */
    PulseProgram rest() {
        return rest;
    }

    /** {@return the readings of the whole program, of those that the rest brought} */
    Readings whole(Readings brought) {
        Readings.Builder readings = Readings.builder(program.readingCount());
        int reading = 0;
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            for (int k = 0; pulse.measured() && k < program.count(step); k++) {
                int place = places.get(reading++);
                if (place < 0) {
                    readings.add(step, pulse.columnVolts(), 0, 0, Readings.Quality.LOST);
                } else {
                    readings.add(step, brought.volts(place), brought.amps(place), brought.seconds(place),
                            brought.quality(place));
                }
            }
        }
        return readings.build();
    }
}
