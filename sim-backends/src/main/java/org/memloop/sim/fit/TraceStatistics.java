package org.memloop.sim.fit;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.memloop.sim.fit.Measured.Trace;

/** Tell how readings one after the other fluctuate. */
final class TraceStatistics {
    private TraceStatistics() {}

    /** {@return what the median of some traces shows} */
    static double median(List<Trace> traces, ToDoubleFunction<double[]> statistic) {
        return new Quantiles(traces.stream().map(Trace::siemens).mapToDouble(statistic)).median();
    }

    /** {@return standard deviation over mean} */
    static double deviation(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow()) / mean;
    }

    /** {@return how readings are correlated with those some places later} */
    static double correlation(double[] x, int lag) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (int i = 0; i < x.length; i++) {
            alone += (x[i] - mean) * (x[i] - mean);
            together += i + lag < x.length ? (x[i] - mean) * (x[i + lag] - mean) : 0;
        }
        return together / alone;
    }

    /** {@return how the numbers of pairs are correlated} */
    static double correlation(List<double[]> pairs) {
        double first = pairs.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double second = pairs.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double both = 0;
        double one = 0;
        double other = 0;
        for (double[] p : pairs) {
            both += (p[0] - first) * (p[1] - second);
            one += (p[0] - first) * (p[0] - first);
            other += (p[1] - second) * (p[1] - second);
        }
        return both / Math.sqrt(one * other);
    }
}
