package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.memloop.bench.ConfigurationException;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/**
 * Draw accuracies over the epochs, a line for the mean and a band for one standard deviation to both sides.
 *
 * @param panels the pictures
 */
record LearningCurves(List<Panel> panels) implements Drawing {
    /**
     * Describe one picture.
     *
     * @param title what stands above it
     * @param curves what it shows
     */
    record Panel(String title, List<Curve> curves) {}

    /**
     * Describe one line.
     *
     * @param label what the legend calls it
     * @param experiment whose runs it shows
     * @param column what of them
     */
    record Curve(String label, Experiment experiment, String column) {}

    static LearningCurves of(Panel... panels) {
        return new LearningCurves(List.of(panels));
    }

    /** {@return a picture of one experiment: training and validation accuracy} */
    static Panel trained(String title, Experiment experiment) {
        return new Panel(title, List.of(new Curve("training", experiment, Columns.TRAINING),
                new Curve("validation", experiment, Columns.VALIDATION)));
    }

    /** {@return the same with the test accuracy} */
    static Panel tested(String title, Experiment experiment) {
        return new Panel(title, Stream.concat(trained(title, experiment).curves().stream(),
                Stream.of(new Curve("test", experiment, Columns.TEST))).toList());
    }

    /** {@return a picture of one quantity of several experiments} */
    static Panel compared(String title, String column, List<Experiment> experiments) {
        return new Panel(title, experiments.stream()
                .map(experiment -> new Curve(experiment.label(), experiment, column)).toList());
    }

    @Override
    public List<Experiment> experiments() {
        return panels.stream().flatMap(panel -> panel.curves().stream()).map(Curve::experiment).distinct().toList();
    }

    @Override
    public Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        panels.stream().flatMap(panel -> panel.curves().stream()).forEach(curve -> columns.add(curve.column()));
        return columns;
    }

    @Override
    public List<Figure> panels(Material material) {
        return panels.stream().map(panel -> figure(panel, material)).toList();
    }

    static Figure figure(Panel panel, Material material) {
        List<Series> bands = new ArrayList<>();
        List<Series> lines = new ArrayList<>();
        for (Curve curve : panel.curves()) {
            Learnt learnt = material.learnt(curve.experiment());
            List<Spread> spreads = learnt.percent(curve.column(), learnt.valid());
            if (!spreads.isEmpty()) {
                double[] epochs = IntStream.rangeClosed(1, spreads.size()).asDoubleStream().toArray();
                double[] mean = spreads.stream().mapToDouble(Spread::mean).toArray();
                lines.add(new Series.Line(curve.label(), epochs, mean));
                if (learnt.runs().size() > 1) {
                    bands.add(Series.Band.around(curve.label(), epochs, mean,
                            spreads.stream().mapToDouble(Spread::deviation).toArray()));
                }
            }
        }
        if (lines.isEmpty()) {
            throw new ConfigurationException(
                    panel.title() + ": devices came to the end of their recording in the first "
                            + "epoch of a seed, so that no epoch counts");
        }
        bands.addAll(lines);
        return new Figure(panel.title(), Axis.of("epoch").as(Axis.Kind.WHOLE), Axis.of("accuracy (%)"), bands);
    }
}
