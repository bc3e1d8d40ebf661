package org.memloop.report;

import java.util.List;
import java.util.stream.IntStream;

import org.memloop.recording.CardFitter.Comparison;

/** Draw how a fitted card compares with measurements. */
public final class FitFigures {
    private static final int MOST_POINTS = 400;

    private FitFigures() {}

    /**
     * Draw both distributions: which share of the cells lies below a number.
     *
     * @param comparison measured and simulated numbers, in order
     * @return the figure
     */
    public static Figure of(Comparison comparison) {
        return new Figure(comparison.title(), Figure.Axis.of(comparison.quantity()),
                Figure.Axis.of("share of the cells below").from(0).to(1),
                List.of(line("measured", comparison.measured()), line("simulated", comparison.simulated())));
    }

    private static Series.Line line(String name, double[] sorted) {
        int points = Math.min(MOST_POINTS, sorted.length);
        double[] share = IntStream.range(0, points).mapToDouble(i -> (i + 0.5) / points).toArray();
        double[] value = IntStream.range(0, points).mapToDouble(i -> sorted[(int) (share[i] * sorted.length)])
                .toArray();
        return new Series.Line(name, value, share);
    }
}
