package org.memloop.sim.instrument;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.memloop.sim.instrument.FlexEngine.Arguments;

/** Know the range codes of the B1500A's medium-power and high-resolution source-measure units, and what those can do. */
final class FlexRanges {
    static final double VOLTS_MAX = 100;
    static final double AMPS_MAX = 0.1;
    private static final Set<Integer> VOLTS = Set.of(0, 2, 5, 20, 50, 200, 400, 1000);
    private static final TreeMap<Integer, Double> AMPS = new TreeMap<>(Map.ofEntries(Map.entry(8, 1e-12),
            Map.entry(9, 10e-12), Map.entry(10, 100e-12), Map.entry(11, 1e-9), Map.entry(12, 10e-9),
            Map.entry(13, 100e-9), Map.entry(14, 1e-6), Map.entry(15, 10e-6), Map.entry(16, 100e-6),
            Map.entry(17, 1e-3), Map.entry(18, 10e-3), Map.entry(19, 100e-3)));

    private FlexRanges() {}

    /** Read a voltage range: 0 auto, positive at least, and for measuring negative fixed. */
    static int volts(Arguments arguments, int index, boolean measuring) throws FlexError {
        return code(arguments, index, measuring, VOLTS::contains);
    }

    /** Read a current range. */
    static int amps(Arguments arguments, int index, boolean measuring) throws FlexError {
        return code(arguments, index, measuring, code -> code == 0 || AMPS.containsKey(code));
    }

    private static int code(Arguments arguments, int index, boolean measuring,
            java.util.function.IntPredicate known) throws FlexError {
        double code = arguments.number(index, 0);
        if (code != Math.rint(code) || !known.test((int) Math.abs(code)) || code < 0 && !measuring) {
            throw new FlexError(FlexError.Kind.RANGE);
        }
        return (int) code;
    }

    /** {@return the most current at some volts} */
    static double ampsMax(double volts) {
        return Math.abs(volts) <= 20 ? AMPS_MAX : Math.abs(volts) <= 40 ? 50e-3 : 20e-3;
    }

    /** {@return full scale of the range in which a current is measured, amperes} */
    static double fullScaleAmps(int code, double amps) {
        double least = AMPS.getOrDefault(Math.abs(code), 1e-12);
        if (code < 0) {
            return least;
        }
        return AMPS.values().stream().mapToDouble(Double::doubleValue)
                .filter(full -> full >= least && full >= Math.abs(amps)).min().orElse(AMPS_MAX);
    }

    /** {@return full scale of the range in which volts are measured} */
    static double fullScaleVolts(int code, double volts) {
        double least = code == 0 ? 0.5 : Math.abs(code) / 10.0;
        if (code < 0) {
            return least;
        }
        return VOLTS.stream().mapToDouble(c -> c / 10.0).filter(full -> full >= least && full >= Math.abs(volts)).min()
                .orElse(VOLTS_MAX);
    }
}
