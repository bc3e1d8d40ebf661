package org.memloop.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draw figures with XChart in the style all of them share.
 *
 * <p>The colours of series are those of M. Okabe and K. Ito (Color Universal Design, 2008), the colours of heat maps go
 * from dark to light in even steps of perceived lightness in the manner of viridis (S. van der Walt and N. Smith, 2015);
 * both stay apart for colour-blind eyes.
 */
final class FigureStyle {
    private static final List<Color> SERIES = colours(0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00,
            0x4d4d4d);
    private static final List<Color> VIRIDIS = colours(0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89,
            0x35b779, 0x6ece58, 0xb5de2b, 0xfde725);
    private static final Color INK = new Color(0x1c2733);
    private static final Color AXIS = new Color(0x8a97a3);
    private static final Color GRID = new Color(0xe3e8ed);
    private static final Font TEXT = new Font("DejaVu Sans", Font.PLAIN, 12);

    private static final int WIDTH = 520;
    private static final int HEIGHT = 320;
    private static final int HEADING = 26;
    /** A figure of more series is a crowd: thin lines, no legend, pixels instead of a million outlines. */
    private static final int MOST_NAMES = 12;
    private static final int CELL_PIXELS = 7;
    /** Longest side of a heat map whose cells are drawn smaller for it. */
    private static final int MAP_PIXELS = 900;
    private static final int MARK_PIXELS = 56;
    /** Part of an axis that stays free beyond the data. */
    private static final double MARGIN = 0.03;
    private static final double HAIR = 1e-6;
    private static final double PNG_SCALE = 2;

    static {
        // without a cache file ImageIO needs no shutdown hook, so that a run stopped by Ctrl-C can still draw
        ImageIO.setUseCache(false);
    }

    private FigureStyle() {}

    static void measureText() {
        new TextLayout("0", TEXT, new FontRenderContext(null, true, false)).getBounds();
    }

