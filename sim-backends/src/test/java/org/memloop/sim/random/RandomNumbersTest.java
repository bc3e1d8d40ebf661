package org.memloop.sim.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomNumbersTest {
    private static final int MANY = 2_000_000;

    @Test
    void gaussianNumbersAreNormalOutIntoTheTail() {
        double[] x = new double[MANY];
        Arrays.setAll(x, i -> new CellRandom(CellRandom.event(5, i), 1).nextGaussian());
        Arrays.sort(x);
        // quantiles of the normal distribution and the density there; the last are beyond the outermost layer
        double[][] rows = {{0.5, 0, 0.398942}, {0.75, 0.674490, 0.317777}, {0.9, 1.281552, 0.175498},
                {0.99, 2.326348, 0.0266521}, {0.999, 3.090232, 0.00336709}, {0.9999, 3.719016, 3.95848e-4}};
        for (double[] row : rows) {
            double tolerance = 4.5 * Math.sqrt(row[0] * (1 - row[0]) / MANY) / row[2];
            assertEquals(row[1], x[(int) (row[0] * MANY)], tolerance, "quantile " + row[0]);
            assertEquals(-row[1], x[(int) ((1 - row[0]) * MANY)], tolerance, "quantile " + (1 - row[0]));
        }
        double variance = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
        double fourth = Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow();
        assertEquals(1, variance, 4.5 * Math.sqrt(2.0 / MANY));
        assertEquals(3, fourth, 4.5 * Math.sqrt(96.0 / MANY));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.7, 4, 11.9, 12.1, 40, 210})
    void poissonNumbersHaveThePoissonDistribution(double mean) {
        int draws = 400_000;
        int[] counts = new int[600];
        for (int i = 0; i < draws; i++) {
            counts[Poisson.draw(mean, CellRandom.event(11, i), 8)]++;
        }
        double probability = Math.exp(-mean);
        double chiSquare = 0;
        int freedom = -1;
        for (int n = 0; n < counts.length; n++) {
            double expected = draws * probability;
            if (expected > 10) {
                chiSquare += (counts[n] - expected) * (counts[n] - expected) / expected;
                freedom++;
            }
            probability *= mean / (n + 1);
        }
        assertEquals(freedom, chiSquare, 5 * Math.sqrt(2.0 * Math.max(1, freedom)));
    }

    @Test
    void factorialsAreRight() {
        double sum = 0;
        for (int n = 1; n < 500; n++) {
            sum += Math.log(n);
            assertEquals(sum, Poisson.logFactorial(n), 1e-8, n + "!");
        }
    }
}
