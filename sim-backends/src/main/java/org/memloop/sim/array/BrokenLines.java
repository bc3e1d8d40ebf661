package org.memloop.sim.array;

import java.util.function.IntConsumer;

import org.memloop.bench.Geometry;
import org.memloop.sim.random.CellRandom;

/** Tell which cells hang on open lines: word lines (one for each row), bit and source lines (one each for each column). */
final class BrokenLines {
    private static final long TAG = 10;

    private BrokenLines() {}

    /**
     * Break some lines.
     *
     * @param geometry of the array
     * @param share of its lines that are open
     * @param seedBits decide which
     * @param unreachable told each cell on such a line; one on two of them twice
     */
    static void breakSome(Geometry geometry, double share, long seedBits, IntConsumer unreachable) {
        int rows = geometry.rows();
        int columns = geometry.columns();
        for (int line = 0; share > 0 && line < rows + 2 * columns; line++) {
            // cells have the numbers from 0 on, so that a line's number is no cell's
            long bits = CellRandom.event(CellRandom.key(seedBits, -1 - line), 0);
            if (new CellRandom(bits, TAG).nextDouble() < share) {
                for (int i = 0; i < (line < rows ? columns : rows); i++) {
                    unreachable.accept(
                            line < rows ? geometry.cell(line, i) : geometry.cell(i, (line - rows) % columns));
                }
            }
        }
    }
}
