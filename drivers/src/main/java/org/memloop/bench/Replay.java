package org.memloop.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Let every cell of an array follow one recorded trace. A pulse moves a cell one conductance on; at the last one of its
 * trace it stays and counts as exhausted.
 *
 * <pre>
 *   siemens = siemens()[position(slot)]      slot = slot(cell)
 * </pre>
 *
 * <p>Cells have slots in memory, at first in the order of their numbers. Whoever works with them in another order can
 * have them {@linkplain #arrange arranged} so. Different slots may be pulsed by different threads at the same time.
 */
public final class Replay {
    private final float[] siemens;
    private final int length;
    /** One bit for each conductance, set at the last one of a trace. */
    private final long[] ends;
    private final AtomicInteger exhausted = new AtomicInteger();
    private int[] slots;
    private int[] positions;

    /**
     * Put every cell at the beginning of a trace.
     *
     * @param siemens conductances, trace after trace; the caller gives the array away
     * @param length conductances of one trace, at least 1
     * @param traces the trace of each cell, from 0
     */
    public Replay(float[] siemens, int length, int[] traces) {
        this.siemens = siemens;
        this.length = length;
        this.ends = new long[Math.ceilDiv(siemens.length, Long.SIZE)];
        for (int at = length - 1; at < siemens.length; at += length) {
            ends[at / Long.SIZE] |= 1L << at;
        }
        this.slots = new int[traces.length];
        this.positions = new int[traces.length];
        for (int cell = 0; cell < traces.length; cell++) {
            slots[cell] = cell;
            positions[cell] = traces[cell] * length;
        }
        exhausted.set(length == 1 ? traces.length : 0);
    }

    /**
     * Give some cells the first slots, in an order of the caller's.
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
        int[] moved = new int[next];
        for (int cell = 0; cell < at.length; cell++) {
            moved[at[cell]] = positions[slots[cell]];
        }
        slots = at;
        positions = moved;
    }

    /** {@return all conductances, trace after trace, siemens; nobody may change them} */
    public float[] siemens() {
        return siemens;
    }

    /** {@return the number of slots, empty ones among them} */
    public int size() {
        return positions.length;
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
        return positions[slot];
    }

    /**
     * Give a cell pulses.
     *
     * @param slot its slot
     * @param count how many
     * @return its new position
     */
    public int pulse(int slot, int count) {
        int from = positions[slot];
        int at = from;
        for (int left = count; left > 0 && !isLast(at); left--) {
            at++;
        }
        if (at != from) {
            positions[slot] = at;
            if (isLast(at)) {
                exhausted.incrementAndGet();
            }
        }
        return at;
    }

    private boolean isLast(int at) {
        return (ends[at >>> 6] >>> at & 1) != 0;
    }

    /** {@return how many conductances a trace has} */
    public int length() {
        return length;
    }

    /** {@return how many cells stand at the end of their trace} */
    public int exhaustedCells() {
        return exhausted.get();
    }
}
