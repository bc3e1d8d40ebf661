package org.memloop.learn;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
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
 *   aim      position in the recording that each comes to, and what weights are made of in the pair's other cell
 *   fetch    what weights are made of there
 *   move     position, note and weight
 * </pre>
 */
final class Pulser implements Change {
    /** What conductances are summed in; a mini-batch of a million pulses at 1 S is far from an overflow. */
    static final double UNIT_SIEMENS = 0x1p-40;
    private static final VectorSpecies<Integer> INTS = Direct.INTS;
    private static final VectorSpecies<Float> FLOATS = Direct.FLOATS;
    private static final int LANES = INTS.length();
    private static final int ROOM = 4096;

    private final Cells cells;
    private final boolean single;
    private final int[] slots;
    private final int[] trains;
    private final int[] targets;
    private final float[] fetched;
    private final float[] partners;
    private long[] states;
    private int layer;
    private int count;
    private long draw;
    private long withheld;
    private long trainUnits;

    /** What parts share: the meaning of the recording, by position, and the pulses that found a cell exhausted, by slot. */
    record Cells(Weights weights, PairSettings settings, Discretizer rule, int[] firstSlots, float[] siemens,
            float[] values, long[] low, int[] vain) {}

    Pulser(Cells cells) {
        this.cells = cells;
        this.single = cells.rule.most() == 1;
        this.slots = new int[ROOM + LANES];
        this.trains = new int[ROOM + LANES];
        this.targets = new int[ROOM];
        this.fetched = new float[ROOM];
        this.partners = new float[ROOM];
        Arrays.fill(trains, 1);
    }

    /** Keep a position and what weights are made of there in one number, as {@link org.memloop.bench.Replay} does. */
    static long state(int position, float value) {
        return (long) position << 32 | Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    private static float note(long state) {
        return Float.intBitsToFloat((int) state);
    }

    void begin(long[] current, long drawn) {
        states = current;
        draw = drawn;
        withheld = 0;
        trainUnits = 0;
    }

    /** {@return pulses withheld in this mini-batch} */
    long withheld() {
        return withheld;
    }

    /**
     * {@return the sum over the pulses of this mini-batch of what the cell read before the train; 0 where trains are single
     * pulses, for which it follows from where cells began and ended}
     */
    long trainUnits() {
        return trainUnits;
    }

    @Override
    public void synapses(int ofLayer, int at, float[] wanted, int[] pulses, int length) {
        if (ofLayer != layer || count + length > ROOM) {
            finish();
            layer = ofLayer;
        }
        int first = cells.firstSlots[layer] + 2 * at;
        if (single && cells.rule instanceof Thresholds.Ternary ternary) {
            count = ternary.list(wanted, length, first, slots, count);
        } else if (cells.rule.discretize(draw + ofLayer, cells.weights.layout().number(ofLayer, at), wanted, length,
                pulses)) {
            list(first, pulses, length);
        }
    }

    /** The compiler's vectors leave out what is not pulsed; a branch for each synapse would cost more. */
    private void list(int first, int[] pulses, int length) {
        int found = count;
        IntVector index = IntVector.zero(INTS).addIndex(2).add(first);
        for (int i = 0; i < length; i += LANES) {
            IntVector trit = IntVector.fromArray(INTS, pulses, i);
            VectorMask<Integer> pulsed = trit.compare(VectorOperators.NE, 0);
            index.add(2 * i).add(trit.lanewise(VectorOperators.LSHR, 31)).compress(pulsed).intoArray(slots, found);
            trit.abs().compress(pulsed).intoArray(trains, found);
            found += pulsed.trueCount();
        }
        count = found;
    }

    @Override
    public void biases(int ofLayer, int at, float[] wanted, int[] pulses, int length) {}

    @Override
    public void finish() {
        if (cells.settings.thresholdSiemens() > 0) {
            withhold();
        }
        if (!single) {
            sum();
        }
        aim(states, slots, targets, partners, count);
        if (!single) {
            reach();
        }
        fetch(cells.values, targets, fetched, count);
        if (isAnyExhausted(fetched, count)) {
            leaveExhausted();
        }
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

    /** Sum what the cells read before their trains. */
    private void sum() {
        for (int i = 0; i < count; i++) {
            trainUnits += trains[i] * (long) (1 / UNIT_SIEMENS * cells.siemens[(int) (states[slots[i]] >>> 32)]);
        }
    }

    /** Two cells of one pair are never pulsed in one mini-batch, so that what is noted of the other one stays. */
    private static void aim(long[] states, int[] slots, int[] targets, float[] partners, int count) {
        for (int i = 0; i < count; i++) {
            targets[i] = (int) (states[slots[i]] >>> 32) + 1;
            partners[i] = note(states[slots[i] ^ 1]);
        }
    }

    /** Aim as far as trains go, or as recordings do; pulses after that are in vain. */
    private void reach() {
        for (int i = 0; i < count; i++) {
            int left = trains[i] - 1;
            while (left > 0 && !Float.isNaN(cells.values[targets[i]]) && !Float.isNaN(cells.values[targets[i] + 1])) {
                targets[i]++;
                left--;
            }
            if (left > 0) {
                cells.vain[slots[i]] += left;
            }
        }
    }

    private static void fetch(float[] values, int[] targets, float[] fetched, int count) {
        for (int i = 0; i < count; i++) {
            fetched[i] = values[targets[i]];
        }
    }

    private static boolean isAnyExhausted(float[] fetched, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            if (FloatVector.fromArray(FLOATS, fetched, i).test(VectorOperators.IS_NAN).anyTrue()) {
                return true;
            }
        }
        for (; i < count; i++) {
            if (Float.isNaN(fetched[i])) {
                return true;
            }
        }
        return false;
    }

    /** Leave out cells at the end of their recording. */
    private void leaveExhausted() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (Float.isNaN(fetched[i])) {
                cells.vain[slots[i]]++;
            } else {
                slots[kept] = slots[i];
                targets[kept] = targets[i];
                fetched[kept] = fetched[i];
                partners[kept++] = partners[i];
            }
        }
        count = kept;
    }

    /** The sign of the difference is looked up, for which of the two cells is pulsed cannot be predicted. */
    private void move(float[] weights, double alpha, int first) {
        double[] scales = {-alpha, alpha};
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            states[slot] = state(targets[i], fetched[i]);
            // 0 is added lest equal cells make a weight of -0
            weights[slot - first >>> 1] = (float) (scales[slot & 1] * ((double) fetched[i] - partners[i])) + 0f;
        }
    }
}
