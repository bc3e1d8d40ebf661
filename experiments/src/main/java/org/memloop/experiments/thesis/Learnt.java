package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Read what several seeds of one experiment learnt. A device that has come to the end of its recording takes no more
 * pulses, so that, as in the thesis (section 4.3.5), the epoch in which the first one does and all later ones do not
 * count.
 *
 * @param runs one run for each seed
 */
record Learnt(List<PastRun> runs) {
    /** {@return how many epochs of a run count} */
    static int valid(PastRun run) {
        double[] saturated = run.metrics().column(Columns.SATURATED)
                .orElseGet(() -> new double[run.metrics().epochs()]);
        return (int) Arrays.stream(saturated).takeWhile(devices -> devices == 0).count();
    }

    /** {@return how many epochs count in the runs of all seeds} */
    int valid() {
        return runs.stream().mapToInt(Learnt::valid).min().orElse(0);
    }

    /** {@return mean and deviation over the seeds, in percent, of each of the first epochs} */
    List<Spread> percent(String column, int epochs) {
        List<double[]> seeds = runs.stream().map(run -> run.metrics().need(column)).toList();
        List<Spread> spreads = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            int at = epoch;
            spreads.add(Spread.of(seeds.stream().mapToDouble(values -> 100 * values[at]).toArray()));
        }
        return spreads;
    }

    /** {@return for each seed the best validation accuracy of the epochs that count, in percent; 0 where none does} */
    double[] bestPercent() {
        return runs.stream().mapToDouble(run -> Arrays.stream(run.metrics().need(Columns.VALIDATION)).limit(valid(run))
                .map(fraction -> 100 * fraction).max().orElse(0)).toArray();
    }

    /** {@return for each seed the epoch of the best validation accuracy} */
    double[] bestEpoch() {
        return runs.stream().mapToDouble(run -> {
            double[] values = run.metrics().need(Columns.VALIDATION);
            return 1 + IntStream.range(0, valid(run)).boxed()
                    .max((a, b) -> values[a] == values[b] ? b - a : Double.compare(values[a], values[b])).orElse(-1);
        }).toArray();
    }

    /** {@return in how many epochs the first device is saturated, over the seeds; that no device ever was, where so} */
    String saturation() {
        List<PastRun> worn = runs.stream().filter(run -> valid(run) < run.metrics().epochs()).toList();
        if (worn.isEmpty()) {
            return "not in " + runs.stream().mapToInt(run -> run.metrics().epochs()).min().orElse(0);
        }
        String text = Spread.of(worn.stream().mapToDouble(run -> valid(run) + 1).toArray()).text(1);
        return worn.size() == runs.size() ? text : text + " (" + worn.size() + " of " + runs.size() + " seeds)";
    }
}
