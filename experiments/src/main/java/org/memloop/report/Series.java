package org.memloop.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.Histogram;

/** Hold what a {@link Figure} shows: numbers under a name. Arrays are not copied. */
public sealed interface Series {
    /** {@return what the legend calls it; for a heat map the quantity with its unit} */
    String name();

    /**
     * Join points with a line.
     *
     * @param name what the legend calls it
     * @param x where, in the unit of the horizontal axis
     * @param y how much, in the unit of the vertical axis
     */
    record Line(String name, double[] x, double[] y) implements Series {
        /** Refuse columns of different length. */
        public Line {
            requireEqual(name, x.length, y.length);
        }
    }

    /**
     * Shade what lies between two curves, in the colour of the line of the same name and without an entry of its own in the
     * legend.
     *
     * @param name the line it belongs to
     * @param x where, in the unit of the horizontal axis
     * @param low lower curve, in the unit of the vertical axis
     * @param high upper curve, in the unit of the vertical axis
     */
    record Band(String name, double[] x, double[] low, double[] high) implements Series {
        /** Refuse columns of different length. */
        public Band {
            requireEqual(name, x.length, low.length, high.length);
        }

        /**
         * Shade one standard deviation to both sides of a mean.
         *
         * @param name the line it belongs to
         * @param x where, in the unit of the horizontal axis
         * @param mean the means, in the unit of the vertical axis
         * @param deviation the standard deviations, in the same unit
         * @return the band
         */
        public static Band around(String name, double[] x, double[] mean, double[] deviation) {
            requireEqual(name, x.length, mean.length, deviation.length);
            return new Band(name, x, combine(mean, deviation, -1), combine(mean, deviation, 1));
        }

        private static double[] combine(double[] mean, double[] deviation, int sign) {
            return IntStream.range(0, mean.length).mapToDouble(i -> mean[i] + sign * deviation[i]).toArray();
        }
    }

    /**
     * Mark points without joining them.
     *
     * @param name what the legend calls it
     * @param x where, in the unit of the horizontal axis
     * @param y how much, in the unit of the vertical axis
     */
    record Points(String name, double[] x, double[] y) implements Series {
        /** Refuse columns of different length. */
        public Points {
            requireEqual(name, x.length, y.length);
        }
    }

    /**
     * Draw boxes: from the lower to the upper quartile with a line at the median, and whiskers to the 5th and 95th
     * percentile.
     *
     * @param name what the legend calls them
     * @param x where each box stands, in the unit of the horizontal axis
     * @param percentiles the 5th, 25th, 50th, 75th and 95th percentile of each box, in the unit of the vertical axis
     * @param width how wide a box is, in the unit of the horizontal axis
     */
    record Boxes(String name, double[] x, double[][] percentiles, double width) implements Series {
        /** Refuse columns of different length. */
        public Boxes {
            requireEqual(name, x.length, percentiles.length);
        }

        /**
         * Summarize values.
         *
         * @param name what the legend calls it
         * @param x where each box stands
         * @param values those of each box, at least one
         * @param width how wide a box is
         * @return the boxes
         */
        public static Boxes of(String name, double[] x, double[][] values, double width) {
            return new Boxes(name, x, Arrays.stream(values).map(Boxes::percentiles).toArray(double[][]::new), width);
        }

        private static double[] percentiles(double[] values) {
            double[] sorted = Arrays.stream(values).sorted().toArray();
            return Arrays.stream(new double[]{0.05, 0.25, 0.5, 0.75, 0.95})
                    .map(share -> sorted[(int) Math.round(share * (sorted.length - 1))]).toArray();
        }
    }

    /**
     * Show counts in bins of equal width. The first of a figure is filled, those after it are drawn as outlines over it.
     *
     * @param name what the legend calls it
     * @param min lower end of the first bin
     * @param max upper end of the last bin, which belongs to it
     * @param counts values in each bin, at least one bin
     */
    record Bins(String name, double min, double max, double[] counts) implements Series {
        /** Refuse bins without a width. */
        public Bins {
            if (counts.length == 0 || !(max > min)) {
                throw new IllegalArgumentException(
                        name + ": a histogram needs bins between two different ends, not " + counts.length
                                + " from " + min + " to " + max);
            }
        }

