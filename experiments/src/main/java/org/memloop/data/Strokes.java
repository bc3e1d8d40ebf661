package org.memloop.data;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Know how people write digits: for each a few ways, each a few strokes, each a polyline x, y, x, y in a unit square whose y
 * points down.
 */
final class Strokes {
    private static final int ARC_POINTS = 9;

    private static final List<double[][][]> WAYS = List.of(
            ways(way(arc(.5, .5, .45, .5, -90, 270)), way(arc(.5, .5, .32, .5, -60, 300))),
            ways(way(line(.5, 0, .5, 1)), way(line(.25, .25, .55, 0, .55, 1)),
                    way(line(.3, .22, .52, 0, .52, 1), line(.25, 1, .8, 1))),
            ways(way(join(arc(.5, .27, .42, .27, 190, 370), line(.05, 1, .95, 1))),
                    way(join(arc(.48, .25, .38, .25, 170, 405), line(.1, .9, .3, .82, .9, 1)))),
            ways(way(join(arc(.45, .26, .38, .26, 200, 440), arc(.45, .75, .45, .25, -80, 160))),
                    way(line(.1, 0, .85, 0, .45, .4), arc(.42, .7, .48, .3, -85, 155))),
            ways(way(line(.6, 0, .05, .65, .95, .65), line(.68, .35, .68, 1)),
                    way(line(.15, 0, .12, .5, .85, .5), line(.85, 0, .82, 1))),
            ways(way(line(.88, 0, .2, 0, .15, .45), arc(.42, .68, .48, .32, -120, 150)),
                    way(join(line(.2, .45), arc(.45, .7, .42, .3, -110, 170)), line(.22, .45, .25, .02, .85, 0))),
            ways(way(join(line(.75, 0, .4, .2, .15, .6), arc(.48, .72, .38, .28, 180, -180))),
                    way(join(line(.5, 0, .2, .4), arc(.5, .72, .42, .28, 200, -150)))),
            ways(way(line(.05, 0, .95, 0, .4, 1)), way(line(.1, .05, .9, 0, .5, 1), line(.3, .5, .85, .5))),
            ways(way(arc(.5, .26, .33, .26, -90, 270), arc(.5, .76, .42, .24, -90, 270)),
                    way(join(arc(.5, .25, .36, .25, -20, -270), arc(.5, .75, .4, .25, -90, 250), line(.8, .15)))),
            ways(way(arc(.48, .28, .38, .28, 0, 360), line(.86, .28, .8, .6, .65, 1)),
                    way(arc(.48, .28, .38, .28, 0, 360), join(line(.86, .25), arc(.45, .72, .4, .28, 0, 150)))));

    private Strokes() {}

    /** Choose one of the ways to write a digit. */
    static double[][] of(int digit, SplittableRandom random) {
        double[][][] ways = WAYS.get(digit);
        return ways[random.nextInt(ways.length)];
    }

    private static double[][][] ways(double[][]... ways) {
        return ways;
    }

    private static double[][] way(double[]... strokes) {
        return strokes;
    }

    private static double[] line(double... points) {
        return points;
    }

    /** Draw part of an ellipse; 0 degrees points right, 90 down. */
    private static double[] arc(double x, double y, double rx, double ry, double fromDegrees, double toDegrees) {
        double[] points = new double[2 * ARC_POINTS];
        for (int i = 0; i < ARC_POINTS; i++) {
            double angle = Math.toRadians(fromDegrees + (toDegrees - fromDegrees) * i / (ARC_POINTS - 1));
            points[2 * i] = x + rx * Math.cos(angle);
            points[2 * i + 1] = y + ry * Math.sin(angle);
        }
        return points;
    }

    private static double[] join(double[]... pieces) {
        return java.util.Arrays.stream(pieces).flatMapToDouble(java.util.Arrays::stream).toArray();
    }
}
