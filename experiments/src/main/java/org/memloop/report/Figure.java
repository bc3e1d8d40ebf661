package org.memloop.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Describe a figure: what it shows, against which axes. All figures are drawn in one style,
 * by XChart.
 *
 * @param title what a screen reader and a file name call it; it is not drawn, a caption says it
 * @param x horizontal axis
 * @param y vertical axis
 * @param series what it shows: one heat map, or any number of the others; those later in the list lie on top
 */
public record Figure(String title, Axis x, Axis y, List<Series> series) {
    /** Refuse a figure that shows nothing, and a heat map among others. */
    public Figure {
        series = List.copyOf(series);
        if (series.isEmpty() || series.size() > 1 && series.stream().anyMatch(Series.HeatMap.class::isInstance)) {
            throw new IllegalArgumentException("a figure shows one heat map, or at least one other series");
        }
    }

    /**
     * Describe an axis. Ends that are not set are found from the data.
     *
     * @param label quantity with its unit, for example {@code conductance (µS)}
     * @param min where it begins
     * @param max where it ends
     * @param kind how values are laid out along it
     */
    public record Axis(String label, OptionalDouble min, OptionalDouble max, Kind kind) {
        /** Say how values are laid out along an axis. */
        public enum Kind {
            /** In proportion. */
            LINEAR,
            /** In proportion, with marks at whole numbers only. */
            WHOLE,
            /** In proportion to their logarithm; all values are above 0. */
            LOGARITHMIC
        }

        /**
         * Begin with a linear axis that fits the data.
         *
         * @param label quantity with its unit
         * @return the axis
         */
        public static Axis of(String label) {
            return new Axis(label, OptionalDouble.empty(), OptionalDouble.empty(), Kind.LINEAR);
        }

        /**
         * Set where the axis begins.
         *
         * @param value in the axis's unit
         * @return otherwise the same axis
         */
        public Axis from(double value) {
            return new Axis(label, OptionalDouble.of(value), max, kind);
        }

        /**
         * Set where the axis ends.
         *
         * @param value in the axis's unit
         * @return otherwise the same axis
         */
        public Axis to(double value) {
            return new Axis(label, min, OptionalDouble.of(value), kind);
        }

        /**
         * Lay out the values in another way.
         *
         * @param layout how
         * @return otherwise the same axis
         */
        public Axis as(Kind layout) {
            return new Axis(label, min, max, layout);
        }
    }

    /**
     * Draw it as SVG that can stand inside a page: one element, without a prologue, letters as outlines, as wide as the
     * page lets it be.
     *
     * @return the element
     * @throws FontsException when this computer has no fonts to draw with
     */
    public String svg() {
        FontsException.requireFonts(FigureStyle::measureText);
        return FigureStyle.svg(this);
    }

    /**
     * Draw it as a PNG image, two pixels for each point.
     *
     * @return the content of the file
     * @throws FontsException when this computer has no fonts to draw with
     */
    public byte[] png() {
        FontsException.requireFonts(FigureStyle::measureText);
        return FigureStyle.png(this);
    }

    /**
     * Write its numbers as text (RFC 4180): a header, then a line for each point. A band has two series, {@code name, low}
     * and {@code name, high}; a bin and a block of cells stand at their lower end; unknown cells of a heat map are left out.
     *
     * @return the lines
     */
    public String csv() {
        StringBuilder lines = new StringBuilder();
        line(lines, series.getFirst() instanceof Series.HeatMap map
                ? List.of(x.label(), y.label(), map.name())
                : List.of("series", x.label(), y.label()));
        series.forEach(one -> points(lines, one));
        return lines.toString();
    }

    private static void points(StringBuilder lines, Series series) {
        switch (series) {
            case Series.Line(String name, double[] x, double[] y) -> points(lines, name, x, y);
            case Series.Points(String name, double[] x, double[] y) -> points(lines, name, x, y);
            case Series.Band(String name, double[] x, double[] low, double[] high) -> {
                points(lines, name + ", low", x, low);
                points(lines, name + ", high", x, high);
            }
            case Series.Boxes(String name, double[] x, double[][] percentiles, _) -> {
                for (int i = 0; i < x.length; i++) {
                    double[] same = new double[percentiles[i].length];
                    java.util.Arrays.fill(same, x[i]);
                    points(lines, name, same, percentiles[i]);
                }
            }
            case Series.Bins bins ->
                points(lines, bins.name(), IntStream.range(0, bins.counts().length).mapToDouble(bins::edge).toArray(),
                        bins.counts());
            case Series.HeatMap map -> IntStream.range(0, map.values().length).filter(cell -> map.known()[cell])
                    .forEach(cell -> line(lines,
                            List.of(map.side() * (cell % map.columns()), map.side() * (cell / map.columns()),
                                    map.values()[cell])));
        }
    }

    private static void points(StringBuilder lines, String name, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            line(lines, List.of(name, x[i], y[i]));
        }
    }

    private static void line(StringBuilder lines, List<?> fields) {
        lines.append(fields.stream().map(field -> quoted(field.toString())).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String quoted(String field) {
        return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
