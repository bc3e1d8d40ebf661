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
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/**
 * Draw figures with XChart in the style all of them share.
 *
 * <p>The colours of series are those of M. Okabe and K. Ito (Color Universal Design, 2008), the colours of heat maps go
 * from dark to light in even steps of perceived lightness in the manner of viridis (S. van der Walt and N. Smith, 2015);
 * both stay apart for colour-blind eyes.
 */
final class FigureStyle {
    private static final List<Color> VIRIDIS = colours(0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89,
            0x35b779, 0x6ece58, 0xb5de2b, 0xfde725);
    private static final Color INK = new Color(0x1c2733);
    private static final Color AXIS = new Color(0x8a97a3);
    private static final Color GRID = new Color(0xe3e8ed);
    private static final Font TEXT = new Font("DejaVu Sans", Font.PLAIN, 12);

    static final int WIDTH = 520;
    static final int HEIGHT = 320;
    private static final int HEADING = 26;
    private static final int CELL_PIXELS = 7;
    /** Longest side of a heat map whose cells are drawn smaller for it. */
    private static final int MAP_PIXELS = 900;
    private static final int MARK_PIXELS = 56;
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
        if (sheet.panels().stream().anyMatch(Diagram::isCrowded)) {
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
        return figure.series().getFirst() instanceof Series.HeatMap map ? heatMap(figure, map) : Diagram.of(figure);
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

    static void style(AxesChart<? extends AxesChartStyler, ?> chart, Figure figure) {
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

    static List<Color> colours(int... rgb) {
        return IntStream.of(rgb).mapToObj(Color::new).toList();
    }
}
