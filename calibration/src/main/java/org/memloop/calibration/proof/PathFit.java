package org.memloop.calibration.proof;

import java.util.ArrayList;
import java.util.List;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.lab.ResistorBoard;

/**
 * Find how high pulses really are and what lies in series with the cells, from readings of known resistors.
 *
 * <pre>
 *   I = offset + g V / (R + Rs)      so      V / (I - offset) = Rs / g + R / g
 * </pre>
 *
 * The straight line is fitted with the relative error of each resistance as its weight. The offset is the mean current of
 * cells that do not conduct.
 *
 * @param offsetAmps current read where none flows, amperes
 * @param openCells how many cells tell the offset; 0 when none does
 * @param gain volts that arrive for each volt asked for, the oscilloscope being right
 * @param seriesOhms resistance in series with every cell, ohms
 * @param worst relative difference of a resistor, read with these, from what the board says: the one farthest beyond noise
 * @param beyondNoise how much of it noise does not explain, five standard deviations being noise
 * @param worstCell the cell where it is
 * @param worstPolarity and the polarity
 * @param spread root mean square of those differences
 */
record PathFit(double offsetAmps, int openCells, double gain, double seriesOhms, double worst, double beyondNoise,
        int worstCell,
        Polarity worstPolarity, double spread) {

    private static final double NOISE_SIGMAS = 5;

    private record Point(int cell, Polarity polarity, double ohms, double ratio) {}

    static PathFit of(ResistorBoard board, BoardReadings readings) {
        double offset = 0;
        int open = 0;
        for (Polarity polarity : Polarity.values()) {
            for (int cell = 0; cell < board.geometry().cells(); cell++) {
                if (Double.isInfinite(board.ohms(cell, polarity))) {
                    offset += readings.amps(polarity)[cell];
                    open++;
                }
            }
        }
        offset = open == 0 ? 0 : offset / open;
        List<Point> points = points(board, readings, offset);
        double w = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (Point point : points) {
            double weight = 1 / (point.ratio * point.ratio);
            w += weight;
            x += weight * point.ohms;
            y += weight * point.ratio;
            xx += weight * point.ohms * point.ohms;
            xy += weight * point.ohms * point.ratio;
        }
        double slope = (w * xy - x * y) / (w * xx - x * x);
        double series = (y - slope * x) / w / slope;
        return judged(points, readings.noiseAmps() / readings.volts(), offset, open, 1 / slope, series);
    }

    private static List<Point> points(ResistorBoard board, BoardReadings readings, double offset) {
        List<Point> points = new ArrayList<>();
        for (Polarity polarity : Polarity.values()) {
            for (int cell = 0; cell < board.geometry().cells(); cell++) {
                double ohms = board.ohms(cell, polarity);
                double amps = readings.amps(polarity)[cell] - offset;
                if (!Double.isInfinite(ohms) && amps > 0) {
                    points.add(new Point(cell, polarity, ohms, readings.volts() / amps));
                }
            }
        }
        return points;
    }

    private static PathFit judged(List<Point> points, double noiseSiemens, double offset, int open, double gain,
            double series) {
        double sum = 0;
        double worst = 0;
        double beyond = Double.NEGATIVE_INFINITY;
        int worstCell = 0;
        Polarity worstPolarity = Polarity.SET;
        for (Point point : points) {
            double off = (point.ratio * gain - series) / point.ohms - 1;
            sum += off * off;
            double unexplained = Math.abs(off) - NOISE_SIGMAS * noiseSiemens * point.ratio;
            if (unexplained > beyond) {
                beyond = unexplained;
                worst = off;
                worstCell = point.cell;
                worstPolarity = point.polarity;
            }
        }
        return new PathFit(offset, open, gain, series, worst, Math.max(0, beyond), worstCell, worstPolarity,
                Math.sqrt(sum / Math.max(1, points.size())));
    }
}
