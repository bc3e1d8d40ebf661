package org.memloop.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.check.Check;
import org.memloop.check.Checks;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.TechnologyCard;
import org.memloop.sim.fit.Measured.Cycle;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;
import org.memloop.sim.fit.Measured.Trace;
import org.memloop.sim.random.CellRandom;

/**
 * Check the card {@code rram-64k} against what was measured on such chips: medians and shares within 15 %, 10 % and 90 %
 * quantiles within 25 %. Where some 350 measured cells tell a number less exactly than that, it is held within two standard
 * errors of theirs, and the target says so. What the cells begin with is what was read before the pulses.
 */
public final class AbruptChecks implements Checks {
    /**
     * So many that their own chances do not count beside those of the measured cells: the median change of a RESET of
     * 200 ns is known to a tenth of its tolerance with 8,000 cells, to a twentieth with these.
     */
    private static final int CELLS = 32_000;
    /** Cells that stand for each measured one where those are counted: cycles, relaxation, traces. */
    private static final int COPIES = 4;
    private static final double MEDIAN_SHARE = 0.15;
    private static final double TAIL_SHARE = 0.25;
    private static final double ERRORS = 2;
    /** Cells measured at each width, over all gates. */
    private static final int MEASURED = 350;
    /** Cells measured at each time of relaxation. */
    private static final int RELAXED = 9600;
    private static final int CYCLED = 1024;
    private static final int READINGS = 10_000;
    private static final double MICRO = 1e-6;
    private static final double READING_SECONDS = 46.6e-3;
    private static final long TAG = 41;

    /** Make the group; {@link java.util.ServiceLoader} does. */
    public AbruptChecks() {}

    @Override
    public String subject() {
        return "rram-64k";
    }

    @Override
    public String about() {
        return "single SET and RESET pulses, cycles, readings and relaxation, as measured on 64 kbit chips in 2021";
    }

    @Override
    public List<Check> run(long seed) {
        AbruptFilament technology = TechnologyCard.parseAbrupt("rram-64k", TechnologyCard.builtInText("rram-64k"))
                .orElseThrow();
        List<Check> checks = new Chip(new Simulation(technology, seed, COPIES), seed).checks();
        checks.addAll(disturbance(technology));
        return checks;
    }

    /**
     * Tell what cells of a pulsed column feel, whose gates are shut; those of a pulsed row feel no volts at all. Their
     * transistors leak most where the threshold is three deviations low.
     */
    private static List<Check> disturbance(AbruptFilament technology) {
        AbruptCircuit circuit = new AbruptCircuit(technology);
        AbruptFilament.Access access = technology.access();
        double overdrive = 3 * access.thresholdSpreadVolts() - access.thresholdVolts();
        return List.of(
                Check.atMost("disturb", "shut gate, 3 V SET: filament the leak would hold up", "uS", 1,
                        circuit.levelSiemens(overdrive, 3, 2e-6) / MICRO),
                Check.atMost("disturb", "shut gate, 3.5 V RESET: volts over a filament of 100 uS", "mV", 20,
                        1e3 * circuit.cellVolts(100 * MICRO, overdrive, 3.5, true)));
    }

    /** Do the measurements on one chip. */
    private static final class Chip {
        private final Simulation simulation;
        private final long seed;
        private final List<Check> checks = new ArrayList<>();

        Chip(Simulation simulation, long seed) {
            this.simulation = simulation;
            this.seed = seed;
        }

        List<Check> checks() {
            sets();
            resets();
            readings();
            trace();
            cycles();
            relaxation();
            return checks;
        }

        private void sets() {
            double[] gates = {0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 2.0, 2.5};
            double[] levels = {24, 67, 93, 113, 131, 140, 151, 155};
            for (int i = 0; i < gates.length; i++) {
                Quantiles after = quantiles(set(gates[i], 100e-9), r -> r.afterSiemens() / MICRO);
                String what = String.format(Locale.ROOT, "conductance after SET, gate %.1f V, ", gates[i]);
                near("SET", what + "median", "uS", levels[i], MEDIAN_SHARE, after.median());
                if (gates[i] == 1.0) {
                    near("SET", what + "10 % quantile", "uS", 70, TAIL_SHARE, after.at(0.1));
                    near("SET", what + "90 % quantile", "uS", 123, TAIL_SHARE, after.at(0.9));
                }
            }
            double fast = quantiles(set(2.0, 20e-9), Response::afterSiemens).median();
            double slow = quantiles(set(2.0, 2e-6), Response::afterSiemens).median();
            checks.add(Check.near("SET", "conductance after 2 us over that after 20 ns", "", 1.06, 0.06, slow / fast));
            Quantiles low = quantiles(responses(Polarity.SET, _ -> 1.0, 2.0, 100e-9), r -> r.afterSiemens() / MICRO);
            checks.add(Check.atMost("SET", "at 1.0 V, median: the cell does not switch", "uS", 20, low.median()));
        }

