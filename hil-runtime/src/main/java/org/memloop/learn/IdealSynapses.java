package org.memloop.learn;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

/**
 * Keep weights as plain numbers: every pulse moves one by the same step, {@code W += v t}, or a continuous rule by any
 * amount (thesis, chapter 3). The pulses of every synapse are counted, by sign.
 *
 * <p>A continuous rule gives no pulses to count. For it, the travel of every weight can be kept, the sum of {@code |dW|}
 * over all its changes. With it and the weights at the beginning and at the end, the changes of each sign are known
 * (thesis, figure 3.4):
 *
 * <pre>
 *   sum of positive changes            = (travel + (final - initial)) / 2
 *   sum of negative changes, unsigned  = (travel - (final - initial)) / 2
 * </pre>
 */
public final class IdealSynapses implements Synapses {
    private final Network network;
    private final float step;
    private final Weights weights;
    private final PulseCounts counts;
    private final Optional<Travel> travel;

    /**
     * Draw initial weights, uniform from -1/sqrt(n) to 1/sqrt(n) with n the neurons below (thesis, section 3.3.2). Biases
     * begin at 0.
     *
     * @param network the shape of the network
     * @param step how far one pulse moves a weight
     * @param random where the initial weights come from
     */
    public IdealSynapses(Network network, double step, RandomGenerator random) {
        this(network, step, random, false);
    }

    /**
     * Draw the same initial weights, and choose whether their travel is kept.
     *
     * @param network the shape of the network
     * @param step how far one pulse moves a weight
     * @param random where the initial weights come from
     * @param keepsTravel whether the travel of every weight is kept; learning takes a little longer then
     */
    public IdealSynapses(Network network, double step, RandomGenerator random, boolean keepsTravel) {
        this.network = network;
        this.step = (float) step;
        Layout layout = new Layout(network.toArray());
        this.weights = new Weights(layout);
        this.counts = new PulseCounts(layout);
        this.travel = keepsTravel ? Optional.of(new Travel(layout)) : Optional.empty();
        for (int layer = 0; layer < network.layers(); layer++) {
            double bound = 1 / Math.sqrt(network.inputs(layer));
            float[] rows = new float[network.synapses(layer)];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = (float) random.nextDouble(-bound, bound);
            }
            layout.pack(layer, rows, weights.synapses()[layer]);
        }
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public float[] weights(int layer) {
        return weights.layout().unpack(layer, weights.synapses()[layer]);
    }

    /**
     * Show the biases of a layer of neurons.
     *
     * @param layer the layer of synapses, from 0, that ends at the neurons
     * @return a copy, one for each neuron
     */
    public float[] biases(int layer) {
        return java.util.Arrays.copyOf(weights.biases()[layer], network.outputs(layer));
    }

    @Override
    public void apply(byte[][] trits) {
        counts.expect(Byte.MAX_VALUE + 1);
        for (int layer = 0; layer < trits.length; layer++) {
            int inputs = network.inputs(layer);
            for (int i = 0; i < trits[layer].length; i++) {
                int trit = trits[layer][i];
                if (trit != 0) {
                    int at = weights.layout().at(layer, i / inputs, i % inputs);
                    weights.synapses()[layer][at] += step * trit;
                    if (travel.isPresent()) {
                        travel.get().add(layer, at, step * trit);
                    }
                    counts.add(layer, at, trit);
                }
            }
        }
    }

    @Override
    public Plasticity plasticity(UpdateRule rule, Biases biases) {
        return new Direct(weights, counts, travel, step, rule, biases);
    }

    @Override
    public Optional<float[]> travel(int layer) {
        return travel.map(kept -> kept.of(layer));
    }

    @Override
    public Ledger ledger() {
        return new Ledger(counts.of(true), counts.of(false), 0, 0, 0, OptionalDouble.empty());
    }
}
