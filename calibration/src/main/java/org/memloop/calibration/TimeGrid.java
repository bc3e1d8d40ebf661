package org.memloop.calibration;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Space moments evenly on a logarithmic scale. */
final class TimeGrid {
    private TimeGrid() {}

    static double[] of(double firstSeconds, double lastSeconds, int pointsPerDecade) {
        Require.that(firstSeconds > 0 && lastSeconds >= firstSeconds && pointsPerDecade >= 1,
                "a grid of times goes up from more than 0 s, with at least one point in a decade");
        int last = (int) Math.round(pointsPerDecade * Math.log10(lastSeconds / firstSeconds));
        return DoubleStream.concat(
                IntStream.range(0, last).mapToDouble(i -> firstSeconds * Math.pow(10, (double) i / pointsPerDecade)),
                DoubleStream.of(lastSeconds)).toArray();
    }
}
