package org.memloop.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.Replay;
import org.memloop.learn.kernel.Change;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

/**
 * Pulse pairs of recorded cells where the gradient is made, on all threads. The two cells of a synapse lie side by side in
 * memory, synapses in the order of the weights, and beside the position of each cell is noted what weights are made of
 * there. What each recorded conductance means is worked out beforehand.
 */
final class Replayed implements Plasticity {
    private final Bench bench;
    private final PairMap map;
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
    /** For each position the sum of how its trace read before it. */
    private final double[] before;
    /** For each slot the pulses that found the cell exhausted, and where it was when they were last taken. */
    private final int[] vain;
    private final int[] taken;
    private List<Pulser> pulsers = List.of();
    private int changes;
    private double pulsedSiemens;
    private long withheld;
    private long draw;
    private boolean moved;

    Replayed(Bench bench, PairMap map, PairSettings settings, Weights weights, Discretizer rule) {
        this.bench = bench;
        this.map = map;
        this.settings = settings;
        this.weights = weights;
        this.rule = rule;
        this.replay = bench.replay().orElseThrow();
        Layout layout = weights.layout();
        this.firstSlots = new int[layout.layers() + 1];
        for (int layer = 0; layer < layout.layers(); layer++) {
            firstSlots[layer + 1] = firstSlots[layer] + 2 * layout.length(layer);
        }
        this.siemens = new float[replay.siemens().length];
        this.values = settings.definition() == WeightDefinition.LINEAR ? siemens : new float[siemens.length];
        this.before = new double[siemens.length];
        this.low = new long[Math.ceilDiv(values.length, Long.SIZE)];
        interpret();
        arrange();
        this.vain = new int[replay.states().length];
        this.taken = new int[vain.length];
        Arrays.setAll(taken, replay::position);
    }

    /** Put the cells in the order of the weights. */
    private void arrange() {
        int[] cells = new int[firstSlots[firstSlots.length - 1]];
        Arrays.fill(cells, -1);
        int[][] places = weights.layout().places();
        for (int layer = 0; layer < places.length; layer++) {
            for (int synapse = 0; synapse < places[layer].length; synapse++) {
                int slot = firstSlots[layer] + 2 * places[layer][synapse];
                cells[slot] = map.bitLineCell(layer, synapse);
                cells[slot + 1] = map.complementCell(layer, synapse);
            }
        }
        replay.arrange(cells);
        note();
    }

    /** Write beside every position what weights are made of there. */
    private void note() {
        long[] states = replay.states();
        for (int slot = 0; slot < states.length; slot++) {
            states[slot] = Pulser.state(replay.position(slot), values[replay.position(slot)]);
        }
        changes = replay.changes();
    }

    private void interpret() {
        int stride = replay.length() + 1;
        for (int at = 0; at < values.length; at++) {
            if (at % stride != 0) {
                before[at] = before[at - 1] + siemens[at - 1];
            }
            if (at % stride == replay.length()) {
                values[at] = Float.NaN;
                continue;
            }
            double read = siemensAt(at);
            if (!Double.isFinite(read)) {
                throw new IllegalStateException("trace " + at / stride + ", pulse " + at % stride
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
    public List<Change> parts(int parts) {
        Pulser.Cells cells = new Pulser.Cells(weights, settings, rule, firstSlots, siemens, values, low, vain);
        pulsers = IntStream.range(0, parts).mapToObj(_ -> new Pulser(cells)).toList();
        return List.copyOf(pulsers);
    }

    @Override
    public boolean changesAtOnce() {
        return true;
    }

    @Override
    public void begin() {
        // asked every time, for the bench may have been closed
        bench.replay();
        if (changes != replay.changes()) {
            arrange();
        }
        pulsers.forEach(pulser -> pulser.begin(replay.states(), draw));
    }

    @Override
    public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
        throw new IllegalStateException("recorded cells are pulsed in parts");
    }

    @Override
    public void biases(int layer, int at, float[] wanted, int[] pulses, int count) {}

    @Override
    public void end() {
        for (Pulser pulser : pulsers) {
            withheld += pulser.withheld();
        }
        // sums of whole numbers, so that it does not matter which part made which pulse
        pulsedSiemens += pulsers.stream().mapToLong(Pulser::trainUnits).sum() * Pulser.UNIT_SIEMENS;
        draw += weights.layout().layers();
        moved = true;
    }

    /** {@return the sum over all pulses taken of what the cell read before the train, siemens} */
    double pulsedSiemens() {
        return pulsedSiemens;
    }

    long blocked() {
        return withheld;
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

    /** Take the pulses given to a cell since the last time, with what it read before each. */
    int takeFired(int cell) {
        int slot = replay.slot(cell);
        if (rule.most() == 1) {
            int position = replay.position(slot);
            pulsedSiemens += before[position] - before[taken[slot]] + vain[slot] * (double) siemens[position];
        }
        return passOver(cell);
    }

    /** Take the pulses given to a cell since the last time; what it read before them was summed elsewhere. */
    int passOver(int cell) {
        int slot = replay.slot(cell);
        int pulses = replay.position(slot) - taken[slot] + vain[slot];
        taken[slot] = replay.position(slot);
        vain[slot] = 0;
        return pulses;
    }
}
