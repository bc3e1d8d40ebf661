package org.memloop.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/**
 * Draw how conductances fall pulse by pulse, of recorded and of simulated devices alike: one device that falls almost
 * linearly, one that reaches the noisy regime of low conductances, and all (thesis, figure 4.9).
 *
 * <p>The linear device is the one, of those that fall by a fifth at least, that stays closest to a straight line: its
 * largest distance, of the means of 50 readings, is the smallest share of its fall. The noisy one is, of the tenth that
 * ends lowest, the one whose readings jump most at the end, compared with the beginning.
 */
public final class TraceFigures {
    /** Points of a line among many; a trace has more than a picture has pixels. */
    private static final int POINTS = 250;
    private static final double MICRO = 1e6;
    private static final int AVERAGED = 50;
    private static final double LEAST_FALL = 0.2;
    private static final int LOWEST = 10;

    private TraceFigures() {}

    /**
     * Draw examples.
     *
     * @param all readings after each pulse
     * @return a linear device, a noisy one, all
     */
    public static List<Figure> examples(Recording all) {
        Axis axis = Axis.of("conductance (µS)").from(0);
        return List.of(one("a device that falls almost linearly", all, linear(all), axis),
                one("a device that reaches the noisy regime", all, noisy(all), axis),
                all(all, axis, siemens -> MICRO * siemens));
    }

    /**
     * Draw all devices.
     *
     * @param all readings after each pulse
     * @param axis what is drawn
     * @param scale makes that of siemens
     * @return a line for each device
     */
    public static Figure all(Recording all, Axis axis, DoubleUnaryOperator scale) {
        List<Series> lines = new ArrayList<>();
        for (int device = 0; device < all.devices(); device++) {
            lines.add(line(all, device, scale, Math.max(1, all.pulses() / POINTS)));
        }
        return new Figure(all.devices() + " devices", Axis.of("weak RESET pulses").from(0), axis, lines);
    }

    private static Figure one(String title, Recording all, int device, Axis axis) {
        return new Figure(title, Axis.of("weak RESET pulses").from(0), axis,
                List.of(line(all, device, siemens -> MICRO * siemens, 1)));
    }

    private static Series line(Recording all, int device, DoubleUnaryOperator scale, int every) {
        int[] pulses = IntStream.range(0, all.pulses()).filter(pulse -> pulse % every == 0).toArray();
        return new Series.Line("device " + device, Arrays.stream(pulses).asDoubleStream().toArray(),
                Arrays.stream(pulses)
                        .mapToDouble(pulse -> scale.applyAsDouble(Math.max(1e-9, all.siemens(device, pulse))))
                        .toArray());
    }

    /** {@return the device that falls most like a straight line; of devices that hardly fall, any} */
    static int linear(Recording all) {
        double[] bends = IntStream.range(0, all.devices()).mapToDouble(device -> bend(means(all, device))).toArray();
        return IntStream.range(0, all.devices()).boxed().min(Comparator.comparingDouble(device -> bends[device]))
                .orElseThrow();
    }

    /** {@return the device whose noise grows most} */
    static int noisy(Recording all) {
        double[] ends = IntStream.range(0, all.devices()).mapToDouble(device -> means(all, device)[last(all)])
                .toArray();
        return IntStream.range(0, all.devices()).boxed().sorted(Comparator.comparingDouble(device -> ends[device]))
                .limit(Math.max(1, all.devices() / LOWEST))
                .max(Comparator.comparingDouble(device -> noiseGrowth(all, device))).orElseThrow();
    }

    private static int last(Recording all) {
        return Math.ceilDiv(all.pulses(), AVERAGED) - 1;
    }

    private static double[] means(Recording all, int device) {
        return IntStream.rangeClosed(0, last(all))
                .mapToDouble(part -> IntStream.range(part * AVERAGED, Math.min((part + 1) * AVERAGED, all.pulses()))
                        .mapToDouble(pulse -> all.siemens(device, pulse)).average().orElseThrow())
                .toArray();
    }

    /** {@return the largest distance of points from the straight line of least squares, as a share of their fall} */
    private static double bend(double... points) {
        double fall = points[0] - points[points.length - 1];
        if (!(fall >= LEAST_FALL * points[0])) {
            return Double.POSITIVE_INFINITY;
        }
        double middle = (points.length - 1) / 2.0;
        double mean = Arrays.stream(points).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < points.length; i++) {
            products += (i - middle) * (points[i] - mean);
            squares += (i - middle) * (i - middle);
        }
        double slope = products / squares;
        return IntStream.range(0, points.length)
                .mapToDouble(i -> Math.abs(points[i] - mean - slope * (i - middle))).max().orElseThrow() / fall;
    }

    /** {@return how many times larger the steps between readings are in the last fifth than in the first} */
    private static double noiseGrowth(Recording all, int device) {
        int fifth = all.pulses() / 5;
        return steps(all, device, all.pulses() - fifth, all.pulses()) / steps(all, device, 0, fifth);
    }

    private static double steps(Recording all, int device, int from, int to) {
        return IntStream.range(from + 1, to)
                .mapToDouble(pulse -> Math.abs(all.siemens(device, pulse) - all.siemens(device, pulse - 1))).average()
                .orElse(1);
    }
}
