package org.memloop.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hold an ordered batch of pulses in columns: step {@code i} gives cell {@code cell(i)} the pulse {@code pulse(i)},
 * {@code count(i)} times in a row. A program never changes once built.
 *
 * <p>Every pulse of a step whose condition is {@linkplain Pulse#measured() measured} yields one reading.
 */
public final class PulseProgram {
    private final List<Pulse> pulses;
    private final int[] cells;
    private final byte[] kinds;
    private final int[] counts;
    private final long pulseCount;
    private final int readingCount;

    private PulseProgram(Builder builder) {
        pulses = List.copyOf(builder.pulses);
        cells = Arrays.copyOf(builder.cells, builder.size);
        kinds = Arrays.copyOf(builder.kinds, builder.size);
        counts = Arrays.copyOf(builder.counts, builder.size);
        long fired = 0;
        long read = 0;
        for (int from = 0; from < cells.length;) {
            int to = segmentEnd(from);
            long count = 0;
            for (int step = from; step < to; step++) {
                count += counts[step];
            }
            fired += count;
            read += pulse(from).measured() ? count : 0;
            from = to;
        }
        pulseCount = fired;
        readingCount = Math.toIntExact(read);
    }

    /** {@return a builder of a new program} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Give every listed cell the same pulse once, in the order of the list.
     *
     * @param pulse the condition
     * @param cells cell numbers
     * @return the program
     */
    public static PulseProgram of(Pulse pulse, int... cells) {
        return builder().addAll(cells, pulse).build();
    }

    /** {@return the number of steps} */
    public int size() {
        return cells.length;
    }

    /** {@return the distinct conditions, in order of first use} */
    public List<Pulse> pulses() {
        return pulses;
    }

    /**
     * Tell which cell a step addresses.
     *
     * @param step index of the step
     * @return the cell's number
     */
    public int cell(int step) {
        return cells[step];
    }

    /**
     * Tell the condition of a step.
     *
     * @param step index of the step
     * @return its pulse
     */
    public Pulse pulse(int step) {
        return pulses.get(kinds[step]);
    }

    /**
     * Tell the condition of a step as an index of {@link #pulses()}.
     *
     * @param step index of the step
     * @return index into the distinct conditions
     */
    public int kind(int step) {
        return kinds[step];
    }

    /**
     * Tell how often a step repeats its pulse.
     *
     * @param step index of the step
     * @return the count, at least 1
     */
    public int count(int step) {
        return counts[step];
    }

    /** {@return how many pulses the whole program fires, readings included} */
    public long pulseCount() {
        return pulseCount;
    }

    /** {@return how many readings the program yields} */
    public int readingCount() {
        return readingCount;
    }

    /**
     * Find the end of the run of steps that share one condition; instruments are set once for each such segment.
     *
     * @param step first step of the segment
     * @return the index after its last step
     */
    public int segmentEnd(int step) {
        int end = step + 1;
        while (end < kinds.length && kinds[end] == kinds[step]) {
            end++;
        }
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PulseProgram that && pulses.equals(that.pulses) && Arrays.equals(cells, that.cells)
                && Arrays.equals(kinds, that.kinds) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * pulses.hashCode() + Arrays.hashCode(cells)) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "PulseProgram[" + cells.length + " steps, " + pulseCount + " pulses, " + readingCount + " readings]";
    }

    /** Collect the steps of a program. */
    public static final class Builder {
        private final List<Pulse> pulses = new ArrayList<>();
        private int[] cells = new int[64];
        private byte[] kinds = new byte[64];
        private int[] counts = new int[64];
        private int size;

        private Builder() {}

        /**
         * Add one pulse on one cell.
         *
         * @param cell the cell's number
         * @param pulse the condition
         * @return this builder
         */
        public Builder add(int cell, Pulse pulse) {
            return add(cell, pulse, 1);
        }

        /**
         * Add a train of equal pulses on one cell.
         *
         * @param cell the cell's number, not negative
         * @param pulse the condition
         * @param count how many, at least 1
         * @return this builder
         */
        public Builder add(int cell, Pulse pulse, int count) {
            require(size, cell, count);
            makeRoom(1);
            cells[size] = cell;
            kinds[size] = (byte) kindOf(pulse);
            counts[size] = count;
            size++;
            return this;
        }

        /**
         * Add one pulse on each of several cells.
         *
         * @param these cell numbers, in order
         * @param pulse the condition
         * @return this builder
         */
        public Builder addAll(int[] these, Pulse pulse) {
            for (int i = 0; i < these.length; i++) {
                require(size + i, these[i], 1);
            }
            int begin = append(these, these.length, pulse);
            Arrays.fill(counts, begin, size, 1);
            return this;
        }

        /**
         * Add a train of equal pulses on each of several cells, columns at a time.
         *
         * @param these cell numbers, in order; those after the first {@code length} are not looked at
         * @param trains how many pulses each gets, at least 1
         * @param length how many cells
         * @param pulse the condition
         * @return this builder
         */
        public Builder addAll(int[] these, int[] trains, int length, Pulse pulse) {
            for (int i = 0; i < length; i++) {
                require(size + i, these[i], trains[i]);
            }
            int begin = append(these, length, pulse);
            System.arraycopy(trains, 0, counts, begin, length);
            return this;
        }

        /** Add cells and kinds, and leave room for counts. {@return the first of the new steps} */
        private int append(int[] these, int length, Pulse pulse) {
            int begin = size;
            if (length > 0) {
                makeRoom(length);
                System.arraycopy(these, 0, cells, begin, length);
                Arrays.fill(kinds, begin, begin + length, (byte) kindOf(pulse));
                size += length;
            }
            return begin;
        }

        private void makeRoom(int steps) {
            if (size + steps > cells.length) {
                int room = Math.max(2 * size, size + steps);
                cells = Arrays.copyOf(cells, room);
                kinds = Arrays.copyOf(kinds, room);
                counts = Arrays.copyOf(counts, room);
            }
        }

        private static void require(int step, int cell, int count) {
            if (cell < 0) {
                throw new IllegalArgumentException("step " + step + ": no cell has the number " + cell);
            }
            if (count < 1) {
                throw new IllegalArgumentException(
                        "step " + step + ": a pulse is fired at least once, not " + count + " times");
            }
        }

        private int kindOf(Pulse pulse) {
            int last = size == 0 ? -1 : kinds[size - 1];
            if (last >= 0 && pulses.get(last) == pulse) {
                return last;
            }
            int kind = pulses.indexOf(pulse);
            if (kind < 0) {
                if (pulses.size() == Byte.MAX_VALUE) {
                    throw new IllegalArgumentException("a program holds at most 127 different pulses");
                }
                pulses.add(pulse);
                kind = pulses.size() - 1;
            }
            return kind;
        }

        /** {@return the number of steps so far} */
        public int size() {
            return size;
        }

        /** {@return the program of the steps so far} */
        public PulseProgram build() {
            return new PulseProgram(this);
        }
    }
}
