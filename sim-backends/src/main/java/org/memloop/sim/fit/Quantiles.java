package org.memloop.sim.fit;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Hold numbers in order. */
final class Quantiles {
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

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    double deviation() {
        double mean = mean();
        return Math.sqrt(Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
    }
}
