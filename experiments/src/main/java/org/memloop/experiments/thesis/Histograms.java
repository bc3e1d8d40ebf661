package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.memloop.bench.ConfigurationException;
import org.memloop.recording.SynapseFile;
import org.memloop.report.Figure;
import org.memloop.report.Figure.Axis;
import org.memloop.report.Series;

/**
 * Count synapses by what they were given from the beginning to the end of learning; of several seeds, the mean count of
 * each bin.
 *
 * @param experiment whose runs are looked at
 * @param kind what is counted
 */
record Histograms(Experiment experiment, Kind kind) implements Drawing {
    private static final int BINS = 80;

    /** Choose what of a synapse is counted. */
    enum Kind {
        /** How far its weight has come: figure 3.3. */
        CHANGE(List.of(new Quantity("change of weight", false,
                layer -> IntStream.range(0, layer.finalWeights().length)
                        .mapToDouble(i -> layer.finalWeights()[i] - layer.initialWeights()[i]).toArray()))),
        /** Its changes of each sign, added up: figure 3.4. */
        TRAVEL(List.of(new Quantity("sum of positive changes", false, layer -> changes(layer, 1)),
                new Quantity("sum of negative changes, unsigned", false, layer -> changes(layer, -1)))),
        /** Positive less negative pulses: figures 3.7, 3.14, 3.18. */
        BALANCE(List.of(new Quantity("positive less negative pulses", true,
                layer -> IntStream.range(0, layer.positivePulses().length)
                        .mapToDouble(i -> layer.positivePulses()[i] - layer.negativePulses()[i]).toArray()))),
        /** Pulses of each sign: figures 3.8, 3.15, 3.19. */
        SIGNS(List.of(
                new Quantity("positive pulses", true,
                        layer -> Arrays.stream(layer.positivePulses()).asDoubleStream().toArray()),
                new Quantity("negative pulses", true,
                        layer -> Arrays.stream(layer.negativePulses()).asDoubleStream().toArray())));

        private final List<Quantity> quantities;

        Kind(List<Quantity> quantities) {
            this.quantities = quantities;
        }

        /** Half of what a weight went to and fro, and half of how far it came by that; rounding must not make it less than 0. */
        private static double[] changes(SynapseFile.Layer layer, int sign) {
            float[] travel = layer.travel().orElseThrow(() -> new ConfigurationException(
                    "the run did not keep the travel of its weights; train again with --travel"));
            return IntStream.range(0, travel.length).mapToDouble(
                    i -> Math.max(0, (travel[i] + sign * (layer.finalWeights()[i] - layer.initialWeights()[i])) / 2))
                    .toArray();
        }
    }

    private record Quantity(String name, boolean whole, Function<SynapseFile.Layer, double[]> of) {}

    @Override
    public List<Experiment> experiments() {
        return List.of(experiment);
    }

    @Override
    public Set<String> columns() {
        return Set.of();
    }

    @Override
    public boolean synapses() {
        return true;
    }

    @Override
    public List<Figure> panels(Material material) {
        List<List<SynapseFile.Layer>> seeds = material.runs().get(experiment).stream()
                .map(run -> SynapseFile.read(run.synapses())).toList();
        List<Figure> panels = new ArrayList<>();
        for (int layer = 0; layer < seeds.getFirst().size(); layer++) {
            for (Quantity quantity : kind.quantities) {
                int at = layer;
                panels.add(histogram("layer " + (layer + 1), quantity,
                        seeds.stream().map(layers -> quantity.of().apply(layers.get(at))).toList()));
            }
        }
        return panels;
    }

    private static Figure histogram(String title, Quantity quantity, List<double[]> seeds) {
        double least = seeds.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
        double most = seeds.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        double width = Math.max((most - least) / BINS, 1e-9);
        if (quantity.whole()) { // bins of an odd number of pulses, none catches more values than its neighbour
            width = 2 * Math.floor(width / 2) + 1;
        }
        // zero lies in the middle of a bin, or, where nothing is less, at the beginning of the first
        double low = least < 0 ? (Math.floor(least / width + 0.5) - 0.5) * width : quantity.whole() ? -0.5 : 0;
        int bins = (int) Math.max(1, Math.ceil((most - low) / width));
        double[] counts = new double[bins];
        for (double[] values : seeds) {
            for (double value : values) {
                counts[Math.clamp((long) ((value - low) / width), 0, bins - 1)] += 1.0 / seeds.size();
            }
        }
        return new Figure(title + ", " + quantity.name(), Axis.of(quantity.name()), Axis.of("synapses").from(0),
                List.of(new Series.Bins("synapses", low, low + bins * width, counts)));
    }
}
