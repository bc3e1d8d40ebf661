package org.memloop.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DiscretizerTest {
    private static final float[] WANTED = {0.5f, 0.6f, -0.5f, -0.6f, 0, 1.7f, -1.7f, 9f};

    private static int[] pulses(Discretizer discretizer, float... wanted) {
        int[] pulses = new int[wanted.length];
        boolean any = discretizer.discretize(0, 0, wanted, wanted.length, pulses);
        assertEquals(Arrays.stream(pulses).anyMatch(pulse -> pulse != 0), any);
        return pulses;
    }

    @Test
    void theTernaryThresholdIsStrict() {
        assertArrayEquals(new int[]{0, 1, 0, -1, 0, 1, -1, 1}, pulses(Discretizer.ternary(0.5), WANTED));
        assertArrayEquals(new int[]{0, 3, 0, -3, 0, 3, -3, 3}, pulses(Discretizer.ternary(0.5, 3), WANTED));
        assertArrayEquals(new int[8], pulses(Discretizer.ternary(0), new float[8]));
        assertThrows(IllegalArgumentException.class, () -> Discretizer.ternary(0.5, 0));
        assertThrows(IllegalArgumentException.class, () -> Discretizer.ternary(-1));
    }

    @Test
    void quantizedTrainsAreWholeThetasUpToTheMost() {
        assertArrayEquals(new int[]{1, 1, -1, -1, 0, 3, -3, 9}, pulses(Discretizer.quantized(0.5, 9), WANTED));
        assertEquals(9, Discretizer.quantized(0.5, 9).most());
        assertThrows(IllegalArgumentException.class, () -> Discretizer.quantized(0, 9));
        assertThrows(IllegalArgumentException.class, () -> Discretizer.quantized(0.5, 128));
    }

    @Test
    void probableUpdatesHappenAsOftenAsTheyShould() {
        Discretizer discretizer = Discretizer.probabilistic(1, new Seed(3));
        int count = 80_000;
        for (float p : new float[]{-1.5f, -1, -0.7f, -0.1f, 0.001f, 0.3f, 0.95f, 1}) {
            float[] wanted = new float[count];
            Arrays.fill(wanted, p);
            int[] pulses = pulses(discretizer, wanted);
            long fired = Arrays.stream(pulses).filter(pulse -> pulse == Math.signum(p)).count();
            assertEquals(fired, Arrays.stream(pulses).filter(pulse -> pulse != 0).count(), "of one sign");
            double expected = Math.min(1, Math.abs(p));
            double sigma = Math.sqrt(expected * (1 - expected) / count);
            assertEquals(expected, (double) fired / count, 4 * sigma, "p = " + p);
        }
        assertFalse(discretizer.discretize(0, 0, new float[8], 8, new int[8]));
        assertThrows(IllegalArgumentException.class, () -> Discretizer.probabilistic(0, new Seed(3)));
    }

    @Test
    void drawsAndNeighboursAreIndependent() {
        Discretizer discretizer = Discretizer.probabilistic(1, new Seed(4));
        int count = 40_000;
        float[] wanted = new float[count];
        Arrays.fill(wanted, 0.5f);
        int[] first = pulses(discretizer, wanted);
        int[] second = new int[count];
        discretizer.discretize(1, 0, wanted, count, second);
        int together = 0;
        int neighbours = 0;
        for (int i = 1; i < count; i++) {
            together += first[i] & second[i];
            neighbours += first[i] & first[i - 1];
        }
        double sigma = Math.sqrt(3.0 / 16 / count);
        assertEquals(0.25, (double) together / count, 5 * sigma);
        assertEquals(0.25, (double) neighbours / count, 5 * sigma);
    }

    @Test
    void aDrawDoesNotDependOnHowItIsCut() {
        Discretizer discretizer = Discretizer.probabilistic(1, new Seed(5));
        float[] wanted = new float[64];
        Arrays.fill(wanted, 0.5f);
        int[] whole = pulses(discretizer, wanted);
        int[] part = new int[24];
        discretizer.discretize(0, 40, wanted, 24, part);
        assertArrayEquals(Arrays.copyOfRange(whole, 40, 64), part);
        assertTrue(Arrays.stream(whole).sum() > 10);
    }
}
