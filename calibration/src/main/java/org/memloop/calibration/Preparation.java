package org.memloop.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** A cell that conducts less than this share of what formed ones do has no filament: virgin 2 %, HRS 10 % and more. */
    private static final double VIRGIN_SHARE = 0.05;

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
            if (isHealthy(cell)) {
                health[cell] = what;
            }
        }

        boolean isHealthy(int cell) {
            return health[cell] == CellHealth.HEALTHY;
        }

        int[] healthy() {
            return IntStream.range(0, health.length).filter(this::isHealthy).toArray();
        }
    }

    /**
     * Prepare every cell of an array nothing is known of.
     *
     * @param bench the bench it hangs on
     * @param listener who hears of progress
     * @return what was found
     * @throws org.memloop.bench.BenchException when the bench fails; the array is then part prepared
     */
    public Result prepare(Bench bench, StageListener listener) {
        return prepare(bench, Map.of(), listener);
    }

    /**
     * Prepare every cell of an array of which something is known. Cells known to be healthy are read, and only SET again;
     * one that reads like a virgin cell is not believed and goes through everything. Cells known not to form or to be stuck
     * get no pulse. Where cells cannot be formed, SET or RESET, all are taken as they are: each counts as healthy and is read
     * once.
     *
     * @param bench the bench it hangs on
     * @param known what was found of cells before, by cell number
     * @param listener who hears of progress
     * @return what was found, of cells known to be bad what was known
     * @throws org.memloop.bench.BenchException when the bench fails; the array is then part prepared
     */
    public Result prepare(Bench bench, Map<Integer, CellHealth> known, StageListener listener) {
        int[] all = IntStream.range(0, bench.capabilities().geometry().cells()).toArray();
        Found found = new Found(new CellHealth[all.length]);
        Arrays.fill(found.health(), CellHealth.HEALTHY);
        Site site = new Site(bench, card, Pulse.READ, found, listener);
        if (NEEDED.stream().allMatch(bench.capabilities().operations()::supports)) {
            known.forEach(found::found);
            int[] trusted = trusted(site, known);
            int[] others = IntStream.of(found.healthy()).filter(cell -> Arrays.binarySearch(trusted, cell) < 0)
                    .toArray();
            if (others.length > 0) {
                forming.run(site, others);
                conditioning.run(site, IntStream.of(others).filter(found::isHealthy).toArray());
            }
            set.run(site, found.healthy());
        }
        return new Result(found.health(), site.read(all));
    }

    /** {@return the cells known to be healthy that do not read like virgin ones, ascending} */
    private int[] trusted(Site site, Map<Integer, CellHealth> known) {
        int[] healthy = known.keySet().stream().filter(cell -> known.get(cell) == CellHealth.HEALTHY)
                .mapToInt(Integer::intValue).sorted().toArray();
        if (healthy.length == 0) {
            return healthy;
        }
        double[] siemens = site.read(healthy);
        return IntStream.range(0, healthy.length)
                .filter(i -> siemens[i] >= VIRGIN_SHARE * forming.formedSiemens()).map(i -> healthy[i]).toArray();
    }
}
