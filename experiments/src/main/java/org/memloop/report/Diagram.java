package org.memloop.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draw lines, bands, points, bins and boxes in one pair of axes. */
final class Diagram {
    private static final List<Color> SERIES = FigureStyle.colours(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9,
            0xe69f00,
            0x4d4d4d);
    /** A figure of more series is a crowd: thin lines, no legend, pixels instead of a million outlines. */
    private static final int MOST_NAMES = 12;
    /** Part of an axis that stays free beyond the data. */
    private static final double MARGIN = 0.03;
    private static final double HAIR = 1e-6;

    private Diagram() {}

    /** {@return whether a figure has too many series to name them} */
    static boolean isCrowded(Figure figure) {
        return colours(figure).size() > MOST_NAMES;
    }

    static XYChart of(Figure figure) {
        XYChart chart = new XYChart(FigureStyle.WIDTH, FigureStyle.HEIGHT, Styler.ChartTheme.XChart);
        FigureStyle.style(chart, figure);
        AxesChartStyler styler = chart.getStyler();
        styler.setMarkerSize(5);
        int names = colours(figure).size();
        styler.setLegendVisible(names > 1 && names <= MOST_NAMES);
        double[] x = ends(figure.x(), figure.series().stream().flatMapToDouble(Diagram::x));
        double[] y = ends(figure.y(), figure.series().stream().flatMapToDouble(Diagram::y));
        styler.setXAxisMin(x[0]).setXAxisMax(x[1]).setYAxisMin(y[0]).setYAxisMax(y[1]);
        styler.setXAxisDecimalPattern(pattern(x)).setYAxisDecimalPattern(pattern(y));
        styler.setXAxisLogarithmic(figure.x().kind() == Figure.Axis.Kind.LOGARITHMIC);
        styler.setYAxisLogarithmic(figure.y().kind() == Figure.Axis.Kind.LOGARITHMIC);
        styler.setXAxisTickMarkSpacingHint(spacing(figure.x(), x, FigureStyle.WIDTH, 60));
        styler.setYAxisTickMarkSpacingHint(spacing(figure.y(), y, FigureStyle.HEIGHT, 40));
        Map<String, Color> colours = colours(figure);
        boolean filled = false;
        for (Series series : figure.series()) {
            Color colour = colours.get(series.name());
            switch (series) {
                case Series.Line(String name, double[] xs, double[] ys) -> {
                    XYSeries line = add(chart, name, xs, ys, XYSeriesRenderStyle.Line, colour);
                    line.setMarker(xs.length <= 40 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
                    if (names > MOST_NAMES) {
                        line.setLineStyle(new BasicStroke(0.5f));
                    }
                }
                case Series.Points(String name, double[] xs, double[] ys) ->
                    add(chart, name, xs, ys, XYSeriesRenderStyle.Scatter, colour).setMarker(SeriesMarkers.CIRCLE);
                case Series.Band band -> band(chart, band, colour);
                case Series.Bins bins -> {
                    bins(chart, bins, colour, !filled);
                    filled = true;
                }
                case Series.Boxes boxes -> boxes(chart, boxes, colour);
                case Series.HeatMap _ -> throw new AssertionError("a heat map is no diagram");
            }
        }
        return chart;
    }

    /** Numbers a person reads at a glance are written out, the others with an exponent. */
    private static String pattern(double[] ends) {
        double most = Math.max(Math.abs(ends[0]), Math.abs(ends[1]));
        return most >= 1e7 || most < 1e-3 ? "0.##E0" : "#,##0.#####";
    }

    private static Map<String, Color> colours(Figure figure) {
        Map<String, Color> colours = new HashMap<>();
        figure.series().forEach(
                series -> colours.computeIfAbsent(series.name(), _ -> SERIES.get(colours.size() % SERIES.size())));
        return colours;
    }

    private static XYSeries add(XYChart chart, String name, double[] x, double[] y, XYSeriesRenderStyle style,
            Color colour) {
        XYSeries series = chart.addSeries(name, x, y).setXYSeriesRenderStyle(style);
        series.setMarkerColor(colour);
        series.setLineColor(colour).setLineStyle(new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        return series;
    }

    private static void band(XYChart chart, Series.Band band, Color colour) {
        int n = band.x().length;
        double[] x = IntStream.range(0, 2 * n).mapToDouble(i -> band.x()[i < n ? i : 2 * n - 1 - i]).toArray();
        double[] y = IntStream.range(0, 2 * n).mapToDouble(i -> i < n ? band.high()[i] : band.low()[2 * n - 1 - i])
                .toArray();
        XYSeries series = add(chart, band.name() + ", band", x, y, XYSeriesRenderStyle.PolygonArea, colour);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(0)).setLineColor(clear(colour, 0));
        series.setFillColor(clear(colour, 56)).setShowInLegend(false);
    }

    /** One line round box, median and whiskers, so that all boxes of a series are one entry of the legend. */
    private static void boxes(XYChart chart, Series.Boxes boxes, Color colour) {
        for (int i = 0; i < boxes.x().length; i++) {
            double left = boxes.x()[i] - boxes.width() / 2;
            double middle = boxes.x()[i];
            double right = boxes.x()[i] + boxes.width() / 2;
            double[] p = boxes.percentiles()[i];
            double[] x = {middle, middle, left, left, right, left, left, right, right, middle, middle, middle, right,
                    right, middle};
            double[] y = {p[0], p[1], p[1], p[2], p[2], p[2], p[3], p[3], p[3], p[3], p[4], p[3], p[3], p[1], p[1]};
            XYSeries series = add(chart, i == 0 ? boxes.name() : boxes.name() + " " + i, x, y,
                    XYSeriesRenderStyle.Line, colour);
            series.setMarker(SeriesMarkers.NONE).setShowInLegend(i == 0);
        }
    }

    private static void bins(XYChart chart, Series.Bins bins, Color colour, boolean filled) {
        int n = bins.counts().length;
        // from the axis up, bin by bin to the right, and down to the axis
        double[] x = IntStream.range(0, n + 3).mapToDouble(i -> bins.edge(Math.clamp(i - 1, 0, n))).toArray();
        double[] y = IntStream.range(0, n + 3).mapToDouble(i -> i == 0 || i > n ? 0 : bins.counts()[i - 1]).toArray();
        XYSeries series = add(chart, bins.name(), x, y,
                filled ? XYSeriesRenderStyle.StepArea : XYSeriesRenderStyle.Step, colour);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(filled ? 1 : 1.6f)).setFillColor(clear(colour, 110));
    }

