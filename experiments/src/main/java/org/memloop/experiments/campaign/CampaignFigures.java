package org.memloop.experiments.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.calibration.Observation;
import org.memloop.calibration.Verdict;
import org.memloop.report.CampaignReport.Drawn;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/** Draw what one stage of a campaign measured: what is drawn depends on its procedure. */
final class CampaignFigures {
    private static final double MICRO = 1e6;
    private static final String SIEMENS = "conductance (\u00b5S)";
    private static final int MAP_CELLS = 64;
    private static final int TRAJECTORIES = 60;
    private static final int CDF_POINTS = 200;
    private static final int MOST_LINES = 12;
    private static final Predicate<Observation> READINGS = one -> !one.measured().wears();

    private final List<PassData> passes;
    private final Geometry geometry;

    CampaignFigures(List<PassData> passes, Geometry geometry) {
        this.passes = passes;
        this.geometry = geometry;
    }

    List<Drawn> figures() {
        List<Drawn> figures = new ArrayList<>();
        if (passes.stream().allMatch(pass -> pass.observations.isEmpty())) {
            return figures;
        }
        map(figures);
        switch (passes.getFirst().pass.procedure().name()) {
            case "iv-sweep" -> loops(figures);
            case "set-level" -> levels(figures);
            case "retention", "relaxation" -> times(figures);
            case "read-noise" -> noise(figures);
            case "write-verify" -> {
                distributions(figures, _ -> "",
                        data -> data.pass.label().isEmpty() ? "all" : shortened(data.pass.label()));
                pulsesToTarget(figures);
                trajectories(figures, one -> one.index(), "verifications", false);
            }
            case "weak-reset", "ltp-ltd" -> {
                trajectories(figures, one -> one.pulses(), "pulses", false);
                distributions(figures, _ -> "", _ -> "");
            }
            case "endurance" -> {
                endurance(figures);
                distributions(figures, CampaignFigures::state, _ -> "");
            }
            default -> distributions(figures, CampaignFigures::state,
                    data -> passes.size() == 1 ? "" : data.pass.label());
        }
        boxes(figures);
        return figures;
    }

    private static String state(Observation one) {
        return one.applied().map(pulse -> "after " + pulse.name()).orElse("before");
    }

    private void map(List<Drawn> figures) {
        PassData last = passes.getLast();
        List<Verdict> verdicts = passes.stream().flatMap(pass -> pass.verdicts.stream()).toList();
        if (verdicts.size() < MAP_CELLS || geometry.rows() == 1 || geometry.columns() == 1) {
            return;
        }
        double[] values = new double[geometry.cells()];
        boolean[] known = new boolean[geometry.cells()];
        for (Verdict verdict : verdicts) {
            int place = geometry.row(verdict.cell()) + geometry.rows() * geometry.column(verdict.cell());
            values[place] = Math.max(0, MICRO * verdict.siemens());
            known[place] = true;
        }
        figures.add(new Drawn(new Figure("Array after " + last.pass.stage(), Axis.of("word line (row)"),
                Axis.of("bit line (column)"), List.of(Series.HeatMap.of(SIEMENS, geometry.rows(), values, known))),
                true, "Last conductance of every cell of the stage. Cells that took no part are white."));
    }

    /** Cumulative distributions of readings, grouped by what went before and by the condition. */
    private void distributions(List<Drawn> figures, Function<Observation, String> state,
            Function<PassData, String> condition) {
        Map<String, double[]> groups = new LinkedHashMap<>();
        for (PassData data : passes) {
            String label = condition.apply(data);
            if (data.pass.procedure().name().equals("write-verify") || data.pass.procedure().name().equals("weak-reset")
                    || data.pass.procedure().name().equals("ltp-ltd")) {
                groups.merge(label.isEmpty() ? "at the end" : label,
                        data.verdicts.stream().mapToDouble(Verdict::siemens).toArray(), CampaignFigures::join);
                if (label.isEmpty() || passes.size() == 1) {
                    groups.merge("before", data.grouped(READINGS.and(one -> one.pulses() == 0), _ -> "x",
                            Observation::siemens).getOrDefault("x", new double[0]), CampaignFigures::join);
                }
            } else {
                data.grouped(READINGS, state, Observation::siemens)
                        .forEach((name, values) -> groups.merge((label + " " + name).strip(), values,
                                CampaignFigures::join));
            }
        }
        List<Series> lines = new ArrayList<>();
        groups.entrySet().stream().filter(group -> group.getValue().length > 1).limit(MOST_LINES)
                .forEach(group -> lines.add(distribution(group.getKey(), group.getValue())));
        if (!lines.isEmpty()) {
            boolean wide = widelySpread(groups);
            figures.add(new Drawn(new Figure("Distribution of conductances",
                    Axis.of(SIEMENS).as(wide ? Axis.Kind.LOGARITHMIC : Axis.Kind.LINEAR),
                    Axis.of("share of readings").from(0).to(1), lines), false,
                    "Cumulative distribution of the readings of the stage."));
        }
    }

