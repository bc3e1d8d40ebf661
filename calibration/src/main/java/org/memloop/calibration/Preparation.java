package org.memloop.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;

/**
 * Make a virgin array ready to learn (thesis, section 4.2.4): form every cell, stabilise the switching with hard
 * SET/RESET cycles, and leave every cell in its low-resistance state. Cells that do not form, or do not switch, are
 * found on the way.
 *
 * @param card what a reading means
 * @param forming how cells are formed
 * @param conditioning how their switching is stabilised
 * @param set how they are left
 */
public record Preparation(ConductanceCard card, Forming forming, Conditioning conditioning, Switching set) {

    /** The procedure of the thesis: ten cycles; formed is below 100 kohm, LRS below 20 kohm, HRS above 40 kohm. */
    public static final Preparation USUAL = new Preparation(ConductanceCard.WHOLE_PATH, Forming.USUAL,
            Conditioning.USUAL, Switching.SET);

    private static final List<Pulse> NEEDED = List.of(Pulse.FORMING, Pulse.SET, Pulse.HARD_RESET);

    /**
     * Do the same with other readings.
     *
     * @param readings what a reading means
     * @return otherwise the same procedure
     */
    public Preparation with(ConductanceCard readings) {
        return new Preparation(readings, forming, conditioning, set);
    }

    /**
     * State what the procedure left behind.
     *
     * @param health what was found of each cell, by cell number
     * @param conductanceSiemens last reading of each cell, by cell number
     */
    public record Result(CellHealth[] health, double[] conductanceSiemens) {
        /** {@return the numbers of the healthy cells, ascending} */
        public int[] healthyCells() {
            return IntStream.range(0, health.length).filter(cell -> health[cell] == CellHealth.HEALTHY).toArray();
        }

        /**
         * Count the cells of one kind.
         *
         * @param kind what was found
         * @return how many cells
         */
        public int count(CellHealth kind) {
            return (int) Arrays.stream(health).filter(kind::equals).count();
        }
    }

    /** Keep what procedures find; the first thing found wrong with a cell stays. */
    private record Found(CellHealth[] health) implements ProcedureObserver {
        @Override
        public void observed(Observation observation) {
            // readings are not kept
        }

        @Override
        public void found(int cell, CellHealth what) {
            if (health[cell] == CellHealth.HEALTHY) {
                health[cell] = what;
            }
        }

        int[] healthy() {
            return IntStream.range(0, health.length).filter(cell -> health[cell] == CellHealth.HEALTHY).toArray();
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
    public Result prepare(Bench bench, StageListener listener) {
        int[] all = IntStream.range(0, bench.capabilities().geometry().cells()).toArray();
        Found found = new Found(new CellHealth[all.length]);
        Arrays.fill(found.health(), CellHealth.HEALTHY);
        Site site = new Site(bench, card, Pulse.READ, found, listener);
        if (NEEDED.stream().allMatch(bench.capabilities().operations()::supports)) {
            forming.run(site, all);
            int[] formed = found.healthy();
            conditioning.run(site, formed);
            set.run(site, formed);
        }
        return new Result(found.health(), site.read(all));
    }
}
