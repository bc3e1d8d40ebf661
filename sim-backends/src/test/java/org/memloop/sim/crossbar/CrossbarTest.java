package org.memloop.sim.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.memloop.bench.Pulse;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;
import org.memloop.sim.device.Transistor;

/** Hold the wiring to published and independently computed currents, and its two ways of solving to each other. */
class CrossbarTest {
    private static final double EXACT = 1e-9;
    private static final Transistor TRANSISTOR = new Transistor(80e-6, 0.7, 25.9e-3);

    /** Numbers of a linear congruential generator (Knuth's MMIX), as the independent solutions were computed with. */
    private static final class Congruential {
        private long state;

        Congruential(long seed) {
            state = seed;
        }

        double next() {
            state = state * 6364136223846793005L + 1442695040888963407L;
            return (state >>> 11) * 0x1p-53;
        }

        double[] between(double low, double high, int count) {
            double[] numbers = new double[count];
            Arrays.setAll(numbers, _ -> low + (high - low) * next());
            return numbers;
        }
    }

    /** Currents of an array found with its effective conductances. */
    private static double[] product(double[] siemens, double[] volts) {
        double[] amps = new double[siemens.length / volts.length];
        for (int cell = 0; cell < siemens.length; cell++) {
            amps[cell % amps.length] += siemens[cell] * volts[cell / amps.length];
        }
        return amps;
    }

