package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/** Draw how conductances fall pulse by pulse: figures 4.9 and 4.17. */
enum TracePlots implements Drawing {
    /** One device that stays in the linear part, one that leaves it, and all. */
    EXAMPLES {
        @Override
        public int columnsOfPanels() {
            return 3;
        }

        @Override
        public List<Figure> panels(Material material) {
            Recording all = material.recording().get();
            List<Integer> byEnd = IntStream.range(0, all.devices()).boxed()
                    .sorted(Comparator.comparingDouble(device -> last(all, device))).toList();
            int straightest = byEnd.stream().min(Comparator.comparingDouble(device -> bend(all, device))).orElseThrow();
            return List.of(one("a device in its linear part", all, straightest),
                    one("a device that leaves it", all, byEnd.get(all.devices() / 10)),
                    all(all, "conductance (µS)", siemens -> 1e6 * siemens));
        }
    },
    /** All devices, in proportion and in proportion to the logarithm. */
    SCALES {
        @Override
        public List<Figure> panels(Material material) {
            Recording all = material.recording().get();
            return List.of(all(all, "conductance (µS)", siemens -> 1e6 * siemens),
                    all(all, "log₁₀(conductance / S)", Math::log10));
        }
    };

    /** Points of a line; a trace has more than a picture has pixels. */
    private static final int POINTS = 250;

    @Override
    public List<Experiment> experiments() {
        return List.of();
    }

    private static double last(Recording all, int device) {
        int from = Math.max(0, all.pulses() - 100);
        return IntStream.range(from, all.pulses()).mapToDouble(pulse -> all.siemens(device, pulse)).average()
                .orElseThrow();
    }

    /** Mean distance of a trace from the straight line between its ends, as a share of how far it falls. */
    private static double bend(Recording all, int device) {
        double first = all.siemens(device, 0);
        double fall = first - last(all, device);
        double step = fall / (all.pulses() - 1);
        return fall <= 0
                ? Double.POSITIVE_INFINITY
                : IntStream.range(0, all.pulses())
                        .mapToDouble(pulse -> Math.abs(all.siemens(device, pulse) - (first - step * pulse)))
                        .average().orElseThrow() / fall;
    }

    private static Figure one(String title, Recording all, int device) {
        return new Figure(title, Axis.of("pulses").from(0), Axis.of("conductance (µS)").from(0),
                List.of(line("device " + device, all, device, siemens -> 1e6 * siemens, all.pulses())));
    }

    private static Figure all(Recording all, String quantity, DoubleUnaryOperator scale) {
        List<Series> lines = new ArrayList<>();
        for (int device = 0; device < all.devices(); device++) {
            lines.add(line("device " + device, all, device, scale, POINTS));
        }
        return new Figure(all.devices() + " devices", Axis.of("pulses").from(0), Axis.of(quantity), lines);
    }

    private static Series line(String name, Recording all, int device, DoubleUnaryOperator scale, int points) {
        int every = Math.max(1, all.pulses() / points);
        double[] pulses = IntStream.range(0, all.pulses()).filter(pulse -> pulse % every == 0).asDoubleStream()
                .toArray();
        double[] values = IntStream.range(0, pulses.length)
                .mapToDouble(i -> scale.applyAsDouble(Math.max(1e-9, all.siemens(device, (int) pulses[i])))).toArray();
        return new Series.Line(name, pulses, values);
    }
}
