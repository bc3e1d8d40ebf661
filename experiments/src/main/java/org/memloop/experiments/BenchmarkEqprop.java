package org.memloop.experiments;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.data.DatasetException;
import org.memloop.data.MnistFiles;
import org.memloop.data.Splits;
import org.memloop.experiments.EqpropPlan.Rule;
import org.memloop.learn.Biases;
import org.memloop.learn.Dataset;
import org.memloop.learn.Discretizer;
import org.memloop.learn.EqProp;
import org.memloop.learn.Epoch;
import org.memloop.learn.IdealSynapses;
import org.memloop.learn.Network;
import org.memloop.learn.PairSettings;
import org.memloop.learn.PartSeconds;
import org.memloop.learn.Seed;
import org.memloop.learn.Synapses;
import org.memloop.learn.Trainer;
import org.memloop.learn.UpdateRule;

/**
 * Measure how long an epoch of learning takes: 56,000 MNIST images on a 784-512-10 network, mini-batches of 50, 30 free and
 * 10 nudged steps. Weights are ideal synapses with counted pulses, or pairs of cells on made-up recordings as in section
 * 4.3.4 of the thesis. Judging by validation images is not counted.
 */
public final class BenchmarkEqprop {
    private static final Network NETWORK = Network.of(784, 512, 10);
    private static final Seed SEED = new Seed(1);

    private final EqpropPlan plan;
    private final LongSupplier clockNanos;
    private final List<Lap> laps = new ArrayList<>();
    private final List<Double> meetings = new ArrayList<>();
    private double peakFlops;
    private List<Part> parts = List.of();

    /** What one rule is measured with; the step of ideal synapses is not used on recorded cells. */
    private record Setting(UpdateRule rule, EqProp eqprop, double step) {}

    /** How long one epoch took, and its parts. */
    private record Lap(double seconds, PartSeconds parts) {
        Lap mean(Lap other) {
            return new Lap((seconds + other.seconds) / 2, parts.mean(other.parts));
        }
    }

    /** What part of an epoch did how much, floating-point operations of the plain method on lit pixels. */
    private record Part(String key, String name, double seconds, double flop) {
        double flops() {
            return flop / seconds;
        }
    }

    /**
     * Get ready to measure.
     *
     * @param plan every setting
     * @param clockNanos wall clock, nanoseconds
     */
    public BenchmarkEqprop(EqpropPlan plan, LongSupplier clockNanos) {
        this.plan = plan;
        this.clockNanos = clockNanos;
    }

    /**
     * Measure and say what came out.
     *
     * @param console who is told
     */
    public void run(Console console) {
        Console told = console.withJson(plan.json());
        Splits images = MnistFiles.find(plan.data(), System.getenv()).orElseThrow(() -> new DatasetException(
                "the files of MNIST are not here; name their folder with --data or $" + MnistFiles.VARIABLE)).splits();
        double heap = MemoryUse.heapBytes();
        if (plan.rule() == Rule.TRACES) {
            try (RecordedPairs recorded = new RecordedPairs(NETWORK, PairSettings.linear(5000, 5000), SEED.value())) {
                measure(told, images, recorded.pairs());
                told.result(String.format(Locale.ROOT, "  %,d cells came to the end of their recording",
                        recorded.exhaustedCells()));
            }
        } else {
            measure(told, images,
                    new IdealSynapses(NETWORK, setting(plan.rule()).step(), SEED.stream("initial weights")));
        }
        tellMemory(told, heap);
        object(told);
    }

    private void measure(Console told, Splits images, Synapses synapses) {
        Setting setting = setting(plan.rule());
        Trainer trainer = new Trainer(setting.eqprop(), synapses, setting.rule(), SEED, plan.threads(),
                InstantSource.system(), clockNanos);
        int all = plan.warmUp() + plan.epochs();
        List<Epoch> epochs = trainer.train(images.training(), images.validation(), all,
                new Stopwatch(told, trainer), () -> false);
        peakFlops = FloatingPeak.flops(plan.threads(), clockNanos);
        parts = parts(median().parts(), images.training());
        tell(told, images.training());
        told.result(String.format(Locale.ROOT, "validation %.2f %% after %d epochs, test %.2f %%",
                100 * epochs.getLast().validationAccuracy(), all, 100 * trainer.accuracy(images.test())));
    }

    /** The laps that count, fastest first. */
    private List<Lap> sorted() {
        return laps.stream().skip(plan.warmUp()).sorted(Comparator.comparingDouble(Lap::seconds)).toList();
    }

    /** Of the laps that count the one in the middle, or the mean of the two there. */
    private Lap median() {
        List<Lap> sorted = sorted();
        return sorted.get((sorted.size() - 1) / 2).mean(sorted.get(sorted.size() / 2));
    }

    /** {@return the median after the epochs that count, nanoseconds; empty for a thread that nobody meets} */
    private OptionalDouble meetingNanos() {
        return meetings.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(new Median().evaluate(
                        meetings.stream().skip(plan.warmUp()).mapToDouble(Double::doubleValue).toArray()));
    }

