package org.memloop.learn;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.memloop.learn.kernel.Change;
import org.memloop.learn.kernel.Weights;

/**
 * Pulse recorded cells for one part of a mini-batch, thousands at a time. Where a cell goes in its recording is far from
 * where its neighbour goes, so each pulse waits for memory; in short loops that do one thing to all of them, the processor
 * waits for many at once.
 *
 * <pre>
 *   list     slots of the cells to be pulsed, from the trits
 *   aim      position in the recording that each comes to
 *   fetch    what weights are made of there
 *   move     position, weight and account
 * </pre>
 */
final class Pulser implements Change {
    /** What conductances are summed in; a mini-batch of a million pulses at 1 S is far from an overflow. */
    static final double UNIT_SIEMENS = 0x1p-40;
    private static final VectorSpecies<Integer> INTS = Direct.INTS;
    private static final int LANES = INTS.length();
    private static final int ROOM = 4096;

    private final Cells cells;
    private final int[] slots;
    private final int[] trains;
    private final int[] targets;
    private final float[] fetched;
    private long[] states;
    private int layer;
    private int count;
    private long draw;
    private long withheld;
    private long pulsedUnits;

    /** What parts share: the meaning of the recording, by position, and the pulses that found a cell exhausted, by slot. */
    record Cells(Weights weights, PairSettings settings, Discretizer rule, int[] firstSlots, float[] siemens,
            float[] values, long[] low, int[] vain) {}

    Pulser(Cells cells) {
        this.cells = cells;
        this.slots = new int[ROOM + LANES];
        this.trains = new int[ROOM + LANES];
        this.targets = new int[ROOM];
        this.fetched = new float[ROOM];
        Arrays.fill(trains, 1);
    }

    /** Keep a position and what weights are made of there in one number, as {@link org.memloop.bench.Replay} does. */
    static long state(int position, float value) {
        return (long) position << 32 | Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    void begin(long[] current, long drawn) {
        states = current;
        draw = drawn;
        withheld = 0;
        pulsedUnits = 0;
    }

    /** {@return pulses withheld in this mini-batch} */
    long withheld() {
        return withheld;
    }

    /** {@return the sum over the pulses of this mini-batch of what the cell read before the train} */
    long pulsedUnits() {
        return pulsedUnits;
    }

    @Override
    public void synapses(int ofLayer, int at, float[] wanted, int[] pulses, int length) {
        if (cells.rule.discretize(draw + ofLayer, at, wanted, length, pulses)) {
            for (int done = 0; done < length; done += ROOM) {
                int some = Math.min(ROOM, length - done);
                if (ofLayer != layer || count + some > ROOM) {
                    finish();
                    layer = ofLayer;
                }
                list(cells.firstSlots[layer] + 2 * (at + done), pulses, done, some);
            }
        }
    }

    /** The compiler's vectors leave out what is not pulsed; a branch for each synapse would cost more. */
    private void list(int first, int[] pulses, int from, int length) {
        int found = count;
        boolean single = cells.rule.most() == 1;
        IntVector index = IntVector.zero(INTS).addIndex(2).add(first);
        for (int i = 0; i < length; i += LANES) {
            IntVector trit = IntVector.fromArray(INTS, pulses, from + i);
            VectorMask<Integer> pulsed = trit.compare(VectorOperators.NE, 0);
            index.add(2 * i).add(trit.lanewise(VectorOperators.LSHR, 31)).compress(pulsed).intoArray(slots, found);
            if (!single) {
                trit.abs().compress(pulsed).intoArray(trains, found);
            }
            found += pulsed.trueCount();
        }
        count = found;
    }

    @Override
    public void biases(int ofLayer, float[] wanted, int[] pulses) {}

    @Override
    public void finish() {
        if (cells.settings.thresholdSiemens() > 0) {
            withhold();
        }
        aim(states, slots, targets, count);
        if (cells.rule.most() > 1) {
            reach();
        }
        fetch(cells.values, targets, fetched, count);
        move(cells.weights.synapses()[layer], cells.settings.alphas().get(layer), cells.firstSlots[layer]);
        count = 0;
    }

    /** Leave out cells that conduct too little. */
    private void withhold() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int position = (int) (states[slots[i]] >>> 32);
            int isLow = (int) (cells.low[position >>> 6] >>> position) & 1;
            withheld += isLow * trains[i];
            slots[kept] = slots[i];
            trains[kept] = trains[i];
            kept += 1 - isLow;
        }
        count = kept;
    }

    private static void aim(long[] states, int[] slots, int[] targets, int count) {
        for (int i = 0; i < count; i++) {
            targets[i] = (int) (states[slots[i]] >>> 32) + 1;
        }
    }

    /** Aim as far as trains go, or as recordings do. */
    private void reach() {
        for (int i = 0; i < count; i++) {
            for (int left = trains[i] - 1; left > 0 && !Float.isNaN(cells.values[targets[i]])
                    && !Float.isNaN(cells.values[targets[i] + 1]); left--) {
                targets[i]++;
            }
        }
    }

    private static void fetch(float[] values, int[] targets, float[] fetched, int count) {
        for (int i = 0; i < count; i++) {
            fetched[i] = values[targets[i]];
        }
    }

    private void move(float[] weights, double alpha, int first) {
        float[] siemens = cells.siemens;
        boolean noted = siemens == cells.values;
        long units = 0;
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            int train = trains[i];
            long before = states[slot];
            int from = (int) (before >>> 32);
            units += train * (long) (1 / UNIT_SIEMENS * (noted ? Float.intBitsToFloat((int) before) : siemens[from]));
            if (Float.isNaN(fetched[i])) {
                cells.vain[slot] += train;
                continue;
            }
            if (targets[i] - from != train) {
                cells.vain[slot] += train - (targets[i] - from);
            }
            states[slot] = state(targets[i], fetched[i]);
            weights[slot - first >>> 1] = WeightDefinition.weightOf(alpha,
                    Float.intBitsToFloat((int) states[slot & ~1]), Float.intBitsToFloat((int) states[slot | 1]));
        }
        pulsedUnits += units;
    }
}
