package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.report.Figure;
import org.memloop.report.Series;
import org.memloop.sim.crossbar.Crossbar;

/**
 * Show what the resistance of its wires does to the weights of an array: figure 4 of M. E. Fouda et al. The array as a
 * whole gives its parts a and b, the array in tiles its parts c and d.
 */
public final class MapCrossbar {
    private static final int MOST_POINTS = 4000;

    private final CrossbarPlan plan;
    private final LongSupplier nanoseconds;

    /**
     * Prepare it.
     *
     * @param plan every setting
     * @param nanoseconds a clock, for how long it takes
     */
    public MapCrossbar(CrossbarPlan plan, LongSupplier nanoseconds) {
        this.plan = plan;
        this.nanoseconds = nanoseconds;
    }

    private record Matrix(int columns, double[] siemens) {
        Matrix of(double[] others) {
            return new Matrix(columns, others);
        }
    }

    /**
     * Do it.
     *
     * @param console who is told
     * @throws org.memloop.bench.BenchException when the file is no recording
     * @throws UncheckedIOException when a file cannot be read or written
     */
    public void run(Console console) {
        Matrix wanted = wanted();
        Crossbar array = new Crossbar(wanted.siemens.length / wanted.columns, wanted.columns, plan.wires());
        console.result(String.format(Locale.ROOT,
                "%,d x %,d cells, %s ohm a segment, drivers on the %s, sensed at the %s", array.rows(),
                array.columns(), plan.wires().drivenOhms(), lower(plan.wires().source()), lower(plan.wires().sense())));
        show("whole", wanted, () -> array.effectiveSiemens(wanted.siemens), console);
        plan.tile().ifPresent(side -> show("tiles", wanted,
                () -> array.effectiveSiemens(wanted.siemens, side, side), console));
        plan.folder().ifPresent(folder -> console.result("figures and numbers: " + folder));
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private Matrix wanted() {
        return switch (plan.cells()) {
            case CrossbarPlan.Cells.Random cells -> new Matrix(cells.columns(), new SplittableRandom(cells.seed())
                    .doubles((long) cells.rows() * cells.columns(), cells.leastSiemens(), cells.mostSiemens())
                    .toArray());
            case CrossbarPlan.Cells.Recorded(Path file) -> {
                Recording recording = Recordings.read(file, Optional.empty());
                double[] siemens = new double[Math.multiplyExact(recording.devices(), recording.pulses())];
                Arrays.setAll(siemens, i -> recording.siemens(i / recording.pulses(), i % recording.pulses()));
                yield new Matrix(recording.pulses(), siemens);
            }
        };
    }

    private void show(String name, Matrix wanted, Supplier<double[]> measurement, Console console) {
        long start = nanoseconds.getAsLong();
        Matrix measured = wanted.of(measurement.get());
        console.result(summary(name, wanted.siemens, measured.siemens) + String.format(Locale.ROOT, "; in %.2f s",
                (nanoseconds.getAsLong() - start) * 1e-9));
        plan.folder().ifPresent(folder -> {
            write(folder, name + "-map", map(name, wanted, measured), cells(name, measured).csv());
            Figure scatter = scatter(name, wanted, measured);
            write(folder, name + "-weights", scatter, scatter.csv());
        });
    }

    /** {@return the ratio of measured to wanted: cell by cell where a cell conducts at all, and of the sums} */
    private static String summary(String name, double[] wanted, double[] measured) {
        double[] ratios = IntStream.range(0, wanted.length).filter(cell -> wanted[cell] > 0)
                .mapToDouble(cell -> measured[cell] / wanted[cell]).sorted().toArray();
        if (ratios.length == 0) {
            return name + ": no cell conducts";
        }
        return String.format(Locale.ROOT,
                "%s: measured / wanted %.4f in sum; cell by cell mean %.4f, from %.4f to %.4f", name,
                Arrays.stream(measured).sum() / Arrays.stream(wanted).sum(),
                Arrays.stream(ratios).average().orElseThrow(), ratios[0], ratios[ratios.length - 1]);
    }

    private static Figure map(String name, Matrix wanted, Matrix measured) {
        boolean[] all = new boolean[wanted.siemens.length];
        Arrays.fill(all, true);
        Series.HeatMap scale = Series.HeatMap.of("", wanted.columns, microsiemens(wanted), all);
        Series.HeatMap map = Series.HeatMap.of("measured conductance (µS)", wanted.columns, microsiemens(measured),
                all);
        // the colours of the wanted weights, so that maps of one array can be compared
        return map(name, new Series.HeatMap(map.name(), map.columns(), map.values(), map.known(), 0, scale.high(),
                map.side()));
    }

    /** {@return the map of every single cell, which is too large to draw} */
    private static Figure cells(String name, Matrix measured) {
        boolean[] all = new boolean[measured.siemens.length];
        Arrays.fill(all, true);
        return map(name, new Series.HeatMap("measured conductance (µS)", measured.columns, microsiemens(measured), all,
                0, 1));
    }

    private static Figure map(String name, Series.HeatMap map) {
        return new Figure("measured weights, " + name, Figure.Axis.of("column"), Figure.Axis.of("row"), List.of(map));
    }

    private static Figure scatter(String name, Matrix wanted, Matrix measured) {
        double[] x = thinned(microsiemens(wanted));
        double[] ends = {0, Arrays.stream(x).max().orElse(1)};
        return new Figure("measured and wanted weights, " + name, Figure.Axis.of("wanted conductance (µS)").from(0),
                Figure.Axis.of("measured conductance (µS)").from(0),
                List.of(new Series.Points("cells", x, thinned(microsiemens(measured))),
                        new Series.Line("ideal wires", ends, ends)));
    }

    private static double[] microsiemens(Matrix matrix) {
        return Arrays.stream(matrix.siemens).map(siemens -> 1e6 * siemens).toArray();
    }

    /** Keep so many cells that a page can bear them, from all over the array. */
    private static double[] thinned(double[] values) {
        int kept = Math.min(MOST_POINTS, values.length);
        return IntStream.range(0, kept).mapToDouble(i -> values[(int) ((i + 0.5) * values.length / kept)]).toArray();
    }

    private static void write(Path folder, String name, Figure figure, String numbers) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), figure.png());
            Files.writeString(folder.resolve(name + ".svg"), figure.svg());
            Files.writeString(folder.resolve(name + ".csv"), numbers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
