package org.memloop.campaign;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.calibration.CellHealth;
import org.memloop.die.CellLedger;

/** Choose cells of an array. */
public sealed interface CellSet {
    /**
     * Name the cells.
     *
     * @param ledger what is known of the die at this moment, its shape too
     * @param seed where chance comes from, for sets that have no seed of their own
     * @return cell numbers, none twice
     * @throws ConfigurationException when the array has not the cells asked for
     */
    int[] cells(CellLedger ledger, long seed);

    /** Choose every cell. */
    record All() implements CellSet {
        @Override
        public int[] cells(CellLedger ledger, long seed) {
            return ledger.cells(_ -> true);
        }

        @Override
        public String toString() {
            return "all cells";
        }
    }

    /**
     * Choose a rectangle, row after row; its ends belong to it.
     *
     * @param fromRow first word line
     * @param toRow last word line
     * @param fromColumn first bit line
     * @param toColumn last bit line
     */
    record Rectangle(int fromRow, int toRow, int fromColumn, int toColumn) implements CellSet {
        @Override
        public int[] cells(CellLedger ledger, long seed) {
            Geometry geometry = ledger.geometry();
            if (fromRow < 0 || toRow >= geometry.rows() || fromColumn < 0 || toColumn >= geometry.columns()) {
                throw new ConfigurationException(this + " are not all on a " + geometry + " array");
            }
            return IntStream.rangeClosed(fromRow, toRow).flatMap(row -> IntStream.rangeClosed(fromColumn, toColumn)
                    .map(column -> geometry.cell(row, column))).toArray();
        }

        @Override
        public String toString() {
            return "rows " + fromRow + "-" + toRow + ", columns " + fromColumn + "-" + toColumn;
        }
    }

    /**
     * Choose cells by row and column.
     *
     * @param places row and column of each
     */
    record Listed(List<Place> places) implements CellSet {
        /**
         * Name one cell.
         *
         * @param row its word line
         * @param column its bit line
         */
        public record Place(int row, int column) {}

        /** Keep the list from changing. */
        public Listed {
            places = List.copyOf(places);
        }

        @Override
        public int[] cells(CellLedger ledger, long seed) {
            Geometry geometry = ledger.geometry();
            for (Place place : places) {
                if (place.row() < 0 || place.row() >= geometry.rows() || place.column() < 0
                        || place.column() >= geometry.columns()) {
                    throw new ConfigurationException(
                            "cell " + place.row() + ":" + place.column() + " is not on a " + geometry + " array");
                }
            }
            return places.stream().mapToInt(place -> geometry.cell(place.row(), place.column())).distinct().toArray();
        }

        @Override
        public String toString() {
            return places.size() + " listed cells";
        }
    }

    /**
     * Choose the cells of another set of which something is known.
     *
     * @param known what is known: healthy, formed or not formed
     * @param of the other set
     */
    record Known(State known, CellSet of) implements CellSet {
        /** Say what is known of a cell. */
        public enum State {
            /** It is formed and switches both ways. */
            HEALTHY,
            /** It is formed. */
            FORMED,
            /** It is not known to be formed. */
            VIRGIN
        }

        @Override
        public int[] cells(CellLedger ledger, long seed) {
            return Arrays.stream(of.cells(ledger, seed)).filter(cell -> switch (known) {
                case HEALTHY -> ledger.cell(cell).health().filter(CellHealth.HEALTHY::equals).isPresent();
                case FORMED -> ledger.cell(cell).formed();
                case VIRGIN -> !ledger.cell(cell).formed();
            }).toArray();
        }

        @Override
        public String toString() {
            return known.name().toLowerCase(java.util.Locale.ROOT) + " ones of " + of;
        }
    }

    /**
     * Choose some cells of another set at random.
     *
     * @param count how many
     * @param of the other set
     * @param seed which ones; 0 for the campaign's own seed
     */
    record Sample(int count, CellSet of, long seed) implements CellSet {
        @Override
        public int[] cells(CellLedger ledger, long campaignSeed) {
            int[] all = enough(of.cells(ledger, campaignSeed), count, of);
            shuffle(all, seed == 0 ? campaignSeed : seed);
            int[] some = Arrays.copyOf(all, count);
            Arrays.sort(some);
            return some;
        }

        @Override
        public String toString() {
            return count + " at random of " + of;
        }
    }

    /**
     * Choose some cells of another set, spread evenly over it.
     *
     * @param count how many
     * @param of the other set
     */
    record Spread(int count, CellSet of) implements CellSet {
        @Override
        public int[] cells(CellLedger ledger, long seed) {
            int[] all = enough(of.cells(ledger, seed), count, of);
            return IntStream.range(0, count).map(i -> all[(int) ((long) i * all.length / count)]).toArray();
        }

        @Override
        public String toString() {
            return count + " spread over " + of;
        }
    }

    /**
     * Choose the cells of several sets, each once.
     *
     * @param sets the sets
     */
    record Union(List<CellSet> sets) implements CellSet {
        /** Keep the list from changing. */
        public Union {
            sets = List.copyOf(sets);
        }

        @Override
        public int[] cells(CellLedger ledger, long seed) {
            Set<Integer> cells = new LinkedHashSet<>();
            sets.forEach(set -> Arrays.stream(set.cells(ledger, seed)).forEach(cells::add));
            return cells.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public String toString() {
            return String.join(" and ", sets.stream().map(CellSet::toString).toList());
        }
    }

    private static int[] enough(int[] cells, int count, CellSet of) {
        if (cells.length < count) {
            throw new ConfigurationException(
                    count + " cells are asked for, but " + of + " are " + cells.length + "; form or condition more");
        }
        return cells;
    }

    /**
     * Put cells in a random order.
     *
     * @param cells numbers, changed in place
     * @param seed which order
     */
    static void shuffle(int[] cells, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = cells.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = cells[i];
            cells[i] = cells[j];
            cells[j] = held;
        }
    }
}
