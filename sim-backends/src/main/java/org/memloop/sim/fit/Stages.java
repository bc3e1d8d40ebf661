package org.memloop.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.fit.Measured.Cycle;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;
import org.memloop.sim.fit.Stage.Free;

/** Name the stages in which a technology is fitted, and the statistics that tell about its numbers. */
final class Stages {
    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9};
    private static final int FEWEST = 10;
    private static final double MICRO = 1e-6;
    /** Readings below are of cells without a filament, and above of cells that conduct already. */
    private static final double OPEN_SIEMENS = 25e-6;
    private static final double QUIET_VOLTS = 0.75;
    /** Contacts above hardly relax: what their readings change by is noise. */
    private static final double STABLE_SIEMENS = 100e-6;
    private static final double[] LEVELS = {0, 10e-6, 20e-6, 30e-6, 40e-6, 50e-6, 60e-6, 80e-6, 100e-6, 1};
    private static final double[] FEW_LEVELS = {0, 20e-6, 70e-6, 1};
    /** Weight of the moments of all cells together, and of their quantiles, beside those of the cells of some levels. */
    private static final double ALL_LEVELS = 5;
    private static final double ALL_QUANTILES = 2;
    /**
     * Some of the cells that were read later had been programmed again meanwhile: they are back at their level, whatever
     * they had read until then.
     */
    private static final double UNDISTURBED_SECONDS = 2000;
    private static final double DISTURBED = 0.5;
    /** Cells that stand for each measured one: jumps of a few cells decide. */
    private static final int RELAXING_COPIES = 4;

    private Stages() {}

    /** {@return the stages, in the order in which one stands on another} */
    static List<Stage> all() {
        return List.of(reading(), beginning(), setting(), resetting(), cycling(), relaxing());
    }

    private static Stage reading() {
        return new Stage("fluctuation of readings",
                List.of(new Free("reading.currentAmps", 0.01e-6, 1e-6), new Free("reading.driftAmps", 1e-9, 0.3e-6),
                        new Free("reading.connectionAmps", 1e-9, 1e-6), new Free("reading.flicker", 1e-4, 0.03),
                        new Free("reading.trapShare", 1e-4, 0.05)),
                m -> new Measured(m.responses().stream().filter(Stages::quiet).toList(), List.of(), m.traces(),
                        m.settlings().stream().filter(s -> s.initialSiemens() > STABLE_SIEMENS).toList()),
                Stages::readingStatistics);
    }

    private static boolean quiet(Response r) {
        return r.columnVolts() < QUIET_VOLTS;
    }

    private static double[] readingStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        double[] edges = {0, 5e-6, 8e-6, 12e-6, 20e-6, 40e-6, 80e-6, 1};
        groups(measured, cells, r -> true, r -> bin(edges, r.beforeSiemens())).forEach(group -> {
            Quantiles change = of(cells.responses(), group.cells, Response::changeSiemens);
            double weight = Math.min(3, Math.sqrt(group.count() / 30.0));
            found.add(weight * 5 * Math.log(change.at(0.84) - change.at(0.16)));
            found.add(weight * 3 * Math.log(change.at(0.95) - change.at(0.05)));
        });
        measured.settlings().stream().mapToDouble(Settling::seconds).distinct().sorted().forEach(seconds -> {
            Quantiles change = changes(cells, seconds, STABLE_SIEMENS, 1);
            found.add(50 * Math.log(change.at(0.75) - change.at(0.25)));
            found.add(30 * Math.log(change.at(0.9) - change.at(0.1)));
            found.add(15 * Math.log(change.at(0.98) - change.at(0.02)));
        });
        if (!cells.traces().isEmpty()) {
            found.add(60 * Math.log(TraceStatistics.median(cells.traces(), TraceStatistics::deviation)));
            for (int lag : new int[]{1, 10, 100}) {
                found.add(60 * TraceStatistics.median(cells.traces(), x -> TraceStatistics.correlation(x, lag)));
            }
        }
        return array(found);
    }

    private static Stage beginning() {
        return new Stage("SET threshold",
                List.of(new Free("setting.onsetVolts", 0.7, 1.6), new Free("setting.onsetSpreadVolts", 0.02, 0.4),
                        new Free("setting.onsetPerDecadeVolts", 0, 0.2)),
                m -> responses(m, r -> r.polarity() == Polarity.SET && r.gateVolts() > 0.95
                        && r.beforeSiemens() < OPEN_SIEMENS),
                Stages::beginningStatistics);
    }

    private static double[] beginningStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        groups(measured, cells, _ -> true,
                r -> Math.round(r.columnVolts() * 1e3) * 1e3 + Math.log10(r.widthSeconds()))
                .forEach(group -> addShare(found, measured, cells, group,
                        r -> r.afterSiemens() > 2 * r.beforeSiemens()));
        return array(found);
    }

    private static Stage setting() {
        return new Stage("SET",
                List.of(new Free("access.transconductanceAmpsPerSquareVolt", 2e-4, 6e-3),
                        new Free("access.thresholdVolts", 0.3, 0.9), new Free("access.swingVolts", 0.03, 0.15),
                        new Free("access.shorteningPerVolt", 0, 3), new Free("access.saturationPerVolt", 0.2, 25),
                        new Free("access.seriesOhms", 300, 4000),
                        new Free("access.thresholdSpreadVolts", 0.01, 0.3),
                        new Free("setting.holdVolts", 0.2, 1.1),
                        new Free("setting.widening", 0, 0.3), new Free("setting.levelSpread", 0.005, 0.5)),
                m -> responses(m, r -> r.polarity() == Polarity.SET), Stages::settingStatistics);
    }

    private static double[] settingStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        double[] widths = {0, 150e-9, 600e-9, 1};
        groups(measured, cells, r -> r.columnVolts() > 1.25 && r.beforeSiemens() < OPEN_SIEMENS,
                r -> r.columnVolts() * 1e4 + Math.round(r.gateVolts() * 10) * 10 + bin(widths, r.widthSeconds()))
                .forEach(group -> {
                    Quantiles known = of(measured.responses(), group.measured, Response::afterSiemens);
                    Quantiles after = of(cells.responses(), group.cells, Response::afterSiemens);
                    for (double share : SHARES) {
                        addQuantile(found, known, after, share, 1 * MICRO + 0.01 * known.median());
                    }
                });
        return array(found);
    }

    private static Stage resetting() {
        return new Stage("RESET", List.of(
                new Free("reading.polarisationPerVolt", 1e-4, 6e-3),
                new Free("growth.warmUpSeconds", 1e-9, 300e-9), new Free("growth.sizeSiemens", 2e-6, 90e-6),
                new Free("growth.sizeSpread", 0.1, 2), new Free("growth.cellExponent", 0, 6),
                new Free("growth.columnExponent", 0, 6), new Free("growth.timeSeconds", 30e-9, 3e-6),
                new Free("growth.timeSpread", 0, 2),
                new Free("collapse.timeSeconds", 0.2e-6, 30e-6), new Free("collapse.steepnessVolts", 0.05, 1),
                new Free("collapse.delay", 0, 0.95),
                new Free("collapse.shape", 0.5, 9), new Free("collapse.spread", 0.01, 2),
                new Free("collapse.sizeExponent", -2, 8), new Free("collapse.depth", 0.3, 4),
                new Free("collapse.depthSpread", 0.05, 1), new Free("collapse.depthExponent", 0, 3),
                new Free("collapse.durationSeconds", 10e-9, 2e-6), new Free("collapse.durationSpread", 0.05, 2.5)),
                m -> responses(m, r -> r.polarity() == Polarity.RESET), Stages::resettingStatistics);
    }

    private static double[] resettingStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        double[] gates = {0, 1.35, 1.75, 2.15, 2.55, 2.95, 99};
        Predicate<Response> driven = r -> r.columnVolts() > 1.75;
        groups(measured, cells, driven, r -> conditions(r, gates) * 2 + (r.beforeSiemens() > 108e-6 ? 1 : 0))
                .forEach(group -> addChanges(found, measured, cells, group));
        groups(measured, cells, driven.and(r -> r.gateVolts() > 2.15), r -> conditions(r, new double[]{0, 99}))
                .forEach(group -> addChanges(found, measured, cells, group));
        return array(found);
    }

    private static double conditions(Response r, double[] gates) {
        return (r.columnVolts() * 100 + bin(gates, r.gateVolts())) * 10 + Math.log10(r.widthSeconds());
    }

    private static void addChanges(List<Double> found, Measured measured, Measured cells, Group group) {
        Quantiles known = of(measured.responses(), group.measured, Response::changeSiemens);
        Quantiles change = of(cells.responses(), group.cells, Response::changeSiemens);
        for (double share : SHARES) {
            addQuantile(found, known, change, share, 0.1 * MICRO);
        }
        addShare(found, measured, cells, group, r -> r.changeSiemens() < -20 * MICRO);
        addShare(found, measured, cells, group, r -> r.changeSiemens() > 8 * MICRO);
        addShare(found, measured, cells, group, r -> r.afterSiemens() < 45 * MICRO);
    }

    private static Stage cycling() {
        return new Stage("cycling",
                List.of(new Free("cycling.deepening", 1, 6), new Free("cycling.hastening", 1, 200),
                        new Free("cycling.levelShare", 0.01, 0.99), new Free("cycling.depthShare", 0.01, 0.99)),
                m -> new Measured(List.of(), m.cycles(), List.of(), List.of()), Stages::cyclingStatistics);
    }

    private static double[] cyclingStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        if (cells.cycles().isEmpty()) {
            return new double[0];
        }
        for (ToDoubleFunction<Cycle> ohms : List.<ToDoubleFunction<Cycle>>of(Cycle::lowOhms, Cycle::highOhms)) {
            Quantiles known = logarithms(measured, ohms);
            Quantiles log = logarithms(cells, ohms);
            for (double share : new double[]{0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98}) {
                addQuantile(found, known, log, share, 0.02);
            }
        }
        found.add(20 * pairs(cells.cycles(), Cycle::lowOhms));
        found.add(20 * pairs(cells.cycles(), Cycle::highOhms));
        return array(found);
    }

    private static Quantiles logarithms(Measured cells, ToDoubleFunction<Cycle> ohms) {
        return new Quantiles(cells.cycles().stream().mapToDouble(c -> Math.log(ohms.applyAsDouble(c))));
    }

    /** {@return how the logarithms of a cell's numbers are correlated from one cycle to the next known} */
    static double pairs(List<Cycle> cycles, ToDoubleFunction<Cycle> number) {
        Map<Long, double[]> firsts = new TreeMap<>();
        List<double[]> pairs = new ArrayList<>();
        for (Cycle cycle : cycles) {
            double log = Math.log(number.applyAsDouble(cycle));
            double[] before = firsts.put(cycle.address(), new double[]{log});
            if (before != null) {
                pairs.add(new double[]{before[0], log});
            }
        }
        return pairs.size() < 3 ? 0 : TraceStatistics.correlation(pairs);
    }

    private static Stage relaxing() {
        return new Stage("relaxation",
                List.of(new Free("relaxation.onsetSeconds", 1e-5, 0.02), new Free("relaxation.jumpsPerDecade", 0.02, 2),
                        new Free("relaxation.jumpsSpread", 0.1, 4), new Free("relaxation.sizeSiemens", 1e-6, 30e-6),
                        new Free("relaxation.stableSiemens", 30e-6, 300e-6),
                        new Free("relaxation.stability", 1, 20), new Free("relaxation.brokenSiemens", 1e-6, 60e-6),
                        new Free("relaxation.breakage", 0.5, 15), new Free("relaxation.downward", 0, 1),
                        new Free("relaxation.downwardPerDecade", 0, 0.1),
                        new Free("relaxation.balanceSiemens", 1e-6, 60e-6)),
                m -> new Measured(List.of(), List.of(), List.of(), m.settlings()), Stages::relaxingStatistics)
                .copies(RELAXING_COPIES);
    }

    private static double[] relaxingStatistics(Measured measured, Measured cells) {
        List<Double> found = new ArrayList<>();
        measured.settlings().stream().mapToDouble(Settling::seconds).distinct().sorted().forEach(seconds -> {
            addAll(found, changes(measured, seconds, 0, 1), changes(cells, seconds, 0, 1));
            addLevels(found, measured, cells, seconds, FEW_LEVELS);
            addLevels(found, measured, cells, seconds, LEVELS);
        });
        return array(found);
    }

    private static void addAll(List<Double> found, Quantiles known, Quantiles change) {
        found.add(ALL_LEVELS * change.mean()
                / Math.hypot(known.meanError(), 0.01 * MICRO + 0.05 * Math.abs(known.mean())));
        found.add(ALL_LEVELS * change.deviation() / (0.05 * known.deviation()));
        addQuantiles(found, known, change, ALL_QUANTILES);
    }

    private static void addLevels(List<Double> found, Measured measured, Measured cells, double seconds,
            double[] edges) {
        double weight = seconds > UNDISTURBED_SECONDS ? DISTURBED : 1;
        for (int i = 1; i < edges.length; i++) {
            Quantiles known = changes(measured, seconds, edges[i - 1], edges[i]);
            if (known.count() > FEWEST) {
                Quantiles change = changes(cells, seconds, edges[i - 1], edges[i]);
                found.add(weight * change.mean()
                        / Math.hypot(known.meanError(), 0.05 * MICRO + 0.05 * Math.abs(known.mean())));
                found.add(weight * change.deviation()
                        / Math.hypot(known.deviationError(), 0.05 * known.deviation()));
                addQuantiles(found, known, change, weight);
            }
        }
    }

    private static void addQuantiles(List<Double> found, Quantiles known, Quantiles change, double weight) {
        for (double share : SHARES) {
            found.add(weight * change.at(share)
                    / Math.hypot(known.error(share), 0.05 * MICRO + 0.05 * Math.abs(known.at(share))));
        }
    }

    static Quantiles changes(Measured cells, double seconds, double low, double high) {
        return new Quantiles(cells.settlings().stream()
                .filter(s -> s.seconds() == seconds && s.initialSiemens() >= low && s.initialSiemens() < high)
                .mapToDouble(Settling::changeSiemens));
    }

    private static Measured responses(Measured measured, Predicate<Response> those) {
        return new Measured(measured.responses().stream().filter(those).toList(), List.of(), List.of(), List.of());
    }

    /**
     * Hold responses that belong together.
     *
     * @param measured their places among the measured ones
     * @param cells those of their copies among the cells whose statistics are wanted
     */
    private record Group(int[] measured, int[] cells) {
        int count() {
            return measured.length;
        }
    }

    /** {@return groups of those responses that belong together, groups of a few left out} */
    private static List<Group> groups(Measured measured, Measured cells, Predicate<Response> those,
            ToDoubleFunction<Response> key) {
        List<Response> responses = measured.responses();
        Map<Double, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < responses.size(); i++) {
            if (those.test(responses.get(i))) {
                places.computeIfAbsent(key.applyAsDouble(responses.get(i)), _ -> new ArrayList<>()).add(i);
            }
        }
        return places.values().stream().filter(list -> list.size() >= FEWEST).map(list -> {
            int[] of = list.stream().mapToInt(Integer::intValue).toArray();
            return new Group(of, copies(of, responses.size(), cells.responses().size()));
        }).toList();
    }

    /** {@return the places of every copy of some responses, where copy follows copy} */
    static int[] copies(int[] places, int measured, int simulated) {
        return IntStream.range(0, simulated / measured)
                .flatMap(copy -> IntStream.of(places).map(place -> place + copy * measured)).toArray();
    }

    /** Add a quantile in units of its standard error as measured, which a number next to nothing bounds below. */
    private static void addQuantile(List<Double> found, Quantiles measured, Quantiles cells, double share,
            double least) {
        found.add(cells.at(share) / Math.hypot(least, measured.error(share)));
    }

    private static void addShare(List<Double> found, Measured measured, Measured cells, Group group,
            Predicate<Response> those) {
        Quantiles known = of(measured.responses(), group.measured, r -> those.test(r) ? 1 : 0);
        double share = of(cells.responses(), group.cells, r -> those.test(r) ? 1 : 0).mean();
        found.add(share / known.shareError(known.mean()));
    }

    static Quantiles of(List<Response> responses, int[] places, ToDoubleFunction<Response> number) {
        return new Quantiles(IntStream.of(places).mapToDouble(i -> number.applyAsDouble(responses.get(i))));
    }

    private static int bin(double[] edges, double value) {
        int at = Arrays.binarySearch(edges, value);
        return at < 0 ? -at - 2 : at;
    }

    private static double[] array(List<Double> found) {
        return found.stream().flatMapToDouble(DoubleStream::of).toArray();
    }
}
