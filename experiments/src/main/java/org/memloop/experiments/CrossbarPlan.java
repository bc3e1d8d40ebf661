package org.memloop.experiments;

import java.nio.file.Path;
import java.util.Optional;
import org.memloop.sim.crossbar.Wires;

/**
 * Fix every setting of a map of measured weights.
 *
 * @param cells which conductances the array holds
 * @param wires what its lines are made of
 * @param tile rows and columns of the tiles that the array is also cut into, or nothing
 * @param folder where the figures go, or nothing for none
 */
public record CrossbarPlan(Cells cells, Wires wires, Optional<Integer> tile, Optional<Path> folder) {

    /** Say which conductances an array holds. */
    public sealed interface Cells {
        /**
         * Draw them.
         *
         * @param rows of the array, at least 1
         * @param columns of the array, at least 1
         * @param leastSiemens lowest conductance
         * @param mostSiemens highest conductance; all in between are equally likely
         * @param seed which ones
         */
        record Random(int rows, int columns, double leastSiemens, double mostSiemens, long seed) implements Cells {}

        /**
         * Read them.
         *
         * @param file a recording whose devices are the rows and whose pulses are the columns of the array
         */
        record Recorded(Path file) implements Cells {}
    }
}