        private List<Response> set(double gateVolts, double seconds) {
            return responses(Polarity.SET, share -> 1.5 + 0.5 * Math.floor(4 * share), gateVolts, seconds);
        }

        /** {@return responses of cells that were prepared as the measured ones: medians of 86 kohm, or 107 uS} */
        private List<Response> responses(Polarity polarity, DoubleUnaryOperator columnVolts, double gateVolts,
                double seconds) {
            CellRandom random = new CellRandom(seed, TAG);
            boolean set = polarity == Polarity.SET;
            return simulation.responses(IntStream.range(0, CELLS).mapToObj(cell -> {
                double before = set
                        ? 11.6 * Math.exp(0.55 * random.nextGaussian())
                        : 93 + 13.5 * Math.exp(0.52 * random.nextGaussian());
                double gate = set ? gateVolts : 2.2 + 0.1 * (cell % 13);
                return new Response(cell, polarity, columnVolts.applyAsDouble((double) cell / CELLS),
                        gateVolts > 0 ? gateVolts : gate, seconds, 1, before * MICRO, 1);
            }).toList());
        }

        private void resets() {
            double[] seconds = {20e-9, 40e-9, 100e-9, 200e-9, 400e-9, 1e-6, 2e-6};
            double[] changes = {0.5, 0.5, 1.1, 2.3, 5.2, 4.5, -9.3};
            // of the medians of so many measured cells: at 2 us half of them have fallen by 60 uS, so that nobody knows it
            double[] errors = {0.15, 0.17, 0.22, 0.23, 0.36, 0.7, 9};
            double[] falling = {0, 0, 0, 0, 1, 25, 46};
            double[] rising = {0, 0, 5, 14, 36, 34, 26};
            for (int i = 0; i < seconds.length; i++) {
                List<Response> pulsed = responses(Polarity.RESET, _ -> 3.0, 0, seconds[i]);
                Quantiles change = quantiles(pulsed, r -> r.changeSiemens() / MICRO);
                String what = String.format(Locale.ROOT, "RESET for %.0f ns, ", seconds[i] * 1e9);
                known("RESET", what + "median change", "uS", changes[i], errors[i], change.median());
                share(what + "share falling by more than 20 uS", falling[i], 100 * change.below(-20));
                share(what + "share rising by more than 8 uS", rising[i], 100 * (1 - change.below(8)));
            }
            Quantiles after = quantiles(responses(Polarity.RESET, _ -> 3.0, 3.0, 2e-6), r -> r.afterSiemens() / MICRO);
            double between = after.below(90) - after.below(65);
            checks.add(Check.atMost("RESET", "two humps at 2 us: cells of 65..90 uS over those of 90..140 uS", "", 0.7,
                    between / (after.below(140) - after.below(90))));
            checks.add(Check.atMost("RESET", "two humps at 2 us: cells of 65..90 uS over those of 15..65 uS", "", 0.4,
                    between / (after.below(65) - after.below(15))));
        }

        private void readings() {
            Quantiles low = repeated(responses(Polarity.RESET, _ -> 0.5, 1, 100e-9));
            Quantiles high = repeated(responses(Polarity.SET, _ -> 0.5, 1, 100e-9));
            near("READ", "repeated on a conducting cell", "%", 1.9, MEDIAN_SHARE, 50 * (low.at(0.84) - low.at(0.16)));
            near("READ", "repeated on an open cell", "%", 15, MEDIAN_SHARE, 50 * (high.at(0.84) - high.at(0.16)));
        }

        private static Quantiles repeated(List<Response> responses) {
            return quantiles(responses, r -> Math.log(r.afterSiemens() / r.beforeSiemens()) / Math.sqrt(2));
        }

