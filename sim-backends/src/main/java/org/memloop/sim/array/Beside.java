package org.memloop.sim.array;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

import org.memloop.bench.Geometry;
import org.memloop.bench.PulseProgram;

/**
 * Remember what the cells of a column have still to feel of pulses on others of it: their column line was driven while
 * their own gate was shut. Nothing is done to a cell until it is next looked for; then it feels everything at once.
 *
 * <pre>
 *   column 7    drive A 50 us | B 0.6 us | A 150 us         in the order in which they came, equal neighbours as one
 *   cell               ^ has felt the column up to here; of what follows its own pulses are left out
 * </pre>
 *
 * A program counts from its end on, pulse by pulse of equal kind in a fixed order: the number of threads makes no
 * difference. Cells of other columns feel nothing, nor do those of the same row, whose columns are on ground.
 *
 * @param <D> what drives a line
 */
final class Beside<D> {
    /** A column that has so many different stretches is felt by all its cells and forgotten, so that memory stays bounded. */
    static final int MOST_STRETCHES = 64;

    private final Geometry geometry;
    private final IntConsumer settle;
    /** What happened to each column; empty until something does. */
    private Column[] columns = {};
    /** Up to which amount each cell has felt its column. */
    private double[] felt = {};

    /**
     * Begin with lines that were never driven.
     *
     * @param geometry shape of the array
     * @param settle lets a cell feel what it has still to feel, and tells so with {@link #settled}
     */
    Beside(Geometry geometry, IntConsumer settle) {
        this.geometry = geometry;
        this.settle = settle;
    }

    /** One column's past, in amounts since the die was made. */
    private static final class Column {
        private Object[] drives = new Object[4];
        private double[] ends = new double[4];
        private double begin;
        private int count;

        double end() {
            return count == 0 ? begin : ends[count - 1];
        }

        double begin(int stretch) {
            return stretch == 0 ? begin : ends[stretch - 1];
        }

        void add(Object drive, double amount) {
            double end = end() + amount;
            if (count > 0 && drives[count - 1].equals(drive)) {
                ends[count - 1] = end;
                return;
            }
            if (count == drives.length) {
                drives = Arrays.copyOf(drives, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            drives[count] = drive;
            ends[count++] = end;
        }

        void forget() {
            begin = end();
            count = 0;
        }
    }

    /** Feel some of one drive. */
    interface Feeling<D> {
        /** Feel so much of it: seconds, or pulses. */
        void feel(D drive, double amount);
    }

    /**
     * Say what a pulse on one cell is to the others of its column.
     *
     * @param drive what they feel
     * @param amount how much of it one pulse is
     */
    record Dose<D>(D drive, double amount) {}

    /** {@return whether a cell has still to feel something} */
    boolean isBehind(int cell) {
        return columns.length > 0 && felt[cell] < columns[geometry.column(cell)].end();
    }

    /** Tell what a cell has still to feel, in order. */
    @SuppressWarnings("unchecked")
    void tell(int cell, Feeling<D> feeling) {
        Column column = columns[geometry.column(cell)];
        int stretch = column.count;
        while (stretch > 0 && column.begin(stretch - 1) >= felt[cell]) {
            stretch--;
        }
        for (int i = Math.max(0, stretch - 1); i < column.count; i++) {
            double amount = column.ends[i] - Math.max(felt[cell], column.begin(i));
            if (amount > 0) {
                feeling.feel((D) column.drives[i], amount);
            }
        }
    }

    /** {@return up to which amount a cell has felt its column; no two settlings of a cell have the same} */
    double felt(int cell) {
        return felt.length == 0 ? 0 : felt[cell];
    }

    /** Take note that a cell has felt all. */
    void settled(int cell) {
        felt[cell] = columns[geometry.column(cell)].end();
    }

    /** Let the cells that a program is about to pulse feel what came before it. */
    void begin(PulseProgram program) {
        if (columns.length == 0) {
            return;
        }
        for (int step = 0; step < program.size(); step++) {
            begin(program.cell(step));
        }
    }

    /** Expose every column to what a program did to it; of each kind of its pulses, what others feel of it, if anything. */
    void end(PulseProgram program, List<Optional<Dose<D>>> doses) {
        if (doses.stream().allMatch(Optional::isEmpty)) {
            return;
        }
        remember();
        for (int from = 0; from < program.size();) {
            int to = program.segmentEnd(from);
            Optional<Dose<D>> dose = doses.get(program.kind(from));
            if (dose.isPresent()) {
                expose(program, from, to, dose.get());
            }
            from = to;
        }
    }

    /** Of one drive, a cell's own pulses are the first that it has felt: it is no matter in which order they came. */
    private void expose(PulseProgram program, int from, int to, Dose<D> dose) {
        long[] pulses = new long[geometry.columns()];
        for (int step = from; step < to; step++) {
            begin(program.cell(step));
            pulses[geometry.column(program.cell(step))] += program.count(step);
        }
        for (int column = 0; column < pulses.length; column++) {
            if (pulses[column] > 0) {
                expose(column, dose.drive(), pulses[column] * dose.amount());
            }
        }
        for (int step = from; step < to; step++) {
            leaveOut(program.cell(step), program.count(step) * dose.amount());
        }
    }

    /** Let a cell that is about to be pulsed feel what came before. */
    void begin(int cell) {
        if (isBehind(cell)) {
            settle.accept(cell);
        }
    }

    /** Expose the other cells of a column to one pulse on one of its cells, which has felt all that came before. */
    void end(int cell, Dose<D> dose) {
        remember();
        expose(geometry.column(cell), dose.drive(), dose.amount());
        leaveOut(cell, dose.amount());
    }

    private void leaveOut(int cell, double amount) {
        felt[cell] = Math.min(columns[geometry.column(cell)].end(), felt[cell] + amount);
    }

    private void expose(int column, D drive, double amount) {
        Column past = columns[column];
        if (past.count == MOST_STRETCHES && !past.drives[past.count - 1].equals(drive)) {
            for (int row = 0; row < geometry.rows(); row++) {
                begin(geometry.cell(row, column));
            }
            past.forget();
        }
        past.add(drive, amount);
    }

    private void remember() {
        if (columns.length == 0) {
            columns = new Column[geometry.columns()];
            Arrays.setAll(columns, _ -> new Column());
            felt = new double[geometry.cells()];
        }
    }
}
