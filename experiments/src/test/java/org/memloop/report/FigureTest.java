package org.memloop.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.report.Figure.Axis;
import org.xml.sax.InputSource;

class FigureTest {
    private static final double[] X = {1, 2, 3, 4};
    private static final Figure MEAN = new Figure("R&D's mean", Axis.of("epoch").as(Axis.Kind.WHOLE),
            Axis.of("accuracy (%)"),
            List.of(Series.Band.around("linear", X, new double[]{50, 60, 70, 72}, new double[]{4, 3, 2, 1}),
                    new Series.Line("linear", X, new double[]{50, 60, 70, 72})));
    private static final Figure SCATTER = new Figure("Scatter", Axis.of("width (s)").as(Axis.Kind.LOGARITHMIC),
            Axis.of("change (\u00b5S)"),
            List.of(new Series.Points("cells", new double[]{1e-6, 1e-4}, new double[]{1, 9})));
    private static final Figure COUNTS = new Figure("Counts", Axis.of("pulses").from(0), Axis.of("devices").from(0),
            List.of(Series.Bins.of("after", new double[]{0, 1, 1, 4, 9}, 0, 4, 2),
                    Series.Bins.of("before", new double[]{0, 3}, 0, 4, 2)));
    private static final Figure MAP = new Figure("Map", Axis.of("row"), Axis.of("column"), List.of(new Series.HeatMap(
            "g (\u00b5S)", 3, new double[]{0, 1, 2, 3, 4, 500}, new boolean[]{true, true, false, true, true, true}, 0,
            5)));

    static Stream<Figure> every() {
        return Stream.of(MEAN, SCATTER, COUNTS, MAP,
                new Figure("One point", Axis.of("x").as(Axis.Kind.WHOLE), Axis.of("y"),
                        List.of(new Series.Line("a", new double[]{1}, new double[]{5}))),
                new Figure("Nothing counted", Axis.of("x"), Axis.of("y").from(0),
                        List.of(Series.Bins.of("a", new double[0], 0, 1, 4))));
    }

    @ParameterizedTest
    @MethodSource("every")
    void an_svg_is_one_element_that_names_the_figure(Figure figure) throws Exception {
        String svg = figure.svg();
        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))).getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertEquals(figure.title(), root.getAttribute("aria-label"));
        String text = svg.replaceAll("base64,[^\"]*\"", "").replaceAll("xmlns(:\\\\w+)?=\"[^\"]*\"", "");
        assertFalse(text.contains("NaN") || text.contains("Infinity") || text.contains("http"));
        assertEquals(svg, figure.svg(), "the same figure is the same text");
    }

    @ParameterizedTest
    @MethodSource("every")
    void a_png_has_two_pixels_for_each_point(Figure figure) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(figure.png()));
        String[] box = figure.svg().split("viewBox=\"")[1].split("\"")[0].split(" ");
        assertEquals(2 * Double.parseDouble(box[2]), image.getWidth());
        assertEquals(2 * Double.parseDouble(box[3]), image.getHeight());
        assertEquals(0xffffffff, image.getRGB(1, 1));
    }

    @Test
    void clips_of_two_figures_have_different_names() {
        Pattern clip = Pattern.compile("id=\"(clip[^\"]*)\"");
        var one = clip.matcher(MEAN.svg());
        var other = clip.matcher(COUNTS.svg());
        assertTrue(one.find() && other.find());
        assertNotEquals(one.group(1), other.group(1));
        assertTrue(MEAN.svg().contains("url(#" + one.group(1) + ")"));
    }

    @Test
    void a_value_beyond_the_end_of_the_colours_takes_the_last() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(MAP.png()));
        List<Integer> colours = Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0,
                image.getWidth())).map(rgb -> rgb & 0xffffff).boxed().toList();
        assertTrue(colours.contains(0x440154), "the first colour");
        assertTrue(colours.contains(0xfde725), "the last colour");
    }

    @Test
    void counts_are_those_of_the_values_inside() {
        Series.Bins bins = (Series.Bins) COUNTS.series().getFirst();
        assertArrayEquals(new double[]{3, 1}, bins.counts());
    }

    @Test
    void a_csv_has_a_line_for_each_point() {
        assertEquals("series,pulses,devices\r\nafter,0.0,3.0\r\nafter,2.0,1.0\r\nbefore,0.0,1.0\r\nbefore,2.0,1.0\r\n",
                COUNTS.csv());
        assertTrue(MEAN.csv().startsWith("series,epoch,accuracy (%)\r\n\"linear, low\",1.0,46.0\r\n"), MEAN.csv());
        assertEquals(1 + 12, MEAN.csv().lines().count());
        assertEquals("row,column,g (\u00b5S)\r\n0,0,0.0\r\n1,0,1.0\r\n0,1,3.0\r\n1,1,4.0\r\n2,1,500.0\r\n", MAP.csv());
    }

    @Test
    void what_shows_nothing_is_refused() {
        Axis axis = Axis.of("x");
        assertThrows(IllegalArgumentException.class, () -> new Figure("t", axis, axis, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Figure("t", axis, axis,
                List.of(MAP.series().getFirst(), COUNTS.series().getFirst())));
        assertThrows(IllegalArgumentException.class, () -> new Series.Line("a", X, new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new Series.Bins("a", 1, 1, X));
        assertThrows(IllegalArgumentException.class,
                () -> new Series.HeatMap("a", 3, X, new boolean[4], 0, 1));
    }

    static Stream<Throwable> failures_of_a_computer_without_fonts() {
        return Stream.of(new InternalError("java.lang.reflect.InvocationTargetException"),
                new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration"),
                new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"),
                new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager"));
    }

    @ParameterizedTest
    @MethodSource("failures_of_a_computer_without_fonts")
    void a_computer_without_fonts_is_told_what_to_install(Throwable failure) {
        FontsException told = assertThrows(FontsException.class, () -> FontsException.requireFonts(() -> {
            switch (failure) {
                case Error e -> throw e;
                default -> throw (RuntimeException) failure;
            }
        }));
        assertTrue(told.getMessage().contains("fontconfig") && told.getMessage().lines().count() == 1);
        assertEquals(failure, told.getCause());
    }
}