        /**
         * Count values. Those outside of the two ends are left out.
         *
         * @param name what the legend calls it
         * @param values what to count
         * @param min lower end of the first bin
         * @param max upper end of the last bin, which belongs to it
         * @param bins how many bins, at least 1
         * @return the counts
         */
        public static Bins of(String name, double[] values, double min, double max, int bins) {
            if (values.length == 0) { // XChart refuses to count nothing
                return new Bins(name, min, max, new double[bins]);
            }
            Histogram histogram = new Histogram(Arrays.stream(values).boxed().toList(), bins, min, max);
            return new Bins(name, min, max,
                    histogram.getyAxisData().stream().mapToDouble(Double::doubleValue).toArray());
        }

        double edge(int bin) {
            return min + (max - min) * bin / counts.length;
        }
    }

    /**
     * Colour the cells of a lattice; the figure shows nothing else. Values beyond the ends of the colours take the colour of
     * the end, and unknown cells stay white.
     *
     * @param name the quantity with its unit
     * @param columns cells side by side; cell {@code x + columns * y} lies at {@code x}, {@code y}, from the lower left
     * @param values how much, one for each cell
     * @param known whether the value of a cell means anything
     * @param low where the colours begin
     * @param high where the colours end
     * @param side how many cells of an array one cell of the lattice stands for, along each of its sides
     */
    record HeatMap(String name, int columns, double[] values, boolean[] known, double low, double high, int side)
            implements
                Series {
        /** Cells side by side, or one above the other, of a lattice that a page can bear. */
        private static final int MOST = 256;

        /**
         * Colour every cell by itself.
         *
         * @param name the quantity with its unit
         * @param columns cells side by side
         * @param values how much, one for each cell
         * @param known whether the value of a cell means anything
         * @param low where the colours begin
         * @param high where the colours end
         */
        public HeatMap(String name, int columns, double[] values, boolean[] known, double low, double high) {
            this(name, columns, values, known, low, high, 1);
        }

        /**
         * Colour the cells of an array, from 0 to a round number that at most one known cell in 200 exceeds: a shorted cell
         * darkens no others. Of an array with more than 256 rows or columns, square blocks of cells are shown, each with the
         * mean of its known cells.
         *
         * @param name the quantity with its unit
         * @param columns cells side by side
         * @param values how much, one for each cell, not negative
         * @param known whether the value of a cell means anything
         * @return the map
         */
        public static HeatMap of(String name, int columns, double[] values, boolean[] known) {
            int rows = values.length / columns;
            int side = Math.ceilDiv(Math.max(rows, columns), MOST);
            int across = Math.ceilDiv(columns, side);
            double[] means = new double[across * Math.ceilDiv(rows, side)];
            int[] counts = new int[means.length];
            for (int cell = 0; cell < values.length; cell++) {
                if (known[cell]) {
                    int block = cell % columns / side + across * (cell / columns / side);
                    // a mean that moves: of one cell it is the cell's value itself
                    means[block] += (values[cell] - means[block]) / ++counts[block];
                }
            }
            boolean[] shown = new boolean[means.length];
            IntStream.range(0, shown.length).forEach(block -> shown[block] = counts[block] > 0);
            double[] sorted = IntStream.range(0, means.length).filter(block -> shown[block])
                    .mapToDouble(block -> means[block]).sorted().toArray();
            double high = sorted.length == 0 ? 1 : Math.max(1, sorted[(int) Math.ceil((sorted.length - 1) * 0.995)]);
            return new HeatMap(name, across, means, shown, 0,
                    new BigDecimal(high).round(new MathContext(2, RoundingMode.CEILING)).doubleValue(), side);
        }

        /** Refuse a lattice that is not filled. */
        public HeatMap {
            requireEqual(name, values.length, known.length);
            if (columns < 1 || side < 1 || values.length == 0 || values.length % columns != 0 || !(high > low)) {
                throw new IllegalArgumentException(name + ": " + values.length + " values in " + columns
                        + " columns, coloured from " + low + " to " + high + ", make no heat map");
            }
        }

        int rows() {
            return values.length / columns;
        }
    }

    private static void requireEqual(String name, int... lengths) {
        if (Arrays.stream(lengths).distinct().count() != 1) {
            throw new IllegalArgumentException(name + ": columns of one length are needed, not "
                    + Arrays.toString(lengths));
        }
    }
}