    private void object(Console told) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rule", plan.rule().name().toLowerCase(Locale.ROOT));
        object.put("threads", plan.threads());
        object.put("secondsPerEpoch", median().seconds());
        object.put("fastestSeconds", sorted().getFirst().seconds());
        meetingNanos().ifPresent(nanos -> object.put("meetingNanos", nanos));
        object.put("peakFlops", peakFlops);
        parts.forEach(part -> object.put(part.key() + "Flops", part.flops()));
        MemoryUse.peakBytes().ifPresent(bytes -> object.put("peakBytes", (long) bytes));
        told.object(object);
    }

    private static void tellMemory(Console told, double heapBytes) {
        told.result(String.format(Locale.ROOT, "memory: %.0f MiB of heap after loading%s", heapBytes * 0x1p-20,
                MemoryUse.peakBytes().stream()
                        .mapToObj(peak -> String.format(Locale.ROOT, ", %.0f MiB at most for the process",
                                peak * 0x1p-20))
                        .findFirst().orElse("")));
    }

    private static Setting setting(Rule rule) {
        return switch (rule) {
            case CONTINUOUS -> new Setting(UpdateRule.continuous(), eqprop(0.15, 0.001), 0);
            case TERNARY -> new Setting(Discretizer.ternary(5e-5), eqprop(0.15, 0.005), 1e-4);
            case PROBABILISTIC -> new Setting(Discretizer.probabilistic(2e-4, SEED), eqprop(0.15, 0.005), 4e-4);
            case TRACES -> new Setting(Discretizer.ternary(2e-4), EqProp.ofThesis(0.2, 0), 0);
        };
    }

    private static EqProp eqprop(double... etas) {
        return EqProp.ofThesis(etas).withBiases(Biases.CONTINUOUS);
    }

    /** Take the time from the end of one judgement to the last mini-batch before the next. */
    private final class Stopwatch implements Trainer.Listener {
        private final Console told;
        private final Trainer trainer;
        private long begun = clockNanos.getAsLong();
        private PartSeconds before = new PartSeconds(0, 0, 0, 0);

        Stopwatch(Console told, Trainer trainer) {
            this.told = told;
            this.trainer = trainer;
        }

        @Override
        public void miniBatch(int epoch, int done, int batches) {
            if (done == batches) {
                laps.add(new Lap((clockNanos.getAsLong() - begun) * 1e-9, trainer.partSeconds().minus(before)));
            }
        }

        @Override
        public void epoch(Epoch epoch) {
            String meeting = "";
            if (plan.threads() > 1) {
                meetings.add(Meeting.nanos(plan.threads(), clockNanos));
                meeting = String.format(Locale.ROOT, "  meeting %.0f ns", meetings.getLast());
            }
            told.remark(String.format(Locale.ROOT,
                    "epoch %d%s  %.3f s  train %.2f %%  validation %.2f %%  pulses %,d  residual %.1e free, %.1e nudged%s",
                    epoch.epoch(), epoch.epoch() <= plan.warmUp() ? " (warm-up)" : "", laps.getLast().seconds(),
                    100 * epoch.trainAccuracy(),
                    100 * epoch.validationAccuracy(),
                    epoch.pulses(), epoch.convergence().freeMean(), epoch.convergence().nudgeMean(), meeting));
            before = trainer.partSeconds();
            begun = clockNanos.getAsLong();
        }
    }

    /** Speeds are those of the plain method on lit pixels: what pruning saves shows as speed. */
    private List<Part> parts(PartSeconds parts, Dataset training) {
        long lit = 0;
        for (float pixel : training.pixels()) {
            lit += pixel != 0 ? 1 : 0;
        }
        EqProp eqprop = setting(plan.rule()).eqprop();
        double input = 2.0 * lit * NETWORK.outputs(0);
        double upper = 2.0 * training.size() * NETWORK.synapses(1);
        return List.of(new Part("drive", "drive by the images", parts.drive(), input),
                new Part("free", "free phases", parts.free(), 2 * upper * eqprop.freeSteps()),
                new Part("nudge", "nudge phases", parts.nudge(), 2 * upper * eqprop.nudgeSteps()),
                new Part("change", "gradient and update", parts.change(),
                        input + (eqprop.etas().getLast() == 0 ? 0 : 2 * upper)));
    }

    private void tell(Console told, Dataset training) {
        told.result(String.format(Locale.ROOT, "%s, %s, %d %s: %.3f s for an epoch of %,d images (median of %d)",
                NETWORK, plan.rule().name().toLowerCase(Locale.ROOT), plan.threads(),
                plan.threads() == 1 ? "thread" : "threads", median().seconds(), training.size(), plan.epochs()));
        meetingNanos().ifPresent(nanos -> told
                .result(String.format(Locale.ROOT, "  a meeting of the threads takes %.0f ns (median)", nanos)));
        told.result(String.format(Locale.ROOT, "  floating-point peak measured here: %.1f GFLOP/s", peakFlops * 1e-9));
        parts.forEach(
                part -> told.result(String.format(Locale.ROOT, "  %-20s %.3f s   %6.1f GFLOP/s   %5.1f %% of the peak",
                        part.name(), part.seconds(), part.flops() * 1e-9, 100 * part.flops() / peakFlops)));
    }
}
