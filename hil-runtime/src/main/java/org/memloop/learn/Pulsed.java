package org.memloop.learn;

import java.util.Arrays;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

/** Collect the pulses of a mini-batch and hand them to synapses together. */
final class Pulsed implements Plasticity {
    private final Synapses synapses;
    private final Discretizer rule;
    private final Weights weights;
    private final boolean kept;
    private final int[][] synapseAt;
    private final byte[][] trits;
    private long draw;

    /** Pulse synapses that know nothing of the layout of the hot loops. */
    Pulsed(Synapses synapses, UpdateRule rule, Biases biases) {
        this(synapses, requirePulses(rule, biases), new Weights(new Layout(synapses.network().toArray())), false);
        reload();
    }

    /** Pulse synapses that keep these weights up to date themselves. */
    Pulsed(Synapses synapses, Discretizer rule, Weights weights) {
        this(synapses, rule, weights, true);
    }

    private Pulsed(Synapses synapses, Discretizer rule, Weights weights, boolean kept) {
        this.synapses = synapses;
        this.rule = rule;
        this.weights = weights;
        this.kept = kept;
        Network network = synapses.network();
        this.synapseAt = new int[network.layers()][];
        this.trits = new byte[network.layers()][];
        int[][] places = weights.layout().places();
        for (int layer = 0; layer < network.layers(); layer++) {
            trits[layer] = new byte[network.synapses(layer)];
            synapseAt[layer] = new int[weights.layout().length(layer)];
            for (int synapse = 0; synapse < trits[layer].length; synapse++) {
                synapseAt[layer][places[layer][synapse]] = synapse;
            }
        }
    }

    static Discretizer requirePulses(UpdateRule rule, Biases biases) {
        if (!(rule instanceof Discretizer discretizer)) {
            throw new IllegalArgumentException("synapses that learn by pulses need a rule that makes pulses");
        }
        if (biases != Biases.NONE) {
            throw new IllegalArgumentException("synapses that learn by pulses have no biases");
        }
        return discretizer;
    }

    private void reload() {
        for (int layer = 0; layer < trits.length; layer++) {
            weights.layout().pack(layer, synapses.weights(layer), weights.synapses()[layer]);
        }
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void begin() {
        for (byte[] layer : trits) {
            Arrays.fill(layer, (byte) 0);
        }
    }

    @Override
    public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
        if (rule.discretize(draw + layer, weights.layout().number(layer, at), wanted, count, pulses)) {
            for (int i = 0; i < count; i++) {
                if (pulses[i] != 0) {
                    trits[layer][synapseAt[layer][at + i]] = (byte) pulses[i];
                }
            }
        }
    }

    @Override
    public void biases(int layer, int at, float[] wanted, int[] pulses, int count) {}

    @Override
    public void end() {
        draw += trits.length;
        synapses.apply(trits);
        if (!kept) {
            reload();
        }
    }
}