    private static void assertClose(double[] expected, double[] actual, double relative) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], relative * Math.abs(expected[i]), "number " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 8, 1, 220.305710e-6, 220.965888e-6, 0.99648, 0.99801",
            "8, 8, 10, 214.548095e-6, 220.965888e-6, 0.96596, 0.98066",
            "64, 64, 0.5, 20.6624986e-3, 22.1645766e-3, 0.91203, 0.96758",
            "64, 64, 2, 17.2416197e-3, 22.1645766e-3, 0.71994, 0.88433",
            "128, 64, 2, 25.6388219e-3, 42.5102849e-3, 0.55248, 0.65633"})
    void agreesWithTheIndependentSolutionOfRandomArrays(int rows, int columns, double ohms, double sumAmps,
            double idealAmps, double least, double most) {
        Congruential numbers = new Congruential(rows);
        double[] siemens = numbers.between(1e-6, 100e-6, rows * columns);
        double[] volts = numbers.between(0, 0.2, rows);
        Crossbar array = new Crossbar(rows, columns, Wires.of(ohms));
        double[] amps = product(array.effectiveSiemens(siemens), volts);
        double[] ideal = product(siemens, volts);
        assertEquals(sumAmps, Arrays.stream(amps).sum(), 3e-9 * sumAmps);
        assertEquals(idealAmps, Arrays.stream(ideal).sum(), 3e-9 * idealAmps);
        double[] ratios = new double[columns];
        Arrays.setAll(ratios, column -> amps[column] / ideal[column]);
        assertEquals(least, Arrays.stream(ratios).min().orElseThrow(), 5.1e-6);
        assertEquals(most, Arrays.stream(ratios).max().orElseThrow(), 5.1e-6);

        Solution solution = array.solve(Crossing.ohmic(siemens), volts);
        assertClose(amps, solution.sensedAmps(), 1e-12);
        assertTrue(solution.imbalance() < 1e-11, "imbalance " + solution.imbalance());
        assertClose(new NodalEquations(array).sensedAmps(siemens, volts), amps, EXACT);
    }

    @Test
    void agreesWithThePublishedExampleOfBadcrossbar() {
        double[] ohms = {345, 903, 755, 257, 646, 652, 401, 508, 166, 454, 442, 874, 190, 244, 635};
        Solution solution = new Crossbar(3, 5, Wires.of(0.5)).solve(
                Crossing.ohmic(Arrays.stream(ohms).map(r -> 1 / r).toArray()), new double[]{1.5, 2.3, 1.7});
        assertEquals(15.1156812e-3, solution.sensedAmps()[2], 1e-10);
        assertEquals(2.61117449e-3, solution.cellAmps()[2 * 5 + 4], 1e-11);
        assertEquals(4.59532082e-3, solution.sensedVolts()[2 * 5 + 1], 1e-11);
        assertEquals(18.3449138e-3, (solution.drivenVolts()[5 + 2] - solution.drivenVolts()[5 + 3]) / 0.5, 1e-10);
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 5e3, 0.993353577108, 0.987844747167", "16, 10, 5e3, 0.826462311265, 0.682474408761",
            "32, 1, 5e3, 0.928824765884, 0.848881381397", "8, 10, 30e3, , "})
    void firstAndLastColumnOfAUniformArrayLoseWhatTheyShould(int size, double wireOhms, double cellOhms, Double first,
            Double last) {
        double[] siemens = new double[size * size];
        Arrays.fill(siemens, 1 / cellOhms);
        double[] volts = new double[size];
        Arrays.fill(volts, 0.2);
        double[] amps = new Crossbar(size, size, Wires.of(wireOhms)).solve(Crossing.ohmic(siemens), volts).sensedAmps();
        double ideal = size * 0.2 / cellOhms;
        if (first != null) {
            assertEquals(first, amps[0] / ideal, 1e-11);
            assertEquals(last, amps[size - 1] / ideal, 1e-11);
        }
        for (int column = 1; column < size; column++) {
            assertTrue(amps[column] < amps[column - 1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void driversAndSensingCircuitsMayBeAtEitherEnd(Wires.Side side) {
        for (Wires.End end : Wires.End.values()) {
            Wires wires = new Wires(3, 0.7, 20, 5, side, end);
            Crossbar array = new Crossbar(5, 7, wires);
            Congruential numbers = new Congruential(3);
            double[] siemens = numbers.between(0, 1e-3, 35);
            siemens[11] = 0;
            double[] volts = numbers.between(-1, 1, 5);
            double[] expected = new NodalEquations(array).sensedAmps(siemens, volts);
            assertClose(expected, product(array.effectiveSiemens(siemens), volts), 1e-11);
            Solution solution = array.solve(Crossing.ohmic(siemens), volts);
            assertClose(expected, solution.sensedAmps(), 1e-11);
            assertTrue(solution.imbalance() < 1e-12, "imbalance " + solution.imbalance());
            assertEquals(0, solution.cellAmps()[11], 0);
        }
    }

    @Test
    void goodWiresTakeNothingAway() {
        double[] siemens = {1e-9, 1e-3, 0, 5e-5, 1e-3, 1e-6};
        double[] effective = new Crossbar(2, 3, Wires.of(1e-9)).effectiveSiemens(siemens);
        assertClose(new double[]{1e-9, 1e-3, 5e-5, 1e-3, 1e-6},
                new double[]{effective[0], effective[1], effective[3], effective[4], effective[5]}, 1e-6);
        assertTrue(effective[2] > 0 && effective[2] < 1e-14, "around the open cell goes " + effective[2]);
    }

    @Test
    void oneCellIsASeriesOfResistors() {
        Crossbar array = new Crossbar(1, 1, Wires.of(2).between(100, 30));
        assertEquals(1 / 1134.0, array.effectiveSiemens(new double[]{1e-3})[0], 1e-18);
        assertEquals(1 / 1134.0, array.solve(Crossing.ohmic(new double[]{1e-3}), new double[]{1}).sensedAmps()[0],
                1e-15);
    }

    /** Figure 4 of the source, a and c: 1 kohm to 1 Mohm, 0.1 ohm for each segment, cell (1, 1) the best. */
    @Test
    void wiresOfALargeArrayHideMostOfItsWeightsAndTilesShowThemAgain() {
        int size = 512;
        SplittableRandom random = new SplittableRandom(1);
        double[] siemens = random.doubles(size * size, 1e-6, 1e-3).toArray();
        Crossbar array = new Crossbar(size, size, Wires.of(0.1).to(Wires.End.TOP));
        // seconds of work: a clock on the wall would time the other programs of a busy computer as well
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long start = thread.getCurrentThreadCpuTime();
        double[] measured = array.effectiveSiemens(siemens);
        double seconds = (thread.getCurrentThreadCpuTime() - start) * 1e-9;
        assertTrue(seconds < 10, "took " + seconds + " s");
        assertEquals(0.128, Arrays.stream(measured).sum() / Arrays.stream(siemens).sum(), 0.006);
        assertEquals(0.985, measured[0] / siemens[0], 0.01);
        double worst = block(measured, 480, size) / block(siemens, 480, size);
        assertTrue(worst < 0.1, "the far corner shows " + worst);
        double[] volts = random.doubles(size, 0, 0.2).toArray();
        Solution solution = array.solve(Crossing.ohmic(siemens), volts);
        assertClose(product(measured, volts), solution.sensedAmps(), EXACT);
        assertTrue(solution.imbalance() < 1e-11, "imbalance " + solution.imbalance());

        double[] tiled = array.effectiveSiemens(siemens, 64, 64);
        assertEquals(0.878, Arrays.stream(tiled).sum() / Arrays.stream(siemens).sum(), 0.002);
        double[] tile = new double[64 * 64];
        double[] tileMeasured = new double[64 * 64];
        Arrays.setAll(tile, i -> siemens[(448 + i / 64) * size + 64 + i % 64]);
        Arrays.setAll(tileMeasured, i -> tiled[(448 + i / 64) * size + 64 + i % 64]);
        assertArrayEquals(new Crossbar(64, 64, array.wires()).effectiveSiemens(tile), tileMeasured);
    }

    private static double block(double[] values, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            for (int column = from; column < to; column++) {
                sum += values[row * to + column];
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"64, 0.878, 0.808", "128, 0.655, 0.54"})
    void smallerArraysShowMore(int size, double mean, double corner) {
        double[] siemens = new SplittableRandom(2).doubles(size * size, 1e-6, 1e-3).toArray();
        double[] measured = new Crossbar(size, size, Wires.of(0.1).to(Wires.End.TOP)).effectiveSiemens(siemens);
        assertEquals(mean, Arrays.stream(measured).sum() / Arrays.stream(siemens).sum(), 0.005);
        int from = size - size / 8;
        assertEquals(corner, block(measured, from, size) / block(siemens, from, size), 0.03);
    }

    @Test
    void tilesMayBeCutOffAtTheBorder() {
        Congruential numbers = new Congruential(9);
        double[] siemens = numbers.between(1e-6, 1e-3, 5 * 7);
        double[] tiled = new Crossbar(5, 7, Wires.of(1)).effectiveSiemens(siemens, 2, 3);
        assertEquals(1 / (1 / siemens[34] + 2), tiled[34], 1e-15);
    }

    @Test
    void aGatedCellIsTheCellOfTheDie() {
        Technology cell = TechnologyCard.builtIn("hfox-leti");
        CellSolver solver = new CellSolver(cell);
        Crossbar alone = new Crossbar(1, 1, new Wires(cell.seriesOhms(), 1e-9, 0, 0, Wires.Side.LEFT, Wires.End.TOP));
        for (Pulse pulse : new Pulse[]{Pulse.READ, Pulse.SET, Pulse.FORMING}) {
            for (double channels = -3; channels <= 8; channels += 0.5) {
                double siemens = cell.cell().siemens(channels);
                double perVolt = cell.cell().perVolt(channels);
                CellSolver.OperatingPoint point = solver.solve(siemens, perVolt, cell.transistor(), pulse.polarity(),
                        pulse.columnVolts(), pulse.gateVolts());
                Crossing gated = Crossing.gated(new Crossing.Devices(new double[]{siemens}, new double[]{perVolt}),
                        cell.transistor(), new double[]{pulse.gateVolts()}, 1);
                double amps = alone.solve(gated, new double[]{pulse.columnVolts()}).sensedAmps()[0];
                assertEquals(point.amps(), amps, 1e-7 * point.amps(), pulse.name() + " at state " + channels);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.2, 3, 2", "0.2, 1, 2", "2, 2.5, 40", "2.4, 1.2, 5", "1.5, 4.5, 200"})
    void gatedArraysAgreeWithTheDenseSolution(double volts, double gateVolts, double ohms) {
        int rows = 4;
        int columns = 3;
        Crossbar array = new Crossbar(rows, columns, Wires.of(ohms).between(50, 10));
        double[] siemens = new double[rows * columns];
        double[] perVolt = new double[rows * columns];
        for (int i = 0; i < siemens.length; i++) {
            double channels = 3 - 0.4 * i;
            siemens[i] = 38.74e-6 * Math.log1p(Math.exp(channels / 0.5));
            perVolt[i] = 1.6 / (1 + Math.exp(channels / 0.35));
        }
        Crossing.Devices devices = new Crossing.Devices(siemens, perVolt);
        double[] gates = {gateVolts, gateVolts + 0.1, 0, gateVolts};
        double[] driven = {volts, 0, volts / 2, -volts / 4};
        Solution solution = array.solve(Crossing.gated(devices, TRANSISTOR, gates, columns), driven);
        double[] expected = new NodalEquations(array).sensedAmps(devices, TRANSISTOR, gates, driven);
        assertClose(expected, solution.sensedAmps(), EXACT);
        assertTrue(solution.imbalance() < EXACT, "imbalance " + solution.imbalance());
    }

    @Test
    void aLargeGatedArrayIsReadThroughItsWires() {
        int size = 128;
        double[] siemens = new SplittableRandom(4).doubles(size * size, 2e-6, 150e-6).toArray();
        double[] perVolt = new double[siemens.length];
        double[] gates = new double[size];
        Arrays.fill(gates, 3);
        double[] volts = new double[size];
        Arrays.fill(volts, 0.2);
        Crossbar array = new Crossbar(size, size, Wires.of(1));
        Solution gated = array.solve(Crossing.gated(new Crossing.Devices(siemens, perVolt),
                TRANSISTOR, gates, size), volts);
        assertTrue(gated.imbalance() < EXACT, "imbalance " + gated.imbalance());
        // the transistor takes its share of the volts
        double bare = Arrays.stream(array.solve(Crossing.ohmic(siemens), volts).sensedAmps()).sum();
        double behind = Arrays.stream(gated.sensedAmps()).sum();
        assertTrue(behind > 0.5 * bare && behind < bare, behind + " A of " + bare + " A");
    }

    @Test
    void mistakesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Wires.of(0));
        assertThrows(IllegalArgumentException.class, () -> new Crossbar(0, 3, Wires.of(1)));
        Crossbar array = new Crossbar(2, 3, Wires.of(1));
        assertThrows(IllegalArgumentException.class, () -> array.effectiveSiemens(new double[5]));
        assertThrows(IllegalArgumentException.class, () -> array.effectiveSiemens(new double[6], 0, 2));
        assertThrows(IllegalArgumentException.class, () -> array.solve(Crossing.ohmic(new double[6]), new double[3]));
        String told = assertThrows(IllegalArgumentException.class,
                () -> array.effectiveSiemens(new double[]{0, 0, 0, 0, -1, 0})).getMessage();
        assertTrue(told.contains("row 1, column 1"), told);
    }
}
