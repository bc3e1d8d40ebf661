package org.memloop.sim.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.check.Check;
import org.memloop.check.Checks;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

/** Check the statistics of a whole die of HfOx cells that is formed, cycled and worn by weak RESET, as in the thesis. */
public final class PopulationChecks implements Checks {
    private static final Geometry GEOMETRY = new Geometry(128, 64);
    private static final int CYCLES = 16;
    private static final int STEP = 250;
    private static final int STEPS = 24;
    private static final double LINEAR_ABOVE_SIEMENS = 62.5e-6;
    private static final double MICRO = 1e6;

    /** Make the group; {@link java.util.ServiceLoader} does. */
    public PopulationChecks() {}

    @Override
    public String subject() {
        return "hfox-die";
    }

    @Override
    public String about() {
        return "8,192 HfOx 1T1R cells, noise on: forming, 16 cycles of hard RESET and SET, 6,000 weak RESET (table 4.1)";
    }

    @Override
    public List<Check> run(long seed) {
        Technology technology = TechnologyCard.builtIn("hfox-leti");
        List<Check> checks = new Life(new Die(GEOMETRY, technology, seed)).checks();
        checks.addAll(new DisturbChecks(technology).checks());
        return checks;
    }

    /** Take one die through its life. */
    private static final class Life {
        private final Die die;
        private final SimBench bench;
        private final List<Check> checks = new ArrayList<>();

        Life(Die die) {
            this.die = die;
            bench = new SimBench("checks", die, 1);
        }

        List<Check> checks() {
            form();
            double[] low = cycle();
            noise(100, 0.2);
            wear(low);
            noise(55, 0.7);
            noise(25, 2);
            return checks;
        }

        private void form() {
            int[] all = IntStream.range(0, GEOMETRY.cells()).toArray();
            double[] virgin = after(all, Pulse.READ);
            checks.add(Check.near("virgin", "resistance before forming, median", "MOhm", 4.9, 0.4,
                    1e-6 / median(virgin)));
            double[] formed = after(all, Pulse.FORMING);
            long conducting = Arrays.stream(formed).filter(siemens -> siemens > 10e-6).count();
            checks.add(Check.atLeast("R10", "cells that forming brings below 100 kOhm", "%", 99.5,
                    100.0 * conducting / all.length));
            checks.add(Check.near("R10", "resistance after forming, median", "kOhm", 28.8, 2, 1e-3 / median(formed)));
        }

        private double[] cycle() {
            double[] low = {};
            double[] high = {};
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                high = after(healthy(), Pulse.HARD_RESET);
                low = after(healthy(), Pulse.SET);
                if (cycle == 1 || cycle == 10) {
                    checks.add(Check.near("cycles", "conductance after cycle " + cycle + ", median", "uS",
                            cycle == 1 ? 39 : 97.5, 2, MICRO * median(low)));
                }
            }
            double mean = mean(low);
            double skew = mean(Arrays.stream(low).map(g -> Math.pow(g - mean, 3)).toArray())
                    / Math.pow(deviation(low), 3);
            checks.add(Check.near("R8", "low-resistance state: mean", "uS", 98.7, 1.0, MICRO * mean));
            checks.add(Check.near("R8", "low-resistance state: standard deviation", "uS", 6.5, 0.8,
                    MICRO * deviation(low)));
            checks.add(Check.near("R8", "low-resistance state: skew", "", 0, 0.35, skew));
            checks.add(Check.near("R9", "high-resistance state: median", "kOhm", 300, 24, 1e-3 / median(high)));
            checks.add(Check.near("R9", "high-resistance state: deviation of ln R", "", 0.62, 0.06,
                    deviation(Arrays.stream(high).map(Math::log).toArray())));
            return low;
        }

        private void wear(double[] low) {
            int[] cells = healthy();
            double[][] siemens = new double[STEPS + 1][];
            siemens[0] = low;
            for (int k = 1; k <= STEPS; k++) {
                siemens[k] = train(cells, Pulse.WEAK_RESET, STEP);
            }
            double[] linearity = new double[cells.length];
            double[] slope = new double[cells.length];
            for (int i = 0; i < cells.length; i++) {
                int cell = i;
                double[] g = IntStream.rangeClosed(0, STEPS).mapToDouble(k -> siemens[k][cell])
                        .takeWhile(value -> value > LINEAR_ABOVE_SIEMENS).toArray();
                double[] x = IntStream.range(0, g.length).mapToDouble(k -> k * STEP).toArray();
                double covariance = 0;
                for (int k = 0; k < g.length; k++) {
                    covariance += (x[k] - mean(x)) * (g[k] - mean(g)) / g.length;
                }
                slope[i] = covariance / Math.pow(deviation(x), 2);
                linearity[i] = Math.pow(covariance / deviation(x) / deviation(g), 2);
            }
            checks.add(Check.atLeast("R11", "weak RESET above 62.5 uS: R2 of a line, median", "", 0.97,
                    median(linearity)));
            checks.add(
                    Check.near("R11", "weak RESET above 62.5 uS: slope, median", "nS", -6.4, 1, 1e9 * median(slope)));
        }

        /** Hold the noise of cells near a conductance against a target: median of what 1,000 readings in a row spread by. */
        private void noise(double microsiemens, double percent) {
            DoublePredicate near = siemens -> Math.abs(MICRO * siemens - microsiemens) < 5;
            int[] cells = Arrays.stream(healthy()).filter(cell -> near.test(die.conductanceSiemens(cell))).limit(200)
                    .toArray();
            double[] spreads = Arrays.stream(cells).mapToDouble(cell -> {
                double[] series = siemens(bench.run(PulseProgram.builder().add(cell, Pulse.READ, 1000).build()));
                return 100 * deviation(series) / mean(series);
            }).toArray();
            checks.add(Check.within("R12", "noise of readings near " + Check.text(microsiemens) + " uS, median of "
                    + cells.length + " cells", "%", percent, 1.5, median(spreads)));
        }

        private int[] healthy() {
            return IntStream.range(0, GEOMETRY.cells()).filter(cell -> die.state(cell) == CellState.FORMED).toArray();
        }

        private double[] after(int[] cells, Pulse pulse) {
            return train(cells, pulse, 1);
        }

        private double[] train(int[] cells, Pulse pulse, int count) {
            PulseProgram.Builder program = PulseProgram.builder();
            for (int cell : cells) {
                if (!pulse.measured()) {
                    program.add(cell, pulse, count);
                }
                program.add(cell, Pulse.READ);
            }
            return siemens(bench.run(program.build()));
        }
    }

    private static double[] siemens(Readings readings) {
        return IntStream.range(0, readings.size()).mapToDouble(i -> readings.amps(i) / readings.volts(i)).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(mean(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray()));
    }
}
