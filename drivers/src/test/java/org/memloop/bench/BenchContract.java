package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Pulse.Polarity;

/**
 * Say what every bench must do, whatever stands behind it. A test class adopts the contract by implementing this
 * interface; the cells it gets must be virgin or already formed, and HfOx-like unless it says what is {@linkplain #like
 * like} the pulses of those. A bench that cannot SET must hand over cells in the LRS; what asks for pulses it cannot do
 * is not asked of it.
 */
public interface BenchContract {
    /**
     * Open a bench whose cells may be pulsed.
     *
     * @param seed which die, where there is a choice
     * @return an open bench of at least 16 cells
     */
    Bench open(long seed);

    /**
     * Tell which pulse does to the cells of this bench what one of table 4.1 does to those of the thesis.
     *
     * @param thesis a pulse of table 4.1
     * @return a pulse of the same name
     */
    default Pulse like(Pulse thesis) {
        return thesis;
    }

    @Test
    default void statesWhatItIsAndKeepsToIt() {
        try (Bench bench = open(1)) {
            Capabilities capabilities = bench.capabilities();
            assertTrue(capabilities.geometry().cells() >= 16, "the contract needs 16 cells");
            assertTrue(!capabilities.description().isBlank());
            assertTrue(capabilities.readAccuracy().noiseAmps() >= 0
                    && capabilities.readAccuracy().resolutionAmps() >= 0);
            supported(bench).forEach(capabilities.limits()::check);
            assertTrue(supported(bench).containsAll(List.of(like(Pulse.READ), like(Pulse.WEAK_RESET))), "cannot learn");
            assertEquals(0, bench.exhaustedCells());
            bench.run(PulseProgram.of(like(Pulse.READ), 0));
            assertSame(capabilities, bench.capabilities());
        }
    }

    @Test
    default void doesNothingForAnEmptyProgram() {
        try (Bench bench = open(2)) {
            assertEquals(0, bench.run(PulseProgram.builder().build()).size());
        }
    }

    @Test
    default void givesOneReadingForEachMeasuredPulseInOrder() {
        try (Bench bench = open(3)) {
            int[] cells = sixteenCells(bench);
            Pulse lower = orElse(bench, new Pulse("LOWER", Polarity.SET, 0.1, 3.0, 50e-6, true), like(Pulse.READ));
            Pulse first = orElse(bench, like(Pulse.FORMING), like(Pulse.WEAK_RESET));
            PulseProgram program = PulseProgram.builder().add(cells[0], like(Pulse.READ)).add(cells[1], first)
                    .add(cells[1], like(Pulse.READ), 2).add(cells[2], like(Pulse.READ)).add(cells[2], lower)
                    .add(cells[1], like(Pulse.WEAK_RESET), 3).add(cells[0], like(Pulse.READ)).build();
            Readings readings = bench.run(program);
            int[] steps = {0, 2, 2, 3, 4, 6};
            assertEquals(steps.length, readings.size());
            double before = 0;
            for (int i = 0; i < steps.length; i++) {
                assertEquals(steps[i], readings.step(i), "step of reading " + i);
                assertEquals(i == 4 ? lower.columnVolts() : 0.2, readings.volts(i), 1e-12, "volts of reading " + i);
                assertTrue(readings.seconds(i) > before, "time of reading " + i);
                before = readings.seconds(i);
            }
            assertTrue(bench.run(PulseProgram.of(like(Pulse.READ), cells[0])).seconds(0) > before, "time goes on");
        }
    }