        private void trace() {
            double[] seconds = IntStream.range(0, READINGS).mapToDouble(i -> i * READING_SECONDS).toArray();
            double[] siemens = new double[READINGS];
            Arrays.fill(siemens, 93e-6);
            List<Trace> traces = simulation.of(new Measured(List.of(), List.of(),
                    List.of(new Trace(0, seconds, siemens)), List.of())).traces();
            near("READ", "467 s of readings, standard deviation", "%", 1.7, MEDIAN_SHARE,
                    100 * TraceStatistics.median(traces, TraceStatistics::deviation));
            near("READ", "correlation with the next reading", "", 0.44, MEDIAN_SHARE,
                    TraceStatistics.median(traces, x -> TraceStatistics.correlation(x, 1)));
        }

        private void cycles() {
            List<Cycle> wanted = IntStream.range(0, 2 * CYCLED)
                    .mapToObj(i -> new Cycle(i / 2, i % 2 == 0 ? 25 : 50, 1, 1)).toList();
            List<Cycle> cycles = simulation.of(new Measured(List.of(), wanted, List.of(), List.of())).cycles();
            Quantiles low = new Quantiles(cycles.stream().mapToDouble(c -> c.lowOhms() / 1e3));
            Quantiles high = new Quantiles(cycles.stream().mapToDouble(c -> c.highOhms() / 1e3));
            near("cycles", "low resistance, median", "kOhm", 7.4, MEDIAN_SHARE, low.median());
            near("cycles", "low resistance, 1 % quantile", "kOhm", 6.7, TAIL_SHARE, low.at(0.01));
            near("cycles", "low resistance, 99 % quantile", "kOhm", 9.4, TAIL_SHARE, low.at(0.99));
            near("cycles", "high resistance, median", "kOhm", 156, MEDIAN_SHARE, high.median());
            near("cycles", "high resistance, 1 % quantile: failed RESET", "kOhm", 7.2, TAIL_SHARE, high.at(0.01));
        }

        private void relaxation() {
            double[] seconds = {0.01, 1, 100, 1e4};
            double[] means = {-0.12, -0.62, -0.89, -1.33};
            double[] deviations = {2.3, 4.5, 5.2, 7.8};
            int cells = CELLS;
            List<Settling> wanted = IntStream.range(0, 4 * cells).mapToObj(i -> new Settling(i / 4, seconds[i % 4],
                    level((i / 4 + 0.5) / cells), 1)).toList();
            Measured settled = simulation.of(new Measured(List.of(), List.of(), List.of(), wanted));
            for (int i = 0; i < seconds.length; i++) {
                Quantiles change = Stages.changes(settled, seconds[i], 0, 1);
                String what = String.format(Locale.ROOT, "change after %s s, ", Check.text(seconds[i]));
                known("relaxation", what + "mean", "uS", means[i], deviations[i] / Math.sqrt(RELAXED),
                        change.mean() / MICRO);
                near("relaxation", what + "standard deviation", "uS", deviations[i], MEDIAN_SHARE,
                        change.deviation() / MICRO);
            }
        }

        /** {@return the level of one of the measured cells: 95 % were programmed evenly up to 128 uS, the others above} */
        private static double level(double share) {
            return MICRO * (share < 0.95 ? 2 + 126 * share / 0.95 : 128 + 40 * (share - 0.95) / 0.05);
        }

        /** Hold a share in percent against that of the measured cells. */
        private void share(String what, double target, double value) {
            double likely = (target / 100 * MEASURED + 1) / (MEASURED + 2);
            known("RESET", what, "%", target, 100 * Math.sqrt(likely * (1 - likely) / MEASURED), value);
        }

        /** Hold a number within 15 %, or within twice the standard error of what was measured where that is more. */
        private void known(String name, String what, String unit, double target, double error, double value) {
            double tolerance = MEDIAN_SHARE * Math.abs(target);
            if (tolerance >= ERRORS * error) {
                checks.add(Check.near(name, what, unit, target, tolerance, value));
            } else {
                checks.add(new Check(name, what, unit,
                        String.format(Locale.ROOT, "%s, 2 s.e. %.2g", Check.text(target), ERRORS * error), value,
                        target - ERRORS * error, target + ERRORS * error));
            }
        }

        private void near(String name, String what, String unit, double target, double share, double value) {
            checks.add(Check.near(name, what, unit, target, share * Math.abs(target), value));
        }

        private static Quantiles quantiles(List<Response> responses, ToDoubleFunction<Response> number) {
            return new Quantiles(responses.stream().mapToDouble(number));
        }
    }
}
