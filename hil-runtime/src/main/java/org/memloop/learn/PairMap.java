package org.memloop.learn;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.memloop.bench.ConfigurationException;

/**
 * Say which two cells each synapse is made of: one on the bit line BL, one on its complement BLb. No cell serves twice.
 */
public final class PairMap {
    private final Network network;
    private final int[] offsets;
    private final int[] cells;

    private PairMap(Network network, int[] cells) {
        this.network = network;
        this.cells = cells;
        this.offsets = new int[network.layers()];
        for (int layer = 1; layer < offsets.length; layer++) {
            offsets[layer] = offsets[layer - 1] + network.synapses(layer - 1);
        }
    }

    /**
     * Give synapses cells in order: the first synapse of the first layer gets the first two healthy cells, BL before BLb,
     * and so on. Bad cells are skipped simply by not being in the list.
     *
     * @param network the shape of the network
     * @param healthyCells numbers of the cells that may be used
     * @return the map
     * @throws ConfigurationException when there are too few cells
     */
    public static PairMap inOrder(Network network, int... healthyCells) {
        int needed = Math.multiplyExact(2, network.synapses());
        if (healthyCells.length < needed) {
            throw new ConfigurationException("a " + network + " network needs " + needed
                    + " healthy cells, the array has " + healthyCells.length
                    + "; choose a smaller network or condition more cells");
        }
        BitSet seen = new BitSet();
        for (int cell : healthyCells) {
            if (seen.get(cell)) {
                throw new IllegalArgumentException("cell " + cell + " is listed twice");
            }
            seen.set(cell);
        }
        return new PairMap(network, java.util.Arrays.copyOf(healthyCells, needed));
    }

    /**
     * Give synapses cells at random, so that a slope across the array does not become a pattern in the weights.
     *
     * @param network the shape of the network
     * @param random where the order comes from
     * @param healthyCells numbers of the cells that may be used
     * @return the map
     * @throws ConfigurationException when there are too few cells
     */
    public static PairMap shuffled(Network network, RandomGenerator random, int... healthyCells) {
        int[] order = healthyCells.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return inOrder(network, order);
    }

    /** {@return the shape of the network} */
    public Network network() {
        return network;
    }

    /**
     * Tell the cell that a pulse of trit +1 goes to.
     *
     * @param layer the layer of synapses, from 0
     * @param synapse index among the layer's weights
     * @return the cell's number
     */
    public int bitLineCell(int layer, int synapse) {
        return cells[2 * (offsets[layer] + synapse)];
    }

    /**
     * Tell the cell that a pulse of trit -1 goes to.
     *
     * @param layer the layer of synapses, from 0
     * @param synapse index among the layer's weights
     * @return the cell's number
     */
    public int complementCell(int layer, int synapse) {
        return cells[2 * (offsets[layer] + synapse) + 1];
    }

    /** {@return every cell in use, in the order of the synapses, BL before BLb} */
    public int[] cells() {
        return cells.clone();
    }
}
