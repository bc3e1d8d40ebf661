package org.memloop.sim.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalsTest {
    private static final int EVENTS = 150_000;
    private static final int EACH = 9;

    private final Normals normals = new Normals(EVENTS, EACH);
    private final int[] low = new SplittableRandom(1).ints(EVENTS).toArray();
    private final int[] high = new SplittableRandom(2).ints(EVENTS).toArray();

    @Test
    void areDistributedNormally() {
        normals.draw(low, high, EVENTS);
        double[] all = new double[EVENTS * EACH];
        for (int i = 0; i < all.length; i++) {
            all[i] = normals.get(i % EACH, i / EACH);
        }
        for (int power = 1; power <= 6; power++) {
            int p = power;
            double moment = Arrays.stream(all).map(z -> Math.pow(z, p)).average().orElseThrow();
            double[] expected = {0, 0, 1, 0, 3, 0, 15};
            double[] squares = {1, 1, 3, 15, 105, 945, 10_395};
            assertEquals(expected[p], moment, 4.5 * Math.sqrt(squares[p] / all.length) + 1e-3 * expected[p],
                    "moment " + p);
        }
        Arrays.sort(all);
        NormalDistribution normal = new NormalDistribution();
        double apart = 0;
        for (int i = 0; i < all.length; i += 97) {
            apart = Math.max(apart, Math.abs(normal.cumulativeProbability(all[i]) - (i + 0.5) / all.length));
        }
        assertTrue(apart < 2e-4 + 1.6 / Math.sqrt(all.length), "apart by " + apart);
        for (double tail : new double[]{3, 4}) {
            double share = Arrays.stream(all).filter(z -> Math.abs(z) > tail).count() / (double) all.length;
            double expected = 2 * normal.cumulativeProbability(-tail);
            assertEquals(expected, share, 0.1 * expected + 4.5 * Math.sqrt(expected / all.length), "beyond " + tail);
        }
    }

    @Test
    void knowNothingOfOneAnother() {
        int[] counted = new int[EVENTS];
        Arrays.setAll(counted, i -> i);
        for (int[] bits : new int[][]{low, counted}) {
            normals.draw(bits, high, EVENTS);
            for (int a = 0; a < EACH; a++) {
                for (int b = 0; b < EACH; b++) {
                    double same = 0;
                    double next = 0;
                    for (int i = 1; i < EVENTS; i++) {
                        same += (double) normals.get(a, i) * normals.get(b, i) / EVENTS;
                        next += (double) normals.get(a, i - 1) * normals.get(b, i) / EVENTS;
                    }
                    assertEquals(a == b ? 1 : 0, same, 5 * Math.sqrt(2.0 / EVENTS), a + " and " + b);
                    assertEquals(0, next, 5 / Math.sqrt(EVENTS), a + " and next " + b);
                }
            }
        }
    }

    @Test
    void dependOnTheBitsOfTheirEventAlone() {
        normals.draw(low, high, EVENTS);
        Normals one = new Normals(3, EACH);
        for (int event : new int[]{0, 17, EVENTS - 1}) {
            one.draw(new int[]{5, low[event]}, new int[]{6, high[event]}, 2);
            for (int k = 0; k < EACH; k++) {
                assertEquals(normals.get(k, event), one.get(k, 1));
            }
        }
    }
}
