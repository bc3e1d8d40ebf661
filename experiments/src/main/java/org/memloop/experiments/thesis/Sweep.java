package org.memloop.experiments.thesis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/**
 * Draw how one setting changes what is learnt: accuracy over the epochs for each of its values, and the best validation
 * accuracy over the values.
 *
 * @param quantity the setting, with its unit where it has one
 * @param training whether the training accuracy is shown as well
 * @param points its values
 */
record Sweep(String quantity, boolean training, List<Point> points) implements Drawing {
    /**
     * Describe one value.
     *
     * @param value the value, in the quantity's unit
     * @param experiment what is run with it
     */
    record Point(double value, Experiment experiment) {}

    // the values of the third curves of 3.9, 3.10, 4.13 and 4.14 are not printed; they follow from the row of the others
    static final Sweep THETA = of("θ", true, "thesis-3.9", "--theta", "%s", "2.5e-5", "5e-5", "7.5e-5");
    static final Sweep ETA_2 = of("η₂", true, "thesis-3.10", "--eta", "0.15,%s", "0.001", "0.0025", "0.005", "0.0075");
    static final Sweep STEP = of("v", true, "thesis-3.11", "--step", "%s", "5e-5", "1e-4", "1.5e-4");
    static final Sweep THETA_OF_CELLS = of("θ", false, "thesis-4.13", "--theta", "%s", "1.5e-4", "2e-4", "2.5e-4",
            "3e-4");
    static final Sweep ALPHA_1 = of("α₁ (Ω)", false, "thesis-4.14", "--alpha", "%s,5000", "3000", "5000", "7000",
            "9000");
    static final Sweep ALPHA_2 = of("α₂ (Ω)", false, "thesis-4.15", "--alpha", "5000,%s", "4000", "5000", "6000");

    private static Sweep of(String quantity, boolean training, String preset, String option, String value,
            String... values) {
        String symbol = quantity.split(" ")[0];
        return new Sweep(quantity, training, Arrays.stream(values)
                .map(each -> new Point(Double.parseDouble(each),
                        Experiment.of(symbol + " = " + each, preset, option, value.formatted(each))))
                .toList());
    }

    @Override
    public List<Experiment> experiments() {
        return points.stream().map(Point::experiment).toList();
    }

    @Override
    public int columnsOfPanels() {
        return training ? 3 : 2;
    }

    @Override
    public List<Figure> panels(Material material) {
        Stream<Figure> learning = (training
                ? Stream.of(Columns.TRAINING, Columns.VALIDATION)
                : Stream.of(Columns.VALIDATION))
                .map(column -> LearningCurves.figure(LearningCurves.compared(
                        column.equals(Columns.TRAINING) ? "training" : "validation", column, experiments()), material));
        return Stream.concat(learning, Stream.of(best(material))).toList();
    }

    private Figure best(Material material) {
        List<Spread> spreads = points.stream()
                .map(point -> Spread.of(material.learnt(point.experiment()).bestPercent())).toList();
        double[] values = points.stream().mapToDouble(Point::value).toArray();
        double[] mean = spreads.stream().mapToDouble(Spread::mean).toArray();
        return new Figure("best validation", Axis.of(quantity), Axis.of("accuracy (%)"),
                List.of(Series.Band.around("best of the epochs", values, mean,
                        spreads.stream().mapToDouble(Spread::deviation).toArray()),
                        new Series.Line("best of the epochs", values, mean)));
    }
}
