package org.memloop.learn;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.memloop.bench.ConfigurationException;

/**
 * Say which cells each synapse is made of: one on the bit line BL and one on its complement BLb, or only the latter where
 * a fixed reference takes the place of the former. No cell serves twice.
 */
public final class PairMap {
    private final Network network;
    private final int cellsPerSynapse;
    private final int[] offsets;
    private final int[] cells;

    private PairMap(Network network, int cellsPerSynapse, int[] cells) {
        this.network = network;
        this.cellsPerSynapse = cellsPerSynapse;
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
        return inOrder(network, 2, healthyCells);
    }

    /**
     * Give synapses one cell each, in order; a fixed reference is the other half of every pair.
     *
     * @param network the shape of the network
     * @param healthyCells numbers of the cells that may be used
     * @return the map
     * @throws ConfigurationException when there are too few cells
     */
    public static PairMap single(Network network, int... healthyCells) {
        return inOrder(network, 1, healthyCells);
    }

    private static PairMap inOrder(Network network, int cellsPerSynapse, int[] healthyCells) {
        int needed = Math.multiplyExact(cellsPerSynapse, network.synapses());
        if (healthyCells.length < needed) {
            throw new ConfigurationException("a " + network + " network needs " + needed
                    + " healthy cells, the array has " + healthyCells.length
                    + "; choose a smaller network or a larger array, or condition more cells");
        }
        BitSet seen = new BitSet();
        for (int cell : healthyCells) {
            if (seen.get(cell)) {
                throw new IllegalArgumentException("cell " + cell + " is listed twice");
            }
            seen.set(cell);
        }
        return new PairMap(network, cellsPerSynapse, java.util.Arrays.copyOf(healthyCells, needed));
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

    /** {@return how many cells make a synapse, 1 or 2} */
    public int cellsPerSynapse() {
        return cellsPerSynapse;
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
        if (cellsPerSynapse == 1) {
            throw new IllegalStateException("a synapse of one cell has none on BL");
        }
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
        return cells[cellsPerSynapse * (offsets[layer] + synapse + 1) - 1];
    }

    /** {@return every cell in use, in the order of the synapses, BL before BLb} */
    public int[] cells() {
        return cells.clone();
    }
}
