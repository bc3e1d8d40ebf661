package org.memloop.experiments.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import org.memloop.calibration.Observation;
import org.memloop.calibration.Verdict;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.campaign.Pass;

/** Keep of one pass what its figures and its line in the tables need. Of long series, evenly spaced readings are kept. */
final class PassData {
    private static final long MOST_KEPT = 400_000;
    private static final int MOST_POINTS = 500;

    final Pass pass;
    final List<Observation> observations = new ArrayList<>();
    final List<Verdict> verdicts = new ArrayList<>();
    private final long every;
    long pulses;
    long readings;
    double firstSeconds = Double.POSITIVE_INFINITY;
    double lastSeconds;

    PassData(Pass pass) {
        this.pass = pass;
        long expected = pass.procedure() instanceof WeakResetCharacterization weak
                ? (long) weak.pulses() * pass.cells().length
                : 0;
        every = Math.max(1, expected / MOST_KEPT);
    }

    void observed(Observation observation) {
        readings++;
        firstSeconds = Math.min(firstSeconds, observation.seconds());
        lastSeconds = Math.max(lastSeconds, observation.seconds());
        if (observation.index() % every == 0 && observations.size() < 4 * MOST_KEPT) {
            observations.add(observation);
        }
    }

    void judged(Verdict verdict) {
        verdicts.add(verdict);
        pulses += verdict.pulses();
    }

    int count(Verdict.Result result) {
        return (int) verdicts.stream().filter(verdict -> verdict.result() == result).count();
    }

    double seconds() {
        return readings == 0 ? 0 : lastSeconds - firstSeconds;
    }

    /** Values of some observations, by a name given to each. */
    Map<String, double[]> grouped(Predicate<Observation> which, java.util.function.Function<Observation, String> name,
            ToDoubleFunction<Observation> value) {
        Map<String, List<Double>> groups = new LinkedHashMap<>();
        observations.stream().filter(which)
                .forEach(one -> groups.computeIfAbsent(name.apply(one), _ -> new ArrayList<>())
                        .add(value.applyAsDouble(one)));
        Map<String, double[]> arrays = new LinkedHashMap<>();
        groups.forEach((key, list) -> arrays.put(key, list.stream().mapToDouble(Double::doubleValue).toArray()));
        return arrays;
    }

    /** Observations of one cell after the other, at most so many cells, spread over those of the pass. */
    Map<Integer, List<Observation>> trajectories(int most, Predicate<Observation> which) {
        int[] cells = pass.cells();
        int step = Math.max(1, Math.ceilDiv(cells.length, most));
        Map<Integer, List<Observation>> byCell = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i += step) {
            byCell.put(cells[i], new ArrayList<>());
        }
        observations.stream().filter(which).forEach(one -> {
            List<Observation> list = byCell.get(one.cell());
            if (list != null) {
                list.add(one);
            }
        });
        byCell.values().removeIf(List::isEmpty);
        byCell.replaceAll((_, list) -> thinned(list));
        return byCell;
    }

    /** A line on a page shows no more points than this. */
    private static List<Observation> thinned(List<Observation> list) {
        int step = Math.ceilDiv(list.size(), MOST_POINTS);
        return step == 1
                ? list
                : java.util.stream.IntStream.range(0, list.size()).filter(i -> i % step == 0).mapToObj(list::get)
                        .toList();
    }

    double medianSiemens() {
        double[] sorted = verdicts.stream().mapToDouble(Verdict::siemens).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        return "pass " + pass.number() + " on " + Arrays.toString(pass.cells());
    }
}
