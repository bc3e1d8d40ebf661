package org.memloop.learn.kernel;

import java.util.Arrays;

/**
 * Memory that one thread alone writes, far from all other memory. Cores hand memory to one another by lines, and fetch the
 * lines beside those they use as well: had one thread's sums, written in every step, a place next to what another thread
 * uses, each step would wait for the other core. Objects have no say in what they lie next to, for the garbage collector
 * moves them together; so what the hot loops write are places in one array of each kind, with nothing near its ends.
 *
 * <p>Places are taken once, while whoever needs them is made. The hot loops call the two arrays m and n for short.
 */
final class Scratch {
    /** Places left empty at both ends: 4 KiB, as far as processors fetch ahead. */
    static final int APART = 1024;
    private static final int LINE = 16;

    /** The numbers; the array stays the same once all places are taken. */
    float[] floats = new float[Layout.LEAD + 2 * APART];
    /** The whole numbers, likewise. */
    int[] ints = new int[Layout.LEAD + 2 * APART];

    /**
     * Take places for numbers, 0 at first.
     *
     * @param count how many
     * @return the first; vectors from there on straddle no line of the cache ({@link Layout#LEAD})
     */
    int takeFloats(int count) {
        int at = floats.length - APART;
        floats = Arrays.copyOf(floats, floats.length + Layout.roundUp(count, LINE));
        return at;
    }

    /**
     * Take places for whole numbers, 0 at first.
     *
     * @param count how many
     * @return the first, as for floats
     */
    int takeInts(int count) {
        int at = ints.length - APART;
        ints = Arrays.copyOf(ints, ints.length + Layout.roundUp(count, LINE));
        return at;
    }
}
