package org.memloop.experiments.thesis;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Sum up what several seeds gave.
 *
 * @param mean their mean
 * @param deviation their standard deviation with n - 1; 0 for one seed
 * @param count how many there were, at least 1
 */
record Spread(double mean, double deviation, int count) {
    static Spread of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no mean");
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)), values.length);
    }

    /** Writes mean and deviation with as many digits behind the point; one seed has no deviation. */
    String text(int digits) {
        String number = "%,." + digits + "f";
        return String.format(Locale.ROOT, count == 1 ? number : number + " ± " + number, mean, deviation);
    }
}
