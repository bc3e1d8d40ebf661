package org.memloop.calibration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;
import org.memloop.recording.Recording;

/**
 * Make a recording of a {@link WeakResetCharacterization} while it runs, four bytes for each conductance. Whatever else
 * is measured of the same cells has to go to another observer.
 */
public final class TraceRecorder implements ProcedureObserver {
    private final WeakResetCharacterization procedure;
    private final int[] cells;
    private final Map<Integer, Integer> rows = new HashMap<>();
    private final float[] siemens;

    /**
     * Get ready to record.
     *
     * @param procedure what is going to be done
     * @param cells the cells; they become the rows of the recording, in this order
     */
    public TraceRecorder(WeakResetCharacterization procedure, int... cells) {
        this.procedure = procedure;
        this.cells = cells.clone();
        for (int row = 0; row < cells.length; row++) {
            rows.put(cells[row], row);
        }
        siemens = new float[Math.multiplyExact(cells.length, procedure.pulses())];
    }

    @Override
    public void observed(Observation observation) {
        siemens[rows.get(observation.cell()) * procedure.pulses() + observation.index()] = (float) observation
                .siemens();
    }

    /**
     * Hand over what was recorded, once the procedure has come to its end.
     *
     * @param bench the bench it ran on
     * @param read the condition of readings
     * @return the recording, in siemens, with how it was made
     */
    public Recording recording(Bench bench, Pulse read) {
        return Recording.of("measurement", cells.length, procedure.pulses(), siemens)
                .with("bench", bench.capabilities().description())
                .with("cells", Arrays.stream(cells).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
                .with("pulse", text(procedure.pulse())).with("read", text(read));
    }

    /**
     * Record cells with the usual READ.
     *
     * @param procedure what is to be done; every cell gets {@code pulses - 1} of its pulses
     * @param bench the bench the cells are on
     * @param card what a reading means
     * @param cells their numbers; they become the rows of the recording, in this order
     * @param listener who hears of progress, after each program
     * @return the recording, in siemens
     * @throws org.memloop.bench.BenchException when the bench fails; the cells have then had part of their pulses
     */
    public static Recording measure(WeakResetCharacterization procedure, Bench bench, ConductanceCard card, int[] cells,
            StageListener listener) {
        TraceRecorder recorder = new TraceRecorder(procedure, cells);
        procedure.run(new Site(bench, card, Pulse.READ, recorder, listener), cells);
        return recorder.recording(bench, Pulse.READ);
    }

    private static String text(Pulse pulse) {
        return pulse.name() + ": " + Quantity.text(pulse.columnVolts(), "V") + ", gate "
                + Quantity.text(pulse.gateVolts(), "V") + ", " + Quantity.text(pulse.widthSeconds(), "s");
    }
}
