package org.memloop.learn;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.Replay;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

/**
 * Pulse pairs of recorded cells where the gradient is made, stretch by stretch, on all threads. The two cells of a synapse
 * lie side by side in memory, synapses in the order of the weights, and what each recorded conductance means was worked
 * out beforehand.
 */
final class Replayed implements Plasticity {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED.length() >= 8
            ? IntVector.SPECIES_256
            : IntVector.SPECIES_128;
    private static final int LANES = INTS.length();
    /** Stretches are whole vectors of eight, so no two begin in the same eight. */
    private static final int STRETCH = 8;

    private final Bench bench;
    private final PairSettings settings;
    private final Weights weights;
    private final Discretizer rule;
    private final Replay replay;
    /** Slot of the first cell of each layer. */
    private final int[] firstSlots;
    /** For each recorded conductance how it reads, what weights are made of, and whether it ends the pulsing of a cell. */
    private final float[] siemens;
    private final float[] values;
    private final long[] low;
    /** For each stretch the conductances pulsed, summed over the pulses, and the pulses withheld so far. */
    private final double[][] pulsed;
    private final long[][] withheld;
    /** For each slot the pulses that found the cell exhausted, and where it was when they were last taken. */
    private final int[] vain;
    private final int[] taken;
    private long draw;
    private boolean moved;

    Replayed(Bench bench, PairMap map, PairSettings settings, Weights weights, Discretizer rule) {
        this.bench = bench;
        this.settings = settings;
        this.weights = weights;
        this.rule = rule;
        this.replay = bench.replay().orElseThrow();
        Layout layout = weights.layout();
        this.firstSlots = new int[layout.layers()];
        this.pulsed = new double[layout.layers()][];
        this.withheld = new long[layout.layers()][];
        int slots = 0;
        for (int layer = 0; layer < layout.layers(); layer++) {
            firstSlots[layer] = slots;
            slots += 2 * layout.length(layer);
            pulsed[layer] = new double[layout.length(layer) / STRETCH];
            withheld[layer] = new long[layout.length(layer) / STRETCH];
        }
        replay.arrange(cells(map, slots));
        this.siemens = new float[replay.siemens().length];
        this.values = settings.definition() == WeightDefinition.LINEAR ? siemens : new float[siemens.length];
        this.low = new long[Math.ceilDiv(values.length, Long.SIZE)];
        interpret();
        this.vain = new int[replay.size()];
        this.taken = new int[replay.size()];
        Arrays.setAll(taken, replay::position);
    }

    private int[] cells(PairMap map, int slots) {
        int[] cells = new int[slots];
        Arrays.fill(cells, -1);
        int[][] places = weights.layout().places();
        for (int layer = 0; layer < places.length; layer++) {
            for (int synapse = 0; synapse < places[layer].length; synapse++) {
                int slot = firstSlots[layer] + 2 * places[layer][synapse];
                cells[slot] = map.bitLineCell(layer, synapse);
                cells[slot + 1] = map.complementCell(layer, synapse);
            }
        }
        return cells;
    }

    private void interpret() {
        for (int at = 0; at < values.length; at++) {
            double read = siemensAt(at);
            if (!Double.isFinite(read)) {
                throw new IllegalStateException("trace " + at / replay.length() + ", pulse " + at % replay.length()
                        + " of the recording: " + replay.siemens()[at] + " S make no conductance with "
                        + settings.card() + "; check the card");
            }
            siemens[at] = (float) read;
            values[at] = settings.definition().of(read);
            if (read < settings.thresholdSiemens()) {
                low[at / Long.SIZE] |= 1L << at;
            }
        }
    }

    /** What a reading of a recorded conductance would be taken for. */
    private double siemensAt(int position) {
        double volts = Pulse.READ.columnVolts();
        return settings.card().siemens(volts, replay.siemens()[position] * volts);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void begin() {
        // asked every time, for the bench may have been closed
        bench.replay();
    }

    @Override
    public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
        if (rule.discretize(draw + layer, at, wanted, count, pulses)) {
            pulse(layer, at, pulses, list(pulses, count));
        }
    }

    /** Put index and trit of the pulsed synapses, {@code index << 8 | trit}, where the trits were; a branch for each would cost more. */
    private static int list(int[] trits, int count) {
        int found = 0;
        IntVector index = IntVector.zero(INTS).addIndex(1);
        for (int i = 0; i < count; i += LANES) {
            IntVector trit = IntVector.fromArray(INTS, trits, i);
            VectorMask<Integer> pulsed = trit.compare(VectorOperators.NE, 0);
            index.add(i).lanewise(VectorOperators.LSHL, 8).or(trit.and(0xff)).compress(pulsed).intoArray(trits, found);
            found += pulsed.trueCount();
        }
        return found;
    }

    private void pulse(int layer, int at, int[] listed, int found) {
        float[] w = weights.synapses()[layer];
        double alpha = settings.alphas().get(layer);
        boolean guarded = settings.thresholdSiemens() > 0;
        int first = firstSlots[layer] + 2 * at;
        double given = 0;
        long kept = 0;
        for (int i = 0; i < found; i++) {
            int synapse = listed[i] >>> 8;
            int trit = (byte) listed[i];
            int train = Math.abs(trit);
            int pair = first + 2 * synapse;
            int slot = pair + (trit >>> 31);
            int before = replay.position(slot);
            if (guarded && (low[before >>> 6] >>> before & 1) != 0) {
                kept += train;
                continue;
            }
            int after = replay.pulse(slot, train);
            if (after - before != train) {
                vain[slot] += train - (after - before);
            }
            given += train * siemens[before];
            w[at + synapse] = WeightDefinition.weightOf(alpha, values[replay.position(pair)],
                    values[replay.position(pair + 1)]);
        }
        pulsed[layer][at / STRETCH] += given;
        withheld[layer][at / STRETCH] += kept;
    }

    @Override
    public void biases(int layer, float[] wanted, int[] pulses) {}

    @Override
    public void end() {
        draw += pulsed.length;
        moved = true;
    }

    /** {@return the sum over all pulses of what the cell read before the train, siemens} */
    double pulsedSiemens() {
        return Arrays.stream(pulsed).flatMapToDouble(Arrays::stream).sum();
    }

    long blocked() {
        return Arrays.stream(withheld).flatMapToLong(Arrays::stream).sum();
    }

    /** {@return whether mini-batches were learned since {@link #seen}} */
    boolean hasMoved() {
        return moved;
    }

    void seen() {
        moved = false;
    }

    double siemensOf(int cell) {
        return siemensAt(replay.position(replay.slot(cell)));
    }

    /** Tell the pulses given to a cell since the last time. */
    int takeFired(int cell) {
        int slot = replay.slot(cell);
        int pulses = replay.position(slot) - taken[slot] + vain[slot];
        taken[slot] = replay.position(slot);
        vain[slot] = 0;
        return pulses;
    }
}