    private static DoubleStream x(Series series) {
        return switch (series) {
            case Series.Line line -> DoubleStream.of(line.x());
            case Series.Points points -> DoubleStream.of(points.x());
            case Series.Band band -> DoubleStream.of(band.x());
            case Series.Bins bins -> DoubleStream.of(bins.min(), bins.max());
            case Series.Boxes boxes -> DoubleStream.of(boxes.x())
                    .flatMap(x -> DoubleStream.of(x - boxes.width() / 2, x + boxes.width() / 2));
            case Series.HeatMap _ -> DoubleStream.empty();
        };
    }

    private static DoubleStream y(Series series) {
        return switch (series) {
            case Series.Line line -> DoubleStream.of(line.y());
            case Series.Points points -> DoubleStream.of(points.y());
            case Series.Band band -> DoubleStream.concat(DoubleStream.of(band.low()), DoubleStream.of(band.high()));
            case Series.Bins bins -> DoubleStream.of(bins.counts());
            case Series.Boxes boxes -> Arrays.stream(boxes.percentiles()).flatMapToDouble(DoubleStream::of);
            case Series.HeatMap _ -> DoubleStream.empty();
        };
    }

    /**
     * Leaves some room beyond the data at each end that was not set, and never makes an axis without length. XChart labels
     * what lies strictly between the ends, so that they stand a hair beyond the values set.
     */
    private static double[] ends(Figure.Axis axis, DoubleStream data) {
        boolean logarithmic = axis.kind() == Figure.Axis.Kind.LOGARITHMIC;
        DoubleUnaryOperator to = logarithmic ? Math::log10 : DoubleUnaryOperator.identity();
        DoubleUnaryOperator from = logarithmic ? exponent -> Math.pow(10, exponent) : DoubleUnaryOperator.identity();
        DoubleSummaryStatistics all = data.map(to).summaryStatistics();
        double low = axis.min().isPresent() ? to.applyAsDouble(axis.min().getAsDouble()) : all.getMin();
        double high = axis.max().isPresent() ? to.applyAsDouble(axis.max().getAsDouble()) : all.getMax();
        double length = high > low ? high - low : 1;
        double below = axis.min().isPresent() ? HAIR * length : MARGIN * length;
        double above = axis.max().isPresent() ? HAIR * length : MARGIN * length;
        return new double[]{from.applyAsDouble(low - below), from.applyAsDouble(high + above)};
    }

    /** XChart chooses steps of 1, 2 or 5 no shorter than this many pixels: on a whole axis, none shorter than 1. */
    private static int spacing(Figure.Axis axis, double[] ends, int pixels, int usual) {
        return axis.kind() == Figure.Axis.Kind.WHOLE
                ? Math.clamp((long) Math.ceil(pixels / (ends[1] - ends[0])), usual, pixels / 2)
                : usual;
    }

    private static Color clear(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
