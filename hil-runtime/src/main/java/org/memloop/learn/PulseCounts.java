package org.memloop.learn;

import java.util.Arrays;
import org.memloop.learn.kernel.Layout;

/**
 * Count the pulses of every synapse. Recent ones of both signs share 16 bits, positive ones in the lower half, so that a
 * mini-batch moves a quarter as much memory; they are added up before a half can overflow.
 */
final class PulseCounts {
    static final int NEGATIVE_SHIFT = 8;
    private static final int HALF = 0xff;
    /** By how much recent pulses stand further back than weights, which begin a line of the cache: so they begin one too. */
    static final int OFFSET = 12;

    private final Layout layout;
    private final short[][] recent;
    private final int[][] positive;
    private final int[][] negative;
    private int possible;

    PulseCounts(Layout layout) {
        this.layout = layout;
        this.recent = new short[layout.layers()][];
        Arrays.setAll(recent, layer -> new short[layout.length(layer) + OFFSET]);
        this.positive = room();
        this.negative = room();
    }

    private int[][] room() {
        int[][] room = new int[layout.layers()][];
        Arrays.setAll(room, layer -> new int[layout.length(layer)]);
        return room;
    }

    /** Make sure that each synapse can be given some more pulses. */
    void expect(int most) {
        if (possible + most > HALF) {
            flush();
        }
        possible += most;
    }

    /** {@return recent pulses, those of the synapse whose weight is at i at i + {@link #OFFSET}} */
    short[] recent(int layer) {
        return recent[layer];
    }

    /** Count the pulses of one synapse, more than 0 or less. */
    void add(int layer, int at, int pulses) {
        recent[layer][at + OFFSET] += (short) (pulses > 0 ? pulses : -pulses << NEGATIVE_SHIFT);
    }

    private void flush() {
        for (int layer = 0; layer < recent.length; layer++) {
            add(recent[layer], 0, positive[layer]);
            add(recent[layer], NEGATIVE_SHIFT, negative[layer]);
            Arrays.fill(recent[layer], (short) 0);
        }
        possible = 0;
    }

    private static void add(short[] recent, int shift, int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += recent[i + OFFSET] >>> shift & HALF;
        }
    }

    /** Copy the counts of one sign, {@code [layer][synapse]} in the order of the weights. */
    int[][] of(boolean strengthening) {
        flush();
        int[][] copy = new int[layout.layers()][];
        Arrays.setAll(copy, layer -> rows(layer, (strengthening ? positive : negative)[layer]));
        return copy;
    }

    private int[] rows(int layer, int[] counts) {
        int inputs = layout.size(layer);
        int[] rows = new int[inputs * layout.size(layer + 1)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = counts[layout.at(layer, i / inputs, i % inputs)];
        }
        return rows;
    }
}
