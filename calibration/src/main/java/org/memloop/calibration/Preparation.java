package org.memloop.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/**
 * Make a virgin array ready to learn (thesis, section 4.2.4): form every cell, stabilise the switching with hard
 * SET/RESET cycles, and leave every cell in its low-resistance state. Cells that do not form, or do not switch, are
 * found on the way.
 *
 * @param card what a reading means
 * @param formingAttempts how often a cell may be given the forming pulse, at least 1
 * @param cycles how many hard SET/RESET cycles, at least 1
 * @param formedSiemens a cell that reads at least this after forming is formed
 * @param lrsSiemens a healthy cell reads at least this after a SET
 * @param hrsSiemens a healthy cell reads at most this after a hard RESET
 */
public record Preparation(ConductanceCard card, int formingAttempts, int cycles, double formedSiemens,
        double lrsSiemens,
        double hrsSiemens) {

    /** The procedure of the thesis: ten cycles; formed is below 100 kohm, LRS below 20 kohm, HRS above 40 kohm. */
    public static final Preparation USUAL = new Preparation(ConductanceCard.WHOLE_PATH, 3, 10, 10e-6, 50e-6, 25e-6);

    private static final List<Pulse> NEEDED = List.of(Pulse.FORMING, Pulse.SET, Pulse.HARD_RESET);

    /** Say what was found of one cell. */
    public enum Health {
        /** Formed, and switches both ways. */
        HEALTHY,
        /** Did not form; it is left alone after the last attempt. */
        NOT_FORMED,
        /** Formed, but a SET does not bring it to its low-resistance state. */
        STUCK_HRS,
        /** Formed, but a hard RESET does not bring it to its high-resistance state. */
        STUCK_LRS
    }

    /** Follow the procedure while it runs. */
    public interface Listener {
        /**
         * Hear of progress.
         *
         * @param stage what is being done
         * @param done how many of its parts are done
         * @param of how many there are
         */
        void onProgress(String stage, int done, int of);
    }

    /**
     * State what the procedure left behind.
     *
     * @param health what was found of each cell, by cell number
     * @param conductanceSiemens last reading of each cell, by cell number
     */
    public record Result(Health[] health, double[] conductanceSiemens) {
        /** {@return the numbers of the healthy cells, ascending} */
        public int[] healthyCells() {
            return IntStream.range(0, health.length).filter(cell -> health[cell] == Health.HEALTHY).toArray();
        }

        /**
         * Count the cells of one kind.
         *
         * @param kind what was found
         * @return how many cells
         */
        public int count(Health kind) {
            return (int) Arrays.stream(health).filter(kind::equals).count();
        }
    }

    /**
     * Prepare every cell of an array. Where cells cannot be formed, SET or RESET, they are taken as they are: each counts
     * as healthy and is read once.
     *
     * @param bench the bench it hangs on
     * @param listener who hears of progress
     * @return what was found
     * @throws org.memloop.bench.BenchException when the bench fails; the array is then part prepared
     */
    public Result prepare(Bench bench, Listener listener) {
        int cells = bench.capabilities().geometry().cells();
        int[] all = IntStream.range(0, cells).toArray();
        Health[] health = new Health[cells];
        if (!NEEDED.stream().allMatch(bench.capabilities().operations()::supports)) {
            Arrays.fill(health, Health.HEALTHY);
            return new Result(health, read(bench, all));
        }
        Arrays.fill(health, Health.NOT_FORMED);
        form(bench, health, listener);
        int[] formed = cellsThat(health, Health.HEALTHY);
        for (int cycle = 0; cycle < cycles; cycle++) {
            listener.onProgress("conditioning", cycle, cycles);
            bench.run(PulseProgram.builder().addAll(formed, Pulse.SET).addAll(formed, Pulse.HARD_RESET).build());
        }
        listener.onProgress("conditioning", cycles, cycles);
        mark(health, formed, read(bench, formed), Health.STUCK_LRS, -Double.MAX_VALUE, hrsSiemens);
        listener.onProgress("set", 0, 1);
        bench.run(PulseProgram.of(Pulse.SET, formed));
        mark(health, formed, read(bench, formed), Health.STUCK_HRS, lrsSiemens, Double.MAX_VALUE);
        listener.onProgress("set", 1, 1);
        return new Result(health, read(bench, all));
    }

    /** Give the forming pulse to cells that read as virgin, and to no others: a formed cell may come from an earlier run. */
    private void form(Bench bench, Health[] health, Listener listener) {
        int[] virgin = cellsThat(health, Health.NOT_FORMED);
        markFormed(health, virgin, read(bench, virgin));
        for (int attempt = 0; attempt < formingAttempts; attempt++) {
            listener.onProgress("forming", attempt, formingAttempts);
            virgin = cellsThat(health, Health.NOT_FORMED);
            bench.run(PulseProgram.of(Pulse.FORMING, virgin));
            markFormed(health, virgin, read(bench, virgin));
        }
        listener.onProgress("forming", formingAttempts, formingAttempts);
    }

    private void markFormed(Health[] health, int[] cells, double[] conductance) {
        for (int i = 0; i < cells.length; i++) {
            if (conductance[i] >= formedSiemens) {
                health[cells[i]] = Health.HEALTHY;
            }
        }
    }

    private static void mark(Health[] health, int[] cells, double[] conductance, Health found, double least,
            double most) {
        for (int i = 0; i < cells.length; i++) {
            if (health[cells[i]] == Health.HEALTHY && !(conductance[i] >= least && conductance[i] <= most)) {
                health[cells[i]] = found;
            }
        }
    }

    private static int[] cellsThat(Health[] health, Health are) {
        return IntStream.range(0, health.length).filter(cell -> health[cell] == are).toArray();
    }

    private double[] read(Bench bench, int[] cells) {
        Readings readings = bench.run(PulseProgram.of(Pulse.READ, cells));
        double[] conductance = new double[cells.length];
        for (int i = 0; i < conductance.length; i++) {
            conductance[i] = card.siemens(readings.volts(i), readings.amps(i));
        }
        return conductance;
    }
}
