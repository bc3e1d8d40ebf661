package org.memloop.learn;

import java.util.Arrays;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

/** Collect the pulses of a mini-batch and hand them to synapses together. */
final class Pulsed implements Plasticity {
    private final Synapses synapses;
    private final Discretizer rule;
    private final Weights weights;
    private final int[][] places;
    private final byte[][] trits;
    private long draw;

    Pulsed(Synapses synapses, UpdateRule rule, Biases biases) {
        if (!(rule instanceof Discretizer discretizer)) {
            throw new IllegalArgumentException("synapses that learn by pulses need a rule that makes pulses");
        }
        if (biases != Biases.NONE) {
            throw new IllegalArgumentException("synapses that learn by pulses have no biases");
        }
        this.synapses = synapses;
        this.rule = discretizer;
        Network network = synapses.network();
        Layout layout = new Layout(network.toArray());
        this.weights = new Weights(layout);
        this.places = new int[network.layers()][];
        this.trits = new byte[network.layers()][];
        for (int layer = 0; layer < network.layers(); layer++) {
            trits[layer] = new byte[network.synapses(layer)];
            places[layer] = new int[layout.length(layer)];
            Arrays.fill(places[layer], -1);
            for (int synapse = 0; synapse < trits[layer].length; synapse++) {
                places[layer][layout.at(layer, synapse / network.inputs(layer),
                        synapse % network.inputs(layer))] = synapse;
            }
        }
        reload();
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
        if (rule.discretize(draw + layer, at, wanted, count, pulses)) {
            for (int i = 0; i < count; i++) {
                if (pulses[i] != 0) {
                    trits[layer][places[layer][at + i]] = (byte) pulses[i];
                }
            }
        }
    }

    @Override
    public void biases(int layer, float[] wanted, int[] pulses) {}

    @Override
    public void end() {
        draw += trits.length;
        synapses.apply(trits);
        reload();
    }
}
