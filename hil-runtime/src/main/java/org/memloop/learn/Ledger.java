package org.memloop.learn;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Account for what synapses were given since they exist (thesis, section 3.7). A ledger is a copy of the counts at one
 * time: taking it walks over all synapses, so it is for the end of an epoch, not of a mini-batch.
 *
 * @param positive strengthening pulses of every synapse, {@code [layer][synapse]} in the order of the weights
 * @param negative weakening pulses of every synapse, likewise
 * @param blocked pulses wanted but withheld
 * @param blockedDevices devices that get no more pulses, because they conduct less than the threshold
 * @param saturated devices that can take no more pulses ({@link org.memloop.bench.Bench#exhaustedCells()})
 * @param energyJoules estimate of what the pulses put into the devices, joules; empty without devices
 */
public record Ledger(int[][] positive, int[][] negative, long blocked, int blockedDevices, int saturated,
        OptionalDouble energyJoules) {
    /** Refuse columns of different length. */
    public Ledger {
        if (!Arrays.equals(Arrays.stream(positive).mapToInt(layer -> layer.length).toArray(),
                Arrays.stream(negative).mapToInt(layer -> layer.length).toArray())) {
            throw new IllegalArgumentException("every synapse needs a count of both signs");
        }
    }

    /** {@return the number of layers of synapses} */
    public int layers() {
        return positive.length;
    }

    /** {@return pulses of both signs given to all synapses} */
    public long pulses() {
        return IntStream.range(0, layers()).mapToLong(this::pulses).sum();
    }

    /**
     * Count the pulses of a layer.
     *
     * @param layer the layer of synapses, from 0
     * @return pulses of both signs given to all its synapses
     */
    public long pulses(int layer) {
        long all = 0;
        for (int i = 0; i < positive[layer].length; i++) {
            all += (long) positive[layer][i] + negative[layer][i];
        }
        return all;
    }

    /**
     * Find the synapse of a layer that was pulsed most.
     *
     * @param layer the layer of synapses, from 0
     * @return pulses of both signs it was given
     */
    public long mostPulses(int layer) {
        long most = 0;
        for (int i = 0; i < positive[layer].length; i++) {
            most = Math.max(most, (long) positive[layer][i] + negative[layer][i]);
        }
        return most;
    }
}
