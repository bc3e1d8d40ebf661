package org.memloop.sim.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Emulate the automatic measurements of an Infiniium oscilloscope on the selected segment. Top and base are the means of
 * the points above and below the middle; what a segment with one pulse cannot tell, such as a period, is 9.99999E+37.
 */
final class WaveformMeasurements {
    private static final double NO_NUMBER = 9.99999e37;
    private static final double FLAT_SHARE = 0.02;

    /** Measure points that are taken at equal times. */
    private interface Measurement {
        OptionalDouble of(double[] volts, double origin, double increment);
    }

    private final Supplier<SegmentMemory> recording;
    private final Supplier<Integer> segment;

    WaveformMeasurements(ScpiSettings settings, ScpiTable table, Supplier<SegmentMemory> recording,
            Supplier<Integer> segment) {
        this.recording = recording;
        this.segment = segment;
        settings.choice(":MEASure:SOURce", "CHANnel1|CHANnel2|CHANnel3|CHANnel4");
        declare(table, "VMAX", (v, _, _) -> Arrays.stream(v).max());
        declare(table, "VMIN", (v, _, _) -> Arrays.stream(v).min());
        declare(table, "VPP", (v, _, _) -> difference(Arrays.stream(v).max(), Arrays.stream(v).min()));
        declare(table, "VTOP", (v, _, _) -> side(v, true));
        declare(table, "VBASe", (v, _, _) -> side(v, false));
        declare(table, "VAMPlitude", (v, _, _) -> difference(side(v, true), side(v, false)));
        declare(table, "VRMS", (v, _, _) -> OptionalDouble.of(Math.sqrt(Arrays.stream(v).map(x -> x * x).average()
                .orElse(0))));
        declare(table, "PWIDth", (v, _, increment) -> {
            OptionalDouble width = difference(crossing(v, false), crossing(v, true));
            return width.isPresent() ? OptionalDouble.of(width.getAsDouble() * increment) : width;
        });
        declare(table, "TEDGe", (v, origin, increment) -> {
            OptionalDouble at = crossing(v, true);
            return at.isPresent() ? OptionalDouble.of(origin + at.getAsDouble() * increment) : at;
        });
        for (String edge : List.of("RISetime", "FALLtime")) {
            declare(table, edge, (v, _, increment) -> crossing(v, edge.startsWith("RIS")).isPresent()
                    ? OptionalDouble.of(0.8 * increment) // edges are faster than one sample
                    : OptionalDouble.empty());
        }
        for (String periodic : List.of("PERiod", "FREQuency", "DUTYcycle")) {
            declare(table, periodic, (_, _, _) -> OptionalDouble.empty());
        }
    }

    private void declare(ScpiTable table, String name, Measurement measurement) {
        table.queryWith(":MEASure:" + name, 3, _ -> {
            SegmentMemory memory = recording.get();
            double value = memory.segments() == 0
                    ? NO_NUMBER
                    : measurement.of(memory.volts(segment.get()), memory.scales().origin(), memory.scales().increment())
                            .orElse(NO_NUMBER);
            return ScpiData.show(value);
        });
    }

    private static OptionalDouble difference(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || b.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(a.getAsDouble() - b.getAsDouble());
    }

    private static double middle(double[] volts) {
        return (Arrays.stream(volts).max().orElse(0) + Arrays.stream(volts).min().orElse(0)) / 2;
    }

    private static OptionalDouble side(double[] volts, boolean above) {
        double middle = middle(volts);
        return Arrays.stream(volts).filter(v -> above == v > middle).average();
    }

    /** {@return the sample at which the volts first pass the middle upwards, or come back; empty when they do not} */
    private static OptionalDouble crossing(double[] volts, boolean upwards) {
        double middle = middle(volts);
        double apart = side(volts, true).orElse(0) - side(volts, false).orElse(0);
        if (apart < FLAT_SHARE * Math.abs(middle)) {
            return OptionalDouble.empty();
        }
        int i = 1;
        while (i < volts.length && !(volts[i - 1] <= middle && volts[i] > middle)) {
            i++;
        }
        int rise = i;
        while (!upwards && i < volts.length && volts[i] > middle) {
            i++;
        }
        return rise >= volts.length || i >= volts.length ? OptionalDouble.empty() : OptionalDouble.of(i);
    }
}
