package org.memloop.sim.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import org.memloop.bench.Pulse.Polarity;

/**
 * Hold what was measured on cells, of whatever kinds a file or several hold.
 *
 * @param responses what single conditions did to cells
 * @param cycles both states of cells after some cycles
 * @param traces readings of cells that nothing was done to
 * @param settlings conductances some time after programming
 */
public record Measured(List<Response> responses, List<Cycle> cycles, List<Trace> traces, List<Settling> settlings) {
    private static final int COPY_BITS = 40;
    /** Nothing. */
    public static final Measured NOTHING = new Measured(List.of(), List.of(), List.of(), List.of());

    /** Keep the lists from changing. */
    public Measured {
        responses = List.copyOf(responses);
        cycles = List.copyOf(cycles);
        traces = List.copyOf(traces);
        settlings = List.copyOf(settlings);
    }

    /**
     * State what equal pulses did to a cell.
     *
     * @param address which cell
     * @param polarity which line was driven
     * @param columnVolts volts on it
     * @param gateVolts volts on the word line
     * @param widthSeconds length of each pulse
     * @param pulses how many
     * @param beforeSiemens reading before
     * @param afterSiemens reading after
     */
    public record Response(long address, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            int pulses, double beforeSiemens, double afterSiemens) {
        /** {@return what the reading changed by, siemens} */
        public double changeSiemens() {
            return afterSiemens - beforeSiemens;
        }

        Response read(double before, double after) {
            return new Response(address, polarity, columnVolts, gateVolts, widthSeconds, pulses, before, after);
        }
    }

    /**
     * State both readings of a cycle.
     *
     * @param address which cell
     * @param number which cycle, 1 the first
     * @param lowOhms after SET
     * @param highOhms after RESET
     */
    public record Cycle(long address, int number, double lowOhms, double highOhms) {}

    /**
     * State readings one after the other.
     *
     * @param address which cell
     * @param seconds when
     * @param siemens what they gave
     */
    public record Trace(long address, double[] seconds, double[] siemens) {}

    /**
     * State one reading some time after programming.
     *
     * @param address which cell
     * @param seconds how long after, nominally
     * @param initialSiemens the reading right after
     * @param siemens the reading then
     */
    public record Settling(long address, double seconds, double initialSiemens, double siemens) {
        /** {@return what the reading changed by, siemens} */
        public double changeSiemens() {
            return siemens - initialSiemens;
        }
    }

    /**
     * Put two together.
     *
     * @param other what else was measured
     * @return both
     */
    public Measured and(Measured other) {
        return new Measured(joined(responses, other.responses), joined(cycles, other.cycles),
                joined(traces, other.traces), joined(settlings, other.settlings));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * Keep the measurements of some cells. Traces are kept in both halves of a split: a single one cannot be divided by
     * cells.
     *
     * @param cell tells which
     * @return those
     */
    public Measured of(LongPredicate cell) {
        return new Measured(responses.stream().filter(r -> cell.test(r.address())).toList(),
                cycles.stream().filter(c -> cell.test(c.address())).toList(), traces,
                settlings.stream().filter(s -> cell.test(s.address())).toList());
    }

    /**
     * Take every cell several times, each time as a cell of its own; a trace once.
     *
     * @param copies how many times, at least 1
     * @return the copies, one after the other
     */
    Measured times(int copies) {
        Measured all = this;
        for (long copy = 1; copy < copies; copy++) {
            long other = copy << COPY_BITS;
            all = all.and(new Measured(responses,
                    cycles.stream().map(c -> new Cycle(c.address + other, c.number, c.lowOhms, c.highOhms)).toList(),
                    List.of(), settlings.stream()
                            .map(s -> new Settling(s.address + other, s.seconds, s.initialSiemens, s.siemens))
                            .toList()));
        }
        return all;
    }

    /**
     * Choose cells at random, each by its address alone.
     *
     * @param share how many of them, 0 to 1
     * @param seed another seed, other cells
     * @return tells whether a cell is among them
     */
    public static LongPredicate chosen(double share, long seed) {
        return address -> {
            long z = (address + seed * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 32) * 0x94D049BB133111EBL;
            return ((z ^ z >>> 29) >>> 11) * 0x1p-53 < share;
        };
    }

    /** {@return how many numbers of each kind there are, for a person} */
    public String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, responses.size(), "pulse responses");
        add(parts, cycles.size(), "cycles");
        add(parts, traces.stream().mapToInt(t -> t.siemens().length).sum(), "readings of a trace");
        add(parts, settlings.size(), "settled readings");
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(String.format(java.util.Locale.ROOT, "%,d %s", count, what));
        }
    }
}
