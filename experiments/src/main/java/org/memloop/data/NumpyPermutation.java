package org.memloop.data;

/**
 * Permute as {@code numpy.random.RandomState(seed).permutation(n)} does, so that a split of a data set is the very one that
 * a Python program makes: the Mersenne Twister MT19937 (Matsumoto and Nishimura, ACM TOMACS 8, 1998, 3-30) and a Fisher-Yates
 * shuffle from the last element down, whose indices are drawn by masking and rejecting.
 */
final class NumpyPermutation {
    private static final int LENGTH = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[LENGTH];
    private int next = LENGTH;

    private NumpyPermutation(int seed) {
        state[0] = seed;
        for (int i = 1; i < LENGTH; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    static int[] of(int seed, int size) {
        NumpyPermutation twister = new NumpyPermutation(seed);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        for (int i = size - 1; i > 0; i--) {
            int j = twister.upTo(i);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    private int upTo(int max) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(max);
        int drawn = draw() & mask;
        while (drawn > max) {
            drawn = draw() & mask;
        }
        return drawn;
    }

    private int draw() {
        if (next == LENGTH) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < LENGTH; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
            state[i] = state[(i + MIDDLE) % LENGTH] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