    @Test
    default void formsSetsAndReads() {
        try (Bench bench = open(4)) {
            assumeTrue(supported(bench).size() == Pulse.TABLE_4_1.size(), "cannot form or SET");
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] siemens = read(bench, cells);
            long good = Arrays.stream(siemens).filter(g -> g > 60e-6 && g < 140e-6).count();
            assertTrue(good >= 13, () -> "only " + good + " of 16 are in the LRS: " + Arrays.toString(siemens));
        }
    }

    @Test
    default void resetsHard() {
        try (Bench bench = open(5)) {
            assumeTrue(supported(bench).contains(like(Pulse.HARD_RESET)), "cannot RESET hard");
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            bench.run(PulseProgram.of(like(Pulse.HARD_RESET), cells));
            double[] siemens = read(bench, cells);
            long good = Arrays.stream(siemens).filter(g -> g < 30e-6).count();
            assertTrue(good >= 13, () -> "only " + good + " of 16 are in the HRS: " + Arrays.toString(siemens));
        }
    }

    @Test
    default void resetsWeaklyInSmallSteps() {
        try (Bench bench = open(6)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double before = mean(read(bench, cells));
            PulseProgram.Builder train = PulseProgram.builder();
            for (int cell : cells) {
                train.add(cell, like(Pulse.WEAK_RESET), 2000);
            }
            assertEquals(0, bench.run(train.build()).size());
            double fall = before - mean(read(bench, cells));
            assertTrue(fall > 3e-6 && fall < 50e-6, "2,000 weak RESET pulses took off " + fall + " S");
        }
    }

    @Test
    default void pulsesTheCellItWasToldAndNoOther() {
        try (Bench bench = open(7)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] before = read(bench, cells);
            int victim = 5;
            Pulse down = orElse(bench, like(Pulse.HARD_RESET), like(Pulse.WEAK_RESET));
            bench.run(PulseProgram.builder().add(cells[victim], down, down.equals(like(Pulse.HARD_RESET)) ? 1 : 2000)
                    .build());
            double[] after = read(bench, cells);
            double left = down.equals(like(Pulse.HARD_RESET)) ? 0.5 : 0.95;
            assertTrue(after[victim] < left * before[victim], "the cell was not reset");
            after[victim] = before[victim];
            assertUnchanged(bench, before, after);
        }
    }

    @Test
    default void refusesWhatBreaksALimitAndFiresNothing() {
        try (Bench bench = open(8)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] before = read(bench, cells);
            Limits limits = bench.capabilities().limits();
            double width = like(Pulse.HARD_RESET).widthSeconds();
            refuses(bench, cells, new Pulse("X", Polarity.SET, 1.01 * limits.bitLineVoltsMax(), 2.5, width, false));
            refuses(bench, cells,
                    new Pulse("X", Polarity.RESET, 1.01 * limits.sourceLineVoltsMax(), 4.5, width, false));
            refuses(bench, cells, new Pulse("X", Polarity.RESET, 2, 1.01 * limits.wordLineVoltsMax(), width, false));
            refuses(bench, cells,
                    new Pulse("X", Polarity.RESET, 2, 4.5, 1.01 * limits.widthSecondsMax(), false));
            refuses(bench, cells,
                    new Pulse("X", Polarity.RESET, 2, 4.5, 0.99 * limits.widthSecondsMin(), false));
            assertUnchanged(bench, before, read(bench, cells));
        }
    }

    @Test
    default void refusesWhatItCannotDoAndFiresNothing() {
        try (Bench bench = open(12)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] before = read(bench, cells);
            for (Pulse pulse : Pulse.TABLE_4_1.stream().map(this::like).toList()) {
                if (!supported(bench).contains(pulse)) {
                    PulseProgram program = PulseProgram.builder().add(cells[0], like(Pulse.WEAK_RESET), 5000)
                            .add(cells[1], pulse).build();
                    LimitException refusal = assertThrows(LimitException.class, () -> bench.run(program));
                    assertTrue(refusal.getMessage().contains(pulse.name()), refusal.getMessage());
                }
            }
            assertUnchanged(bench, before, read(bench, cells));
        }
    }

    @Test
    default void refusesCellsThatAreNotThere() {
        try (Bench bench = open(9)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] before = read(bench, cells);
            int outside = bench.capabilities().geometry().cells();
            Pulse down = orElse(bench, like(Pulse.HARD_RESET), like(Pulse.WEAK_RESET));
            PulseProgram program = PulseProgram.builder().addAll(cells, down).add(outside, down).build();
            LimitException refusal = assertThrows(LimitException.class, () -> bench.run(program));
            assertEquals(BenchException.Firing.NONE, refusal.firing());
            assertTrue(refusal.getMessage().contains(String.valueOf(outside)), refusal.getMessage());
            assertUnchanged(bench, before, read(bench, cells));
        }
    }

    @Test
    default void refusesToWearOutACell() {
        try (Bench bench = open(10)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double[] before = read(bench, cells);
            PulseProgram.Builder program = PulseProgram.builder().addAll(cells,
                    orElse(bench, like(Pulse.HARD_RESET), like(Pulse.WEAK_RESET)));
            long left = bench.capabilities().limits().pulsesPerCellMax() + 1;
            for (; left > 0; left -= Integer.MAX_VALUE) {
                program.add(cells[3], like(Pulse.WEAK_RESET), (int) Math.min(left, Integer.MAX_VALUE));
            }
            assertThrows(LimitException.class, () -> bench.run(program.build()));
            assertUnchanged(bench, before, read(bench, cells));
        }
    }

    @Test
    default void restsAndReadsOnLater() {
        try (Bench bench = open(13)) {
            int[] cells = sixteenCells(bench);
            cycle(bench, cells);
            double before = bench.run(PulseProgram.of(Pulse.READ, cells)).seconds(15);
            bench.rest(0);
            bench.rest(0.05);
            Readings after = bench.run(PulseProgram.of(Pulse.READ, cells));
            assertTrue(after.seconds(0) - before >= 0.05, after.seconds(0) - before + " s passed");
            for (double wrong : new double[]{-1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThrows(IllegalArgumentException.class, () -> bench.rest(wrong));
            }
            assertEquals(after.size(), bench.run(PulseProgram.of(Pulse.READ, cells)).size());
        }
    }

    @Test
    default void closesOnceOrTwiceAndThenRunsNoMore() {
        Bench bench = open(11);
        bench.close();
        bench.close();
        PulseProgram program = PulseProgram.of(like(Pulse.READ), 0);
        assertThrows(IllegalStateException.class, () -> bench.run(program));
        assertThrows(IllegalStateException.class, () -> bench.rest(1));
    }

    private List<Pulse> supported(Bench bench) {
        return Pulse.TABLE_4_1.stream().map(this::like).filter(bench.capabilities().operations()::supports).toList();
    }

    /** {@return the wanted pulse where the bench can do it, otherwise the other} */
    private static Pulse orElse(Bench bench, Pulse wanted, Pulse otherwise) {
        return bench.capabilities().operations().supports(wanted) ? wanted : otherwise;
    }

    private void refuses(Bench bench, int[] cells, Pulse pulse) {
        PulseProgram program = PulseProgram.builder().addAll(cells,
                orElse(bench, like(Pulse.HARD_RESET), like(Pulse.WEAK_RESET))).add(cells[0], pulse).build();
        LimitException refusal = assertThrows(LimitException.class, () -> bench.run(program));
        assertEquals(BenchException.Firing.NONE, refusal.firing());
    }

    /** {@return sixteen cells, no two in one row or column where the array is large enough} */
    private static int[] sixteenCells(Bench bench) {
        Geometry geometry = bench.capabilities().geometry();
        int[] cells = new int[16];
        if (geometry.rows() < 16 || geometry.columns() < 16) {
            Arrays.setAll(cells, i -> i * geometry.cells() / 16);
        } else {
            Arrays.setAll(cells, i -> geometry.cell(i * geometry.rows() / 16, (5 * i + 2) % 16 * geometry.columns()
                    / 16));
        }
        return cells;
    }

    /** Form cells and cycle them until their switching is stable, where that can be done; they end in the LRS. */
    private void cycle(Bench bench, int[] cells) {
        if (supported(bench).size() < Pulse.TABLE_4_1.size()) {
            return;
        }
        PulseProgram.Builder program = PulseProgram.builder().addAll(cells, like(Pulse.FORMING));
        for (int i = 0; i < 10; i++) {
            program.addAll(cells, like(Pulse.HARD_RESET)).addAll(cells, like(Pulse.SET));
        }
        bench.run(program.build());
    }

    private double[] read(Bench bench, int[] cells) {
        Readings readings = bench.run(PulseProgram.of(like(Pulse.READ), cells));
        double[] siemens = new double[cells.length];
        Arrays.setAll(siemens, i -> readings.amps(i) / readings.volts(i));
        return siemens;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private void assertUnchanged(Bench bench, double[] before, double[] after) {
        Capabilities.ReadAccuracy accuracy = bench.capabilities().readAccuracy();
        double noiseSiemens = (6 * accuracy.noiseAmps() + 2 * accuracy.resolutionAmps())
                / like(Pulse.READ).columnVolts();
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i], 0.15 * before[i] + noiseSiemens, "conductance of cell " + i + " of 16");
        }
    }
}
