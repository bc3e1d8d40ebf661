package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

/** Take one whole die through forming, cycling and weak RESET, in this order, and look at its statistics. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiePopulationTest {
    private static final int[] ALL = IntStream.range(0, 128 * 64).toArray();
    private static final int CHECKPOINT = 250;
    private static final int CHECKPOINTS = 24;

    private final Die die = new Die(new Geometry(128, 64), TechnologyCard.builtIn("hfox-leti"), 7);
    private final SimBench bench = new SimBench("population", die, 2);
    private double[] virgin;
    private double[] formed;
    private final double[][] lrs = new double[16][];
    private double[] hrs;
    private double[][] weak;

    @BeforeAll
    void liveALife() {
        virgin = read(ALL);
        formed = after(ALL, Pulse.FORMING);
        for (int cycle = 0; cycle < lrs.length; cycle++) {
            hrs = after(healthy(), Pulse.HARD_RESET);
            lrs[cycle] = after(healthy(), Pulse.SET);
        }
    }

    @Test
    @Order(1)
    void virginCellsAreOfMegohms() {
        assertEquals(4.9e6, 1 / quantile(virgin, 0.5), 0.4e6);
    }

    @Test
    @Order(1)
    void formingSucceedsAlmostAlwaysAndLeavesTensOfKilohms() {
        double yield = Arrays.stream(ALL).filter(cell -> 1 / formed[cell] < 100e3).count() / (double) ALL.length;
        assertTrue(yield > 0.995 && yield < 1, "yield " + yield);
        assertEquals(28.8e3, 1 / quantile(formed, 0.5), 2e3);
        assertEquals(16.6e3, 1 / quantile(formed, 0.95), 2e3);
    }

    @Test
    @Order(1)
    void aFewCellsAreDead() {
        long stuck = Arrays.stream(ALL).filter(die::stuck).count();
        assertTrue(stuck > 8 && stuck < 48, "of " + ALL.length + " cells " + stuck + " are stuck");
        assertTrue(Arrays.stream(ALL).anyMatch(cell -> die.state(cell) == CellState.STUCK_LOW));
        assertTrue(Arrays.stream(ALL).anyMatch(cell -> die.state(cell) == CellState.STUCK_HIGH));
    }

    @Test
    @Order(1)
    void tenCyclesStabiliseTheSwitching() {
        assertEquals(39e-6, quantile(lrs[0], 0.5), 2e-6);
        assertEquals(84e-6, quantile(lrs[5], 0.5), 3e-6);
        assertEquals(98e-6, quantile(lrs[10], 0.5), 1.5e-6);
    }

    @Test
    @Order(1)
    void lowResistanceStateIsNormal() {
        double[] values = lrs[lrs.length - 1];
        assertEquals(98.7e-6, mean(values), 1.0e-6);
        assertEquals(6.5e-6, deviation(values), 0.8e-6);
        double mean = mean(values);
        double skew = mean(Arrays.stream(values).map(g -> Math.pow(g - mean, 3)).toArray())
                / Math.pow(deviation(values), 3);
        assertTrue(Math.abs(skew) < 0.35, "skew " + skew);
    }

    @Test
    @Order(1)
    void highResistanceStateIsLogNormal() {
        assertEquals(300e3, 1 / quantile(hrs, 0.5), 24e3);
        assertEquals(0.62, deviation(Arrays.stream(hrs).map(Math::log).toArray()), 0.06);
        assertEquals(75e3, 1 / quantile(hrs, 0.99), 12e3);
    }

    @Test
    @Order(2)
    void readNoiseIsSmallInTheLowResistanceState() {
        assertEquals(0.002, noiseOf(g -> g > 95e-6 && g < 105e-6), 0.0007);
    }

    @Test
    @Order(3)
    void weakResetGoesDownAlmostLinearly() {
        int[] cells = healthy();
        weak = new double[CHECKPOINTS + 1][];
        weak[0] = lrs[lrs.length - 1];
        for (int k = 1; k <= CHECKPOINTS; k++) {
            weak[k] = after(cells, Pulse.WEAK_RESET, CHECKPOINT);
        }
        double[] linearity = new double[cells.length];
        double[] slopes = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            fitLine(i, linearity, slopes);
        }
        double medianLinearity = quantile(linearity, 0.5);
        assertTrue(medianLinearity > 0.97, "R2 " + medianLinearity);
        assertEquals(-6.4e-9, quantile(slopes, 0.5), 1e-9);
        assertEquals(64e-6, quantile(weak[20], 0.5), 2e-6);
        assertEquals(32e-6, quantile(weak[20], 0.05), 4e-6);
        assertEquals(91e-6, quantile(weak[20], 0.95), 3e-6);
    }

    @Test
    @Order(4)
    void readNoiseGrowsAsTheFilamentThins() {
        assertEquals(0.007, noiseOf(g -> g > 50e-6 && g < 60e-6), 0.0023);
        assertEquals(0.02, noiseOf(g -> g > 20e-6 && g < 30e-6), 0.0067);
    }

    @Test
    @Order(5)
    void countsThePulsesOfEachCell() {
        int cell = healthy()[100];
        long before = die.pulsesReceived(cell);
        bench.run(PulseProgram.builder().add(cell, Pulse.WEAK_RESET, 17).add(cell, Pulse.READ, 3).build());
        assertEquals(before + 20, die.pulsesReceived(cell));
        assertTrue(before > 2L * lrs.length + CHECKPOINT * CHECKPOINTS);
    }

    private double[] after(int[] cells, Pulse pulse) {
        return after(cells, pulse, 1);
    }

    private double[] after(int[] cells, Pulse pulse, int count) {
        PulseProgram.Builder program = PulseProgram.builder();
        for (int cell : cells) {
            program.add(cell, pulse, count).add(cell, Pulse.READ);
        }
        return siemens(bench.run(program.build()));
    }

    private double[] read(int[] cells) {
        return siemens(bench.run(PulseProgram.of(Pulse.READ, cells)));
    }

    /** {@return median over cells of the relative spread of 1,000 readings in a row} */
    private double noiseOf(DoublePredicate range) {
        int[] cells = cellsThat(cell -> range.test(die.conductanceSiemens(cell)));
        cells = Arrays.copyOf(cells, Math.min(200, cells.length));
        assertTrue(cells.length >= 100, "only " + cells.length + " cells are in the range");
        double[] spreads = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            double[] series = siemens(bench.run(PulseProgram.builder().add(cells[i], Pulse.READ, 1000).build()));
            spreads[i] = deviation(series) / mean(series);
        }
        return quantile(spreads, 0.5);
    }

    private void fitLine(int i, double[] linearity, double[] slopes) {
        double[] g = IntStream.rangeClosed(0, CHECKPOINTS).mapToDouble(k -> weak[k][i])
                .takeWhile(value -> value > 62.5e-6).toArray();
        double[] x = IntStream.range(0, g.length).mapToDouble(k -> k * CHECKPOINT).toArray();
        double covariance = 0;
        for (int k = 0; k < g.length; k++) {
            covariance += (x[k] - mean(x)) * (g[k] - mean(g)) / g.length;
        }
        slopes[i] = covariance / Math.pow(deviation(x), 2);
        linearity[i] = Math.pow(covariance / deviation(x) / deviation(g), 2);
    }

    private int[] healthy() {
        return cellsThat(cell -> die.state(cell) == CellState.FORMED);
    }

    private static int[] cellsThat(IntPredicate are) {
        return Arrays.stream(ALL).filter(are).toArray();
    }

    private static double[] siemens(Readings readings) {
        return IntStream.range(0, readings.size()).mapToDouble(i -> readings.amps(i) / readings.volts(i)).toArray();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return sorted[(int) (share * sorted.length)];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
}
