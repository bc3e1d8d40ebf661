package org.memloop.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Let every cell of an array follow one recorded trace. A pulse moves a cell one conductance on; at the last one of its
 * trace it stays and counts as exhausted.
 *
 * <pre>
 *   siemens:  g0 g1 ... gn NaN | g0 g1 ... gn NaN | ...       position: index of a cell's conductance in it
 *   states:   [slot]  position &lt;&lt; 32 | note                   slot = slot(cell)
 * </pre>
 *
 * <p>Cells have slots in memory, at first in the order of their numbers. Whoever works with them in another order can
 * have them {@linkplain #arrange arranged} so, keep a note of 32 bits beside the position of each, and move them without
 * {@link #pulse}, as long as positions stay within their trace. Different slots may be moved by different threads at the
 * same time.
 */
public final class Replay {
    private final float[] siemens;
    private final int length;
    private int[] slots;
    private long[] states;
    private int changes;

    /**
     * Put every cell at the beginning of a trace.
     *
     * @param siemens conductances, trace after trace
     * @param length conductances of one trace, at least 1
     * @param traces the trace of each cell, from 0
     */
    public Replay(float[] siemens, int length, int[] traces) {
        this.siemens = withEnds(siemens, length);
        this.length = length;
        this.slots = new int[traces.length];
        this.states = new long[traces.length];
        for (int cell = 0; cell < traces.length; cell++) {
            slots[cell] = cell;
            states[cell] = (long) traces[cell] * (length + 1) << 32;
        }
    }

    private static float[] withEnds(float[] siemens, int length) {
        int traces = siemens.length / length;
        float[] ended = new float[Math.multiplyExact(traces, length + 1)];
        for (int trace = 0; trace < traces; trace++) {
            System.arraycopy(siemens, trace * length, ended, trace * (length + 1), length);
            ended[trace * (length + 1) + length] = Float.NaN;
        }
        return ended;
    }

    /**
     * Give some cells the first slots, in an order of the caller's. Notes are lost.
     *
     * @param cells their numbers, none twice; a negative one leaves its slot empty
     */
    public void arrange(int... cells) {
        int[] at = new int[slots.length];
        Arrays.fill(at, -1);
        for (int slot = 0; slot < cells.length; slot++) {
            if (cells[slot] >= 0) {
                at[cells[slot]] = slot;
            }
        }
        int next = cells.length;
        for (int cell = 0; cell < at.length; cell++) {
            if (at[cell] < 0) {
                at[cell] = next++;
            }
        }
        long[] moved = new long[next];
        for (int cell = 0; cell < at.length; cell++) {
            moved[at[cell]] = (long) position(slots[cell]) << 32;
        }
        slots = at;
        states = moved;
        changes++;
    }

    /** {@return all conductances, trace after trace, each followed by a NaN, siemens; nobody may change them} */
    public float[] siemens() {
        return siemens;
    }

    /** {@return position and note of every slot, empty ones among them, until the next arrangement} */
    public long[] states() {
        return states;
    }

    /** {@return a number that is another one after every arrangement and every {@link #pulse}} */
    public int changes() {
        return changes;
    }

    /**
     * Find a cell.
     *
     * @param cell its number
     * @return its slot, until the next arrangement
     */
    public int slot(int cell) {
        return slots[cell];
    }

    /**
     * Tell where a cell is.
     *
     * @param slot its slot
     * @return index of its conductance in {@link #siemens()}
     */
    public int position(int slot) {
        return (int) (states[slot] >>> 32);
    }

    /**
     * Give a cell pulses. Its note is lost.
     *
     * @param slot its slot
     * @param count how many
     * @return its new position
     */
    public int pulse(int slot, int count) {
        int at = position(slot);
        for (int left = count; left > 0 && !isLast(at); left--) {
            at++;
        }
        states[slot] = (long) at << 32;
        changes++;
        return at;
    }

    private boolean isLast(int at) {
        return Float.isNaN(siemens[at + 1]);
    }

    /** {@return how many conductances a trace has} */
    public int length() {
        return length;
    }

    /** {@return how many cells stand at the end of their trace} */
    public int exhaustedCells() {
        return (int) IntStream.of(slots).filter(slot -> isLast(position(slot))).count();
    }
}