    private static boolean widelySpread(Map<String, double[]> groups) {
        double[] all = groups.values().stream().flatMapToDouble(Arrays::stream).filter(one -> one > 0).sorted()
                .toArray();
        return all.length > 0 && all[(int) (0.995 * (all.length - 1))] > 20 * all[(int) (0.005 * (all.length - 1))];
    }

    private static double[] join(double[] one, double[] other) {
        double[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static Series distribution(String name, double[] siemens) {
        double[] sorted = Arrays.stream(siemens).map(one -> MICRO * Math.max(one, 1e-9)).sorted().toArray();
        int points = Math.min(CDF_POINTS, sorted.length);
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            int at = points == 1 ? 0 : (int) ((long) i * (sorted.length - 1) / (points - 1));
            x[i] = sorted[at];
            y[i] = (at + 1.0) / sorted.length;
        }
        return new Series.Line(name, x, y);
    }

    private void boxes(List<Drawn> figures) {
        if (passes.size() < 2) {
            return;
        }
        List<PassData> full = passes.stream().filter(pass -> !pass.verdicts.isEmpty()).toList();
        double[] x = IntStream.range(0, full.size()).mapToDouble(i -> i + 1).toArray();
        double[][] values = full.stream().map(pass -> pass.verdicts.stream()
                .mapToDouble(verdict -> MICRO * verdict.siemens()).toArray()).toArray(double[][]::new);
        figures.add(new Drawn(new Figure("Last conductance by condition",
                Axis.of("condition").from(0.4).to(full.size() + 0.6).as(Axis.Kind.WHOLE), Axis.of(SIEMENS),
                List.of(Series.Boxes.of("cells", x, values, 0.5))), false,
                "Quartiles and median, whiskers at the 5th and 95th percentile. " + String.join(", ",
                        IntStream.range(0, full.size()).mapToObj(i -> i + 1 + ": " + condition(full.get(i)))
                                .toList())));
    }

    private static String condition(PassData data) {
        String label = data.pass.label().isEmpty() ? "" : data.pass.label();
        return label + (data.pass.repeat() > 1 || label.isEmpty() ? " repeat " + data.pass.repeat() : "");
    }

    private void trajectories(List<Drawn> figures, ToDoubleFunction<Observation> x, String axis, boolean logarithmic) {
        List<Series> lines = new ArrayList<>();
        int each = Math.max(1, TRAJECTORIES / passes.size());
        for (PassData data : passes) {
            data.trajectories(each, READINGS).forEach((cell, list) -> lines.add(new Series.Line(
                    geometry.row(cell) + ":" + geometry.column(cell) + (passes.size() > 1
                            ? " " + data.pass.number()
                            : ""),
                    list.stream().mapToDouble(x).toArray(),
                    list.stream().mapToDouble(one -> MICRO * one.siemens()).toArray())));
        }
        if (!lines.isEmpty()) {
            figures.add(new Drawn(new Figure("Conductance of single cells",
                    Axis.of(axis).as(logarithmic ? Axis.Kind.LOGARITHMIC : Axis.Kind.LINEAR),
                    Axis.of(SIEMENS).from(0), lines), false,
                    lines.size() + " cells, spread over those of the stage."));
        }
    }

    private void pulsesToTarget(List<Drawn> figures) {
        List<Series> lines = new ArrayList<>();
        for (PassData data : passes) {
            double[] pulses = data.verdicts.stream().filter(one -> one.result() == Verdict.Result.REACHED)
                    .mapToDouble(Verdict::pulses).sorted().toArray();
            if (pulses.length > 1 && lines.size() < MOST_LINES) {
                double[] share = IntStream.range(0, pulses.length)
                        .mapToDouble(i -> (i + 1.0) / data.verdicts.size()).toArray();
                lines.add(new Series.Line(data.pass.label().isEmpty() ? "all" : shortened(data.pass.label()), pulses,
                        share));
            }
        }
        if (!lines.isEmpty()) {
            figures.add(new Drawn(new Figure("Pulses to target", Axis.of("pulses").from(0),
                    Axis.of("share of cells on target").from(0).to(1), lines), false,
                    "How many pulses it took; a curve ends at the share of cells that got there."));
        }
    }

    /** Where one setting alone is varied, its value says enough for a legend. */
    private static String shortened(String label) {
        return label.contains(";") ? label : label.substring(label.indexOf(' ') + 1);
    }

    private void loops(List<Drawn> figures) {
        List<Series> lines = new ArrayList<>();
        for (PassData data : passes) {
            data.trajectories(MOST_LINES - 2, READINGS.negate()).forEach((cell, list) -> lines.add(new Series.Line(
                    geometry.row(cell) + ":" + geometry.column(cell),
                    list.stream().mapToDouble(one -> sign(one) * one.volts()).toArray(),
                    list.stream().mapToDouble(one -> MICRO * sign(one) * one.amps()).toArray())));
        }
        figures.add(new Drawn(new Figure("Current against voltage", Axis.of("volts on the bit line, below 0 on the "
                + "source line"), Axis.of("current (\u00b5A)"), lines), false, "One loop of pulses for each cell."));
    }

    private static int sign(Observation one) {
        return one.measured().polarity() == Polarity.SET ? 1 : -1;
    }

    private void levels(List<Drawn> figures) {
        Map<Double, double[]> byGate = new java.util.TreeMap<>();
        for (PassData data : passes) {
            data.observations.stream().filter(READINGS).forEach(one -> one.applied()
                    .ifPresent(pulse -> byGate.merge(pulse.gateVolts(), new double[]{MICRO * one.siemens()},
                            CampaignFigures::join)));
        }
        double[] gates = byGate.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        figures.add(new Drawn(new Figure("Conductance after SET against gate", Axis.of("gate (V)"),
                Axis.of(SIEMENS).from(0), List.of(Series.Boxes.of("readings", gates,
                        byGate.values().toArray(double[][]::new),
                        gates.length < 2 ? 0.1 : 0.5 * (gates[1] - gates[0])))),
                false, "Quartiles and median, whiskers at the 5th and 95th percentile."));
    }

    private void times(List<Drawn> figures) {
        List<Series> lines = new ArrayList<>();
        int each = Math.max(1, TRAJECTORIES / passes.size());
        for (PassData data : passes) {
            data.trajectories(each, READINGS.and(one -> one.delaySeconds().isPresent())).forEach((cell, list) -> {
                double first = list.getFirst().siemens();
                lines.add(new Series.Line(geometry.row(cell) + ":" + geometry.column(cell),
                        list.stream().mapToDouble(one -> one.delaySeconds().getAsDouble()).toArray(),
                        list.stream().mapToDouble(one -> MICRO * (one.siemens() - first)).toArray()));
            });
        }
        figures.add(new Drawn(new Figure("Change since the first reading", Axis.of("time after the pulse (s)")
                .as(Axis.Kind.LOGARITHMIC), Axis.of("change (\u00b5S)"), lines), false,
                lines.size() + " cells; the true delay of each reading."));
        distributions(figures, CampaignFigures::decade, _ -> "");
    }

    private static String decade(Observation one) {
        return one.delaySeconds().isPresent()
                ? "after " + String.format(java.util.Locale.ROOT, "%.0e s",
                        Math.pow(10, Math.floor(Math.log10(one.delaySeconds().getAsDouble()))))
                : "before";
    }

    private void noise(List<Drawn> figures) {
        List<Series> lines = new ArrayList<>();
        for (PassData data : passes) {
            data.trajectories(8, READINGS).forEach((cell, list) -> lines.add(new Series.Line(
                    geometry.row(cell) + ":" + geometry.column(cell),
                    list.stream().mapToDouble(one -> one.seconds() - list.getFirst().seconds()).toArray(),
                    list.stream().mapToDouble(one -> MICRO * one.siemens()).toArray())));
        }
        figures.add(new Drawn(new Figure("Readings of single cells", Axis.of("time (s)"), Axis.of(SIEMENS), lines),
                true, NoiseStatistics.text(passes)));
    }

    private void endurance(List<Drawn> figures) {
        List<Series> lines = new ArrayList<>();
        for (PassData data : passes) {
            for (Polarity polarity : Polarity.values()) {
                data.trajectories(MOST_LINES, READINGS.and(one -> one.applied().map(Pulse::polarity)
                        .equals(Optional.of(polarity)))).forEach((cell, list) -> lines.add(new Series.Line(
                                geometry.row(cell) + ":" + geometry.column(cell) + " " + polarity,
                                list.stream().mapToDouble(one -> Math.max(1, (one.pulses() + 1) / 2)).toArray(),
                                list.stream().mapToDouble(one -> MICRO * Math.max(one.siemens(), 1e-9)).toArray())));
            }
        }
        figures.add(new Drawn(new Figure("Both states against cycles", Axis.of("cycles").as(Axis.Kind.LOGARITHMIC),
                Axis.of(SIEMENS).as(Axis.Kind.LOGARITHMIC), lines), false, "After SET above, after RESET below."));
    }
}
