package org.memloop.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.memloop.bench.Geometry;
import org.memloop.learn.Epoch;
import org.memloop.report.Figure.Axis;

/**
 * Choose what the figures of a training run show.
 *
 * @param content the run
 * @param pen draws a figure as SVG
 */
record TrainingFigures(TrainingReport.Content content, Function<Figure, String> pen) {
    private static final int BINS = 60;
    private static final String CLIPPED = "The last colour also stands for what lies beyond it.";

    /** {@return the figures, or one line that says why there are none} */
    String html() {
        try {
            return "<div class='figures'>\n" + learningCurve()
                    + content.die().map(die -> pulseHistogram(die) + maps(die)).orElse("") + weightHistograms()
                    + "</div>\n";
        } catch (FontsException e) {
            return Html.note(e.getMessage());
        }
    }

    private String learningCurve() {
        double[] x = content.epochs().stream().mapToDouble(Epoch::epoch).toArray();
        double[] train = content.epochs().stream().mapToDouble(e -> 100 * e.trainAccuracy()).toArray();
        double[] validation = content.epochs().stream().mapToDouble(e -> 100 * e.validationAccuracy()).toArray();
        Figure figure = new Figure("Learning curve", Axis.of("epoch").as(Axis.Kind.WHOLE), Axis.of("accuracy (%)"),
                List.of(new Series.Line("training", x, train), new Series.Line("validation", x, validation)));
        return Html.figure(pen.apply(figure), false, "Learning curve", "Training images are counted in their free "
                + "phases during the epoch, validation images after it.");
    }

    private String pulseHistogram(TrainingReport.Die die) {
        double[] pulses = Arrays.stream(die.where(die.used()))
                .mapToDouble(cell -> die.pulses()[cell]).toArray();
        double most = Arrays.stream(pulses).max().orElse(0);
        // bins of a whole number of pulses, so that none catches more possible values than its neighbour
        int width = (int) Math.max(1, Math.ceil((most + 1) / BINS));
        int bins = (int) Math.max(1, Math.ceil((most + 1) / width));
        Figure figure = new Figure("Pulses per device", Axis.of("pulses per device").from(0),
                Axis.of("devices").from(0).as(Axis.Kind.WHOLE),
                List.of(Series.Bins.of("devices with a synapse", pulses, 0, (double) width * bins, bins)));
        return Html.figure(pen.apply(figure), false, "Pulses per device",
                String.format(Locale.ROOT,
                        "%,d pulses in all on %,d devices: %.1f per device on average, %,.0f at most.",
                        die.totalPulses(), pulses.length, Arrays.stream(pulses).average().orElse(0), most));
    }

    private String maps(TrainingReport.Die die) {
        double[] microsiemens = Arrays.stream(die.conductanceSiemens()).map(siemens -> siemens * 1e6).toArray();
        double[] pulses = Arrays.stream(die.pulses()).asDoubleStream().toArray();
        return map(die, "Conductance map", "conductance (\u00b5S)", microsiemens,
                "Last conductance read of every cell, after training, in \u00b5S. Bad cells, "
                        + TrainingReport.count(die.where(die.bad()).length) + " of them, are white.")
                + map(die, "Pulse map", "pulses", pulses, "Programming pulses of this run at every cell; "
                        + TrainingReport.count(die.where(die.used()).length) + " of "
                        + TrainingReport.count(die.geometry().cells()) + " cells carry a synapse.");
    }

    private String map(TrainingReport.Die die, String title, String quantity, double[] values, String caption) {
        Geometry geometry = die.geometry();
        double[] laid = new double[values.length];
        boolean[] known = new boolean[values.length];
        for (int cell = 0; cell < values.length; cell++) {
            int place = geometry.row(cell) + geometry.rows() * geometry.column(cell);
            laid[place] = values[cell];
            known[place] = !die.bad()[cell];
        }
        Series.HeatMap map = Series.HeatMap.of(quantity, geometry.rows(), laid, known);
        String blocks = map.side() == 1
                ? ""
                : " Every square is the mean of the good cells among " + map.side() + " x " + map.side()
                        + ", and white only where there is none.";
        return Html.figure(
                pen.apply(new Figure(title, Axis.of("word line (row)"), Axis.of("bit line (column)"), List.of(map))),
                true, title, caption + blocks + " " + CLIPPED);
    }

    private String weightHistograms() {
        StringBuilder figures = new StringBuilder();
        for (int layer = 0; layer < content.finalWeights().length; layer++) {
            double[] before = doubles(content.initialWeights()[layer]);
            double[] after = doubles(content.finalWeights()[layer]);
            double reach = Math.max(1e-9, Math.max(reach(before), reach(after)));
            String name = "Weights of layer " + (layer + 1);
            Figure figure = new Figure(name, Axis.of("weight (no unit)"), Axis.of("synapses").from(0),
                    List.of(Series.Bins.of("after training", after, -reach, reach, BINS),
                            Series.Bins.of("before training", before, -reach, reach, BINS)));
            figures.append(
                    Html.figure(pen.apply(figure), false, name, TrainingReport.count(after.length) + " synapses."));
        }
        return figures.toString();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double reach(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
