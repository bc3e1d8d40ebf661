package org.memloop.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.recording.Recording;

class WeakResetCharacterizationTest {
    /** Cells that begin at their number in microsiemens and lose a nanosiemens with each weak RESET. */
    private static final class FallingCells implements Bench {
        private final int[] pulses = new int[100];
        private final List<PulseProgram> programs = new ArrayList<>();

        @Override
        public Capabilities capabilities() {
            return new Capabilities("falling cells", new Geometry(10, 10), new Limits(3, 3, 5, 1e-7, 1e-3, 1000000),
                    new Capabilities.ReadAccuracy(0, 0), List.of());
        }

        @Override
        public Readings run(PulseProgram program) {
            programs.add(program);
            Readings.Builder readings = Readings.builder(program.readingCount());
            for (int step = 0; step < program.size(); step++) {
                int cell = program.cell(step);
                if (program.pulse(step).equals(Pulse.READ)) {
                    readings.add(step, 0.2, 0.2 * (cell * 1e-6 - pulses[cell] * 1e-9), 0, Readings.Quality.GOOD);
                } else {
                    assertEquals(Pulse.WEAK_RESET, program.pulse(step));
                    pulses[cell] += program.count(step);
                }
            }
            return readings.build();
        }

        @Override
        public void rest(double seconds) {}

        @Override
        public void close() {}
    }

    @Test
    void recordsEveryCellAfterEveryPulseInFewPrograms() {
        FallingCells bench = new FallingCells();
        List<Integer> progress = new ArrayList<>();
        Recording recording = TraceRecorder.measure(
                new WeakResetCharacterization(4500, Pulse.WEAK_RESET), bench, ConductanceCard.WHOLE_PATH,
                new int[]{70, 20, 90, 40, 55}, (stage, done, of) -> {
                    assertEquals("weak RESET of 4500", stage + " of " + of);
                    progress.add(done);
                });
        assertEquals(5, recording.devices());
        assertEquals(4500, recording.pulses());
        assertEquals(70e-6, recording.siemens(0, 0), 1e-11);
        assertEquals(90e-6 - 2001e-9, recording.siemens(2, 2001), 1e-11);
        assertEquals(55e-6 - 4499e-9, recording.siemens(4, 4499), 1e-11);
        assertEquals(4499, bench.pulses[20]);
        assertEquals(0, bench.pulses[21]);
        assertEquals(3, bench.programs.size());
        assertEquals(List.of(0, 2000, 4000, 4500), progress);
        assertEquals("70 20 90 40 55", recording.about().get("cells"));
        assertTrue(recording.about().get("pulse").contains("0.9 V"), recording.about().toString());
    }

    @Test
    void aSingleColumnIsAReadingAndNoPulse() {
        FallingCells bench = new FallingCells();
        TraceRecorder.measure(new WeakResetCharacterization(1, Pulse.WEAK_RESET), bench, ConductanceCard.WHOLE_PATH,
                new int[]{3}, (_, _, _) -> {});
        assertEquals(List.of(PulseProgram.of(Pulse.READ, 3)), bench.programs);
        assertThrows(IllegalArgumentException.class,
                () -> new WeakResetCharacterization(0, Pulse.WEAK_RESET));
    }
}
