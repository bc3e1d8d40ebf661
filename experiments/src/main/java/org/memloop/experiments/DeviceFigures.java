package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Preparation;
import org.memloop.calibration.TraceRecorder;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;
import org.memloop.run.Benches;

/** Draw how simulated cells fall under weak RESET: one almost linear, one noisy, and 314 of them (thesis, figure 4.9). */
final class DeviceFigures {
    private static final int DEVICES = 314;
    private static final int PULSES = 5000;
    /** Readings drawn of each device; every pulse would only thicken the lines. */
    private static final int DRAWN = 200;
    private static final double MICRO = 1e6;
    private static final double NOISY_BELOW_MICROSIEMENS = 35;

    private final long seed;
    private final Console console;

    DeviceFigures(long seed, Console console) {
        this.seed = seed;
        this.console = console;
    }

    /** Measure and write the figures as PNG and SVG. */
    void write(Path folder) {
        double[][] traces = traces();
        double[] linearity = Arrays.stream(traces).mapToDouble(DeviceFigures::linearity).toArray();
        Comparator<Integer> byLinearity = Comparator.comparingDouble(device -> linearity[device]);
        int linear = devices(traces).filter(d -> last(traces[d]) < 0.8 * traces[d][0]).boxed()
                .max(byLinearity).orElse(0);
        Comparator<Integer> byGrowth = Comparator.comparingDouble(device -> noiseGrowth(traces[device]));
        int noisy = devices(traces).filter(d -> last(traces[d]) < NOISY_BELOW_MICROSIEMENS).boxed().max(byGrowth)
                .orElse(0);
        write(folder, "figure-4.9a-linear-device", figure("A device that falls almost linearly", 1,
                List.of(traces[linear])));
        write(folder, "figure-4.9b-noisy-device", figure("A device that reaches the noisy regime", 1,
                List.of(traces[noisy])));
        write(folder, "figure-4.9c-all-devices", figure(DEVICES + " devices", PULSES / DRAWN, List.of(traces)));
    }

    private double[][] traces() {
        try (Bench bench = Benches.open(BenchUri.parse("sim:hfox-leti-128x64?seed=" + seed))) {
            int[] healthy = Preparation.USUAL.prepare(bench, (_, _, _) -> {}).healthyCells();
            int[] cells = IntStream.range(0, DEVICES).map(i -> healthy[(int) ((long) i * healthy.length / DEVICES)])
                    .toArray();
            Recording recording = TraceRecorder.measure(
                    new WeakResetCharacterization(PULSES, Pulse.WEAK_RESET), bench, ConductanceCard.WHOLE_PATH, cells,
                    (_, _, _) -> {});
            return IntStream.range(0, DEVICES).mapToObj(device -> IntStream.range(0, recording.pulses())
                    .mapToDouble(point -> MICRO * recording.siemens(device, point)).toArray()).toArray(double[][]::new);
        }
    }

    private static IntStream devices(double[][] traces) {
        return IntStream.range(0, traces.length);
    }

    private static double last(double[] trace) {
        return trace[trace.length - 1];
    }

    /** {@return how many times larger the steps between readings are in the last fifth than in the first} */
    private static double noiseGrowth(double[] trace) {
        int fifth = trace.length / 5;
        return steps(trace, trace.length - fifth, trace.length) / steps(trace, 0, fifth);
    }

    private static double steps(double[] trace, int from, int to) {
        return IntStream.range(from + 1, to).mapToDouble(i -> Math.abs(trace[i] - trace[i - 1])).average().orElse(0);
    }

    /** {@return R2 of a straight line through a trace} */
    private static double linearity(double[] trace) {
        double n = trace.length;
        double meanX = (n - 1) / 2;
        double meanY = Arrays.stream(trace).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < trace.length; i++) {
            xy += (i - meanX) * (trace[i] - meanY);
            xx += (i - meanX) * (i - meanX);
            yy += (trace[i] - meanY) * (trace[i] - meanY);
        }
        return xy * xy / (xx * yy);
    }

    private static Figure figure(String title, int every, List<double[]> traces) {
        List<Series> series = new ArrayList<>();
        for (double[] trace : traces) {
            int[] at = IntStream.range(0, trace.length).filter(i -> i % every == 0).toArray();
            series.add(new Series.Line("device " + (series.size() + 1),
                    Arrays.stream(at).asDoubleStream().toArray(),
                    Arrays.stream(at).mapToDouble(i -> trace[i]).toArray()));
        }
        return new Figure(title, Axis.of("weak RESET pulses").from(0).to(PULSES),
                Axis.of("conductance (\u00b5S)").from(0),
                series);
    }

    private void write(Path folder, String name, Figure figure) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), figure.png());
            Files.writeString(folder.resolve(name + ".svg"), figure.svg());
            console.result("figure " + folder.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the figure " + folder.resolve(name), e);
        }
    }
}
