package org.memloop.experiments;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.hipparchus.stat.descriptive.rank.Median;
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

/** Train a network for {@link BenchmarkEqprop} on some threads, and keep how long its epochs and their parts take. */
final class TimedCourse {
    private static final Network NETWORK = Network.of(784, 512, 10);
    private static final Seed SEED = new Seed(1);

    private final EqpropPlan plan;
    private final int threads;
    private final Console told;
    private final LongSupplier clockNanos;
    private final List<Lap> laps = new ArrayList<>();
    private final List<Double> meetings = new ArrayList<>();
    private List<Part> parts = List.of();
    private OptionalLong exhaustedCells = OptionalLong.empty();
    private double peakFlops;
    private double validationAccuracy;
    private double testAccuracy;

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
     * Get ready.
     *
     * @param plan every setting
     * @param threads on how many threads this course is, whatever the plan says
     * @param told who hears of each epoch and of the outcome
     * @param clockNanos wall clock, nanoseconds
     */
    TimedCourse(EqpropPlan plan, int threads, Console told, LongSupplier clockNanos) {
        this.plan = plan;
        this.threads = threads;
        this.told = told;
        this.clockNanos = clockNanos;
    }

    /**
     * Train and judge.
     *
     * @param images what is learnt and judged by
     * @param pause called after each epoch; its time does not count
     */
    void run(Splits images, Runnable pause) {
        if (plan.rule() == Rule.TRACES) {
            try (RecordedPairs recorded = new RecordedPairs(NETWORK, PairSettings.linear(5000, 5000), SEED.value())) {
                train(images, recorded.pairs(), pause);
                exhaustedCells = OptionalLong.of(recorded.exhaustedCells());
            }
        } else {
            train(images, new IdealSynapses(NETWORK, setting(plan.rule()).step(), SEED.stream("initial weights")),
                    pause);
        }
    }

    private void train(Splits images, Synapses synapses, Runnable pause) {
        Setting setting = setting(plan.rule());
        Trainer trainer = new Trainer(setting.eqprop(), synapses, setting.rule(), SEED, threads,
                InstantSource.system(), clockNanos);
        List<Epoch> epochs = trainer.train(images.training(), images.validation(), plan.warmUp() + plan.epochs(),
                new Stopwatch(trainer, pause), () -> false);
        peakFlops = FloatingPeak.flops(threads, clockNanos);
        parts = parts(median().parts(), images.training());
        validationAccuracy = epochs.getLast().validationAccuracy();
        testAccuracy = trainer.accuracy(images.test());
    }

    /** {@return what each epoch that counts took, in their order, seconds} */
    List<Double> seconds() {
        return laps.stream().skip(plan.warmUp()).map(Lap::seconds).toList();
    }

    /** {@return the median of the epochs that count, seconds} */
    double secondsPerEpoch() {
        return median().seconds();
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

    /** {@return what came out, for programs} */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rule", plan.rule().name().toLowerCase(Locale.ROOT));
        object.put("threads", threads);
        object.put("secondsPerEpoch", median().seconds());
        object.put("fastestSeconds", sorted().getFirst().seconds());
        meetingNanos().ifPresent(nanos -> object.put("meetingNanos", nanos));
        object.put("peakFlops", peakFlops);
        parts.forEach(part -> object.put(part.key() + "Flops", part.flops()));
        return object;
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
        private final Trainer trainer;
        private final Runnable pause;
        private long begun = clockNanos.getAsLong();
        private PartSeconds before = new PartSeconds(0, 0, 0, 0);

        Stopwatch(Trainer trainer, Runnable pause) {
            this.trainer = trainer;
            this.pause = pause;
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
            if (threads > 1) {
                meetings.add(Meeting.nanos(threads, clockNanos));
                meeting = String.format(Locale.ROOT, "  meeting %.0f ns", meetings.getLast());
            }
            told.remark(String.format(Locale.ROOT,
                    "epoch %d%s%s  %.3f s  train %.2f %%  validation %.2f %%  pulses %,d  residual %.1e free, %.1e nudged%s",
                    epoch.epoch(), plan.byTurns() ? ", " + onThreads() : "",
                    epoch.epoch() <= plan.warmUp() ? " (warm-up)" : "", laps.getLast().seconds(),
                    100 * epoch.trainAccuracy(),
                    100 * epoch.validationAccuracy(),
                    epoch.pulses(), epoch.convergence().freeMean(), epoch.convergence().nudgeMean(), meeting));
            pause.run();
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

    private String onThreads() {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    /** Say what came out. */
    void tell(Dataset training) {
        told.result(String.format(Locale.ROOT, "%s, %s, %s: %.3f s for an epoch of %,d images (median of %d)",
                NETWORK, plan.rule().name().toLowerCase(Locale.ROOT), onThreads(), median().seconds(), training.size(),
                plan.epochs()));
        meetingNanos().ifPresent(nanos -> told
                .result(String.format(Locale.ROOT, "  a meeting of the threads takes %.0f ns (median)", nanos)));
        told.result(String.format(Locale.ROOT, "  floating-point peak measured here: %.1f GFLOP/s", peakFlops * 1e-9));
        parts.forEach(
                part -> told.result(String.format(Locale.ROOT, "  %-20s %.3f s   %6.1f GFLOP/s   %5.1f %% of the peak",
                        part.name(), part.seconds(), part.flops() * 1e-9, 100 * part.flops() / peakFlops)));
        told.result(String.format(Locale.ROOT, "  validation %.2f %% after %d epochs, test %.2f %%",
                100 * validationAccuracy, plan.warmUp() + plan.epochs(), 100 * testAccuracy));
        exhaustedCells.ifPresent(cells -> told.result(String.format(Locale.ROOT,
                "  %,d cells came to the end of their recording", cells)));
    }
}
