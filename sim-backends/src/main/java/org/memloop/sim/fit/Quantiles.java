package org.memloop.sim.fit;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Hold numbers in order. */
final class Quantiles {
    private static final double NEIGHBOURS = 0.05;

    private final double[] sorted;

    Quantiles(DoubleStream numbers) {
        sorted = numbers.sorted().toArray();
    }

    int count() {
        return sorted.length;
    }

    double[] sorted() {
        return sorted.clone();
    }

    /** {@return the number below which a share of the numbers lies, interpolated between two of them} */
    double at(double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    double median() {
        return at(0.5);
    }

    /** {@return the share of numbers below a limit} */
    double below(double limit) {
        int at = Arrays.binarySearch(sorted, limit);
        int first = at < 0 ? -at - 1 : at;
        while (first > 0 && sorted[first - 1] == limit) {
            first--;
        }
        return (double) first / sorted.length;
    }

    /** {@return the standard error of a quantile: how far that of as many other cells may be off} */
    double error(double share) {
        double deviation = Math.sqrt(share * (1 - share) / sorted.length);
        // the slope is that of the numbers around, of at least a tenth of them: a few alone lie together by chance
        double aside = Math.max(deviation, NEIGHBOURS);
        double low = Math.max(0, share - aside);
        double high = Math.min(1, share + aside);
        return deviation * (at(high) - at(low)) / (high - low);
    }

    /** {@return the standard error of a share of all numbers, which is hardly known where it is near 0 or 1} */
    double shareError(double share) {
        double likely = (share * sorted.length + 1) / (sorted.length + 2);
        return Math.sqrt(likely * (1 - likely) / sorted.length);
    }

    /** {@return the standard error of the mean} */
    double meanError() {
        return deviation() / Math.sqrt(sorted.length);
    }

    /** {@return the standard error of the standard deviation, which tails make large} */
    double deviationError() {
        double mean = mean();
        double square = deviation() * deviation();
        double fourth = Arrays.stream(sorted).map(x -> Math.pow(x - mean, 4)).average().orElseThrow();
        return Math.sqrt(Math.max(0, fourth - square * square) / (4 * square * sorted.length));
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    double deviation() {
        double mean = mean();
        return Math.sqrt(Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }
}