    static String svg(Figure figure) {
        AxesChart<?, ?> chart = chart(figure);
        if (chart instanceof HeatMapChart) {
            return SvgText.picture(png(chart), chart.getWidth(), chart.getHeight(), figure.title());
        }
        return SvgText.of(graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()), chart.getWidth(),
                chart.getHeight(), figure.title());
    }

    static byte[] png(Figure figure) {
        return png(chart(figure));
    }

    static String svg(Sheet sheet) {
        if (sheet.panels().stream().anyMatch(panel -> colours(panel).size() > MOST_NAMES)) {
            return SvgText.picture(png(sheet), width(sheet), height(sheet), sheet.title());
        }
        return SvgText.of(graphics -> paint(sheet, graphics), width(sheet), height(sheet), sheet.title());
    }

    static byte[] png(Sheet sheet) {
        return png(graphics -> paint(sheet, graphics), width(sheet), height(sheet));
    }

    private static int width(Sheet sheet) {
        return WIDTH * Math.min(sheet.columns(), sheet.panels().size());
    }

    private static int height(Sheet sheet) {
        return (HEADING + HEIGHT) * Math.ceilDiv(sheet.panels().size(), sheet.columns());
    }

    private static void paint(Sheet sheet, Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(sheet), height(sheet));
        for (int panel = 0; panel < sheet.panels().size(); panel++) {
            Graphics2D place = (Graphics2D) graphics.create();
            place.translate(panel % sheet.columns() * WIDTH, panel / sheet.columns() * (HEADING + HEIGHT));
            place.setColor(INK);
            place.fill(new TextLayout(sheet.heading(panel), TEXT.deriveFont(Font.BOLD, 13f),
                    new FontRenderContext(null, true, false))
                    .getOutline(AffineTransform.getTranslateInstance(12, HEADING - 6)));
            place.translate(0, HEADING);
            chart(sheet.panels().get(panel)).paint(place, WIDTH, HEIGHT);
            place.dispose();
        }
    }

    private static byte[] png(AxesChart<?, ?> chart) {
        return png(graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()), chart.getWidth(),
                chart.getHeight());
    }

    private static byte[] png(Consumer<Graphics2D> drawing, int width, int height) {
        BufferedImage image = new BufferedImage((int) (PNG_SCALE * width), (int) (PNG_SCALE * height),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PNG_SCALE, PNG_SCALE);
        drawing.accept(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static AxesChart<?, ?> chart(Figure figure) {
        return figure.series().getFirst() instanceof Series.HeatMap map ? heatMap(figure, map) : diagram(figure);
    }

    // ---- lines, bands, points, bins ----

    private static XYChart diagram(Figure figure) {
        XYChart chart = new XYChart(WIDTH, HEIGHT, Styler.ChartTheme.XChart);
        style(chart, figure);
        AxesChartStyler styler = chart.getStyler();
        styler.setMarkerSize(5);
        int names = colours(figure).size();
        styler.setLegendVisible(names > 1 && names <= MOST_NAMES);
        double[] x = ends(figure.x(), figure.series().stream().flatMapToDouble(FigureStyle::x));
        double[] y = ends(figure.y(), figure.series().stream().flatMapToDouble(FigureStyle::y));
        styler.setXAxisMin(x[0]).setXAxisMax(x[1]).setYAxisMin(y[0]).setYAxisMax(y[1]);
        styler.setXAxisDecimalPattern(pattern(x)).setYAxisDecimalPattern(pattern(y));
        styler.setXAxisLogarithmic(figure.x().kind() == Figure.Axis.Kind.LOGARITHMIC);
        styler.setYAxisLogarithmic(figure.y().kind() == Figure.Axis.Kind.LOGARITHMIC);
        styler.setXAxisTickMarkSpacingHint(spacing(figure.x(), x, WIDTH, 60));
        styler.setYAxisTickMarkSpacingHint(spacing(figure.y(), y, HEIGHT, 40));
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
            case Series.Boxes boxes -> java.util.Arrays.stream(boxes.percentiles()).flatMapToDouble(DoubleStream::of);
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

    // ---- heat maps ----

    private static HeatMapChart heatMap(Figure figure, Series.HeatMap map) {
        int pixels = Math.clamp(MAP_PIXELS / Math.max(map.columns(), map.rows()), 1, CELL_PIXELS);
        HeatMapChart chart = new HeatMapChart(pixels * map.columns() + 150, pixels * map.rows() + 88,
                Styler.ChartTheme.XChart);
        chart.setTitle(map.name());
        style(chart, figure);
        chart.getStyler().setShowValue(false).setDrawBorder(false).setMin(map.low()).setMax(map.high())
                .setRangeColors(VIRIDIS.toArray(Color[]::new)).setGradientColorColumnWeight(14)
                .setGradientColorColumnHeight(pixels * map.rows() / 2);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendLayout(Styler.LegendLayout.Vertical);
        chart.getStyler().setAxisTicksMarksVisible(false).setPlotGridLinesVisible(false)
                .setXAxisMaxLabelCount(1 + Math.max(map.columns(), map.rows()));
        List<Number[]> cells = new ArrayList<>();
        IntStream.range(0, map.values().length).filter(cell -> map.known()[cell]).forEach(cell -> cells.add(
                new Number[]{cell % map.columns(), cell / map.columns(),
                        Math.clamp(map.values()[cell], map.low(), map.high())}));
        int every = Math.ceilDiv(MARK_PIXELS, 8 * pixels) * 8;
        chart.addSeries(map.name(), marks(map.columns(), map.side(), every), marks(map.rows(), map.side(), every),
                cells);
        return chart;
    }

    /** XChart puts a label at every cell or, when told to leave some out, beside the cell it means; so most are blank. */
    private static List<String> marks(int count, int side, int every) {
        return IntStream.range(0, count).mapToObj(i -> i % every == 0 ? String.valueOf(i * side) : " ").toList();
    }

    // ---- what all share ----

    private static void style(AxesChart<? extends AxesChartStyler, ?> chart, Figure figure) {
        chart.setXAxisTitle(figure.x().label());
        chart.setYAxisTitle(figure.y().label());
        AxesChartStyler styler = chart.getStyler();
        styler.setBaseFont(TEXT).setChartTitleVisible(chart.getTitle() != null).setChartTitleFont(TEXT)
                .setChartTitleBoxVisible(false)
                .setChartPadding(6).setPlotContentSize(1)
                .setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false)
                .setChartFontColor(INK).setLocale(Locale.ROOT)
                .setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE).setLegendBackgroundColor(Color.WHITE).setLegendFont(TEXT)
                .setLegendPadding(7).setLegendSeriesLineLength(18);
        styler.setAxisTitleFont(TEXT.deriveFont(13f)).setAxisTickLabelsFont(TEXT).setAxisTickLabelsColor(INK)
                .setAxisTickMarksColor(AXIS).setAxisTickMarksStroke(new BasicStroke(0.8f)).setAxisTickMarkLength(4)
                .setPlotMargin(0).setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(0.8f));
    }

    private static List<Color> colours(int... rgb) {
        return IntStream.of(rgb).mapToObj(Color::new).toList();
    }

    private static Color clear(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
