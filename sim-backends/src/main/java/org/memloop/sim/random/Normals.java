package org.memloop.sim.random;

import java.util.Arrays;

/**
 * Draw many normal numbers at once, for many events the same number of them. Loops without branches or tables let the
 * compiler use vectors: a number costs less than a nanosecond.
 *
 * <pre>
 *   g = (B - 16 + D) / sqrt(8 + 1/6)     B ones among 32 random bits, D the sum of two uniform numbers around 0
 *   z = g + k (g^3 - 3 g)                the fourth cumulant of g, -24 k, taken away (Cornish and Fisher, 1938)
 * </pre>
 *
 * The variance is 1 to 3e-4, the distribution function right to 2e-4; beyond four standard deviations there are 9 % fewer
 * than there should be, beyond 6.5 none.
 */
public final class Normals {
    private static final double VARIANCE = 8 + 1.0 / 6;
    private static final double CUMULANT = -(4 + 1.0 / 60) / (VARIANCE * VARIANCE);
    private static final float CUBIC = (float) (-CUMULANT / 24);
    private static final float LINEAR = 1 - 3 * CUBIC;
    private static final float SCALE = (float) (1 / Math.sqrt(VARIANCE));
    private static final float STEP = 0x1p-16f;

    private final int each;
    private final int[] number;
    private final int[] low;
    private final int[] high;
    private final float[] normals;
    private int events;

    /**
     * Make room.
     *
     * @param events for how many events
     * @param each how many numbers for each
     */
    public Normals(int events, int each) {
        this.each = each;
        number = new int[events * each];
        low = new int[events * each];
        high = new int[events * each];
        normals = new float[events * each];
    }

    /**
     * Draw numbers for some events.
     *
     * @param lowBits of each event 32 of its random bits
     * @param highBits the other 32
     * @param count how many events
     */
    public void draw(int[] lowBits, int[] highBits, int count) {
        if (count != events) {
            events = count;
            for (int k = 0; k < each; k++) {
                Arrays.fill(number, k * count, (k + 1) * count, Mixing.GOLDEN * (k + 1));
            }
        }
        for (int k = 0; k < each; k++) {
            System.arraycopy(lowBits, 0, low, k * count, count);
            System.arraycopy(highBits, 0, high, k * count, count);
        }
        mix(low, high, number, each * count);
        shape(low, normals, each * count);
    }

    /**
     * Tell a number.
     *
     * @param number which of an event's numbers, from 0
     * @param event which event, from 0
     * @return a standard normal number
     */
    public float get(int number, int event) {
        return normals[number * events + event];
    }

    private static void mix(int[] bits, int[] more, int[] number, int length) {
        for (int i = 0; i < length; i++) {
            bits[i] = Mixing.mix(bits[i] + number[i], more[i]);
        }
    }

    private static void shape(int[] bits, float[] normals, int length) {
        for (int i = 0; i < length; i++) {
            int ones = Integer.bitCount(bits[i]);
            int rest = bits[i] * Mixing.GOLDEN;
            rest ^= rest >>> 15;
            int uniforms = (rest & 0xFFFF) + (rest >>> 16) - 0xFFFF;
            float g = (ones - 16 + STEP * uniforms) * SCALE;
            normals[i] = g * (LINEAR + CUBIC * g * g);
        }
    }
}
