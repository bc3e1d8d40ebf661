package org.memloop.calibration;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.recording.Recording;

/**
 * Record how the conductance of cells falls with equal weak RESET pulses (thesis, section 4.3.3): read every cell, then
 * pulse and read all of them in turn, so that an instrument is set up once for a round and not once for a cell.
 *
 * @param card what a reading means
 * @param pulses how many conductances to record of each cell, the one before the first pulse included; at least 1
 */
public record WeakResetCharacterization(ConductanceCard card, int pulses) {
    /** Steps of one program: large enough that its overhead vanishes, small enough to be stopped in between. */
    private static final int STEPS_PER_PROGRAM = 20_000;

    /** Refuse to record nothing. */
    public WeakResetCharacterization {
        if (pulses < 1) {
            throw new IllegalArgumentException("a recording has at least one column, not " + pulses);
        }
    }

    /**
     * Record some cells. Every cell gets {@code pulses - 1} weak RESET pulses.
     *
     * @param bench the bench they are on; the cells are in their low-resistance state
     * @param cells their numbers; they become the rows of the recording, in this order
     * @param listener who hears of progress, after each program
     * @return the recording, in siemens
     * @throws org.memloop.bench.BenchException when the bench fails; the cells have then had part of their pulses
     */
    public Recording measure(Bench bench, int[] cells, Preparation.Listener listener) {
        int rounds = Math.max(1, STEPS_PER_PROGRAM / (2 * cells.length));
        float[] siemens = new float[Math.multiplyExact(cells.length, pulses)];
        int done = 0;
        while (done < pulses) {
            listener.onProgress("weak RESET", done, pulses);
            int next = Math.min(pulses, done + rounds);
            PulseProgram.Builder program = PulseProgram.builder();
            for (int pulse = done; pulse < next; pulse++) {
                if (pulse > 0) {
                    program.addAll(cells, Pulse.WEAK_RESET);
                }
                program.addAll(cells, Pulse.READ);
            }
            Readings readings = bench.run(program.build());
            for (int i = 0; i < readings.size(); i++) {
                siemens[i % cells.length * pulses + done + i / cells.length] = (float) card
                        .siemens(readings.volts(i), readings.amps(i));
            }
            done = next;
        }
        listener.onProgress("weak RESET", pulses, pulses);
        return Recording.of("measurement", cells.length, pulses, siemens)
                .with("bench", bench.capabilities().description())
                .with("cells", Arrays.stream(cells).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
                .with("pulse", text(Pulse.WEAK_RESET)).with("read", text(Pulse.READ));
    }

    private static String text(Pulse pulse) {
        return pulse.name() + ": " + pulse.columnVolts() + " V, gate " + pulse.gateVolts() + " V, "
                + pulse.widthSeconds() + " s";
    }
}
