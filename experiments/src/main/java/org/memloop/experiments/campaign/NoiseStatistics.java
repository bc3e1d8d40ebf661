package org.memloop.experiments.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.memloop.calibration.Observation;

/** Say how noisy the readings of cells are, and which of them jump between two levels. */
final class NoiseStatistics {
    private static final int CELLS = 8;
    private static final double BIMODAL = 5.0 / 9;

    private NoiseStatistics() {}

    static String text(List<PassData> passes) {
        return passes.stream().flatMap(data -> data.trajectories(CELLS, one -> !one.measured().wears()).entrySet()
                .stream().map(cell -> "cell " + cell.getKey() + ": " + of(cell.getValue())))
                .collect(Collectors.joining("; ",
                        "Standard deviation over mean, correlation of a reading with the next, "
                                + "and whether the readings have two humps, as random telegraph noise makes them. ",
                        "."));
    }

    private static String of(List<Observation> readings) {
        double[] siemens = readings.stream().mapToDouble(Observation::siemens).toArray();
        double mean = Arrays.stream(siemens).average().orElse(0);
        double[] off = Arrays.stream(siemens).map(one -> one - mean).toArray();
        double variance = moment(off, 2);
        double lag = IntStream.range(1, off.length).mapToDouble(i -> off[i] * off[i - 1]).sum()
                / Math.max(1, off.length - 1) / Math.max(variance, Double.MIN_NORMAL);
        return String.format(Locale.ROOT, "%.2f %%, %.2f%s", 100 * Math.sqrt(variance) / Math.abs(mean), lag,
                twoHumps(off, variance) ? ", two humps" : "");
    }

    /** Sarle's coefficient (skewness squared plus 1, over kurtosis): above 5/9 a distribution is likely bimodal. */
    private static boolean twoHumps(double[] off, double variance) {
        double skewness = moment(off, 3) / Math.pow(variance, 1.5);
        double kurtosis = moment(off, 4) / (variance * variance);
        return variance > 0 && (skewness * skewness + 1) / kurtosis > BIMODAL;
    }

    private static double moment(double[] off, int power) {
        return Arrays.stream(off).map(one -> Math.pow(one, power)).sum() / Math.max(1, off.length);
    }
}
