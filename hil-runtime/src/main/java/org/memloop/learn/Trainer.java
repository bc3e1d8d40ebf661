package org.memloop.learn;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.memloop.learn.kernel.Change;
import org.memloop.learn.kernel.Gradient;
import org.memloop.learn.kernel.Inputs;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Phases;
import org.memloop.learn.kernel.Phases.Nudge;
import org.memloop.learn.kernel.Phases.Start;
import org.memloop.learn.kernel.Pieces;
import org.memloop.learn.kernel.States;
import org.memloop.learn.kernel.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Train a network with Equilibrium Propagation: settle, nudge, contrast, discretize, pulse; mini-batch after mini-batch.
 *
 * <p>Images are taken in the order of the data set, the same in every epoch: whoever wants them shuffled shuffles the data
 * set once. A last mini-batch may be smaller. Which sign beta has is the only thing drawn here, once for each mini-batch,
 * from the seed's stream {@code beta sign}. The same seed, data and synapses give the same weights bit for bit, whatever
 * the number of threads.
 */
public final class Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final EqProp eqprop;
    private final Synapses synapses;
    private final int threads;
    private final InstantSource clock;
    private final Network network;
    private final RandomGenerator signs;
    private final Plasticity plasticity;
    private final States states;
    private final Phases[] phases;
    private final Gradient[] gradients;
    private final List<Change> changes;
    /** Images of a mini-batch and changes of the upper layers, laid out anew for each: new ones would first have to travel. */
    private Pieces images;
    private Pieces upper;
    private final LongSupplier clockNanos;
    private long changeNanos;

    /** Hear of progress; every call comes from the thread that trains. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Hear that an epoch is over.
         *
         * @param epoch its summary
         */
        void epoch(Epoch epoch);

        /**
         * Hear that a mini-batch is over.
         *
         * @param epoch number of the epoch, from 1
         * @param done mini-batches of this epoch so far
         * @param batches mini-batches of an epoch
         */
        default void miniBatch(int epoch, int done, int batches) {}
    }

    /**
     * Prepare to train.
     *
     * @param eqprop how Equilibrium Propagation is done
     * @param synapses what learns
     * @param rule what becomes of the gradient
     * @param seed where the signs of beta come from
     * @param threads how many threads share the work, at least 1
     * @param clock what epochs are timed with
     */
    public Trainer(EqProp eqprop, Synapses synapses, UpdateRule rule, Seed seed, int threads, InstantSource clock) {
        this(eqprop, synapses, rule, seed, threads, clock, () -> 0);
    }

    /**
     * Prepare to train and to tell how long the parts take.
     *
     * @param eqprop how Equilibrium Propagation is done
     * @param synapses what learns
     * @param rule what becomes of the gradient
     * @param seed where the signs of beta come from
     * @param threads how many threads share the work, at least 1
     * @param clock what epochs are timed with
     * @param clockNanos what parts are timed with, nanoseconds
     */
    public Trainer(EqProp eqprop, Synapses synapses, UpdateRule rule, Seed seed, int threads, InstantSource clock,
            LongSupplier clockNanos) {
        this.eqprop = eqprop;
        this.synapses = synapses;
        this.threads = threads;
        this.clock = clock;
        this.clockNanos = clockNanos;
        this.network = synapses.network();
        if (eqprop.etas().size() != network.layers()) {
            throw new IllegalArgumentException("a " + network + " network needs " + network.layers()
                    + " values of eta, one for each layer, not " + eqprop.etas().size());
        }
        this.signs = seed.stream("beta sign");
        this.plasticity = synapses.plasticity(rule, eqprop.biases());
        Layout layout = plasticity.weights().layout();
        this.states = new States(layout, eqprop.batchSize());
        Phases.Schedule schedule = new Phases.Schedule(eqprop.freeSteps(), eqprop.nudgeSteps(),
                (float) eqprop.timeStep());
        this.phases = new Phases[threads];
        Arrays.setAll(phases, _ -> Phases.of(layout, schedule, clockNanos));
        this.gradients = new Gradient[threads];
        Arrays.setAll(gradients, _ -> new Gradient(layout));
        this.changes = plasticity.parts(threads);
    }

    /** Hire workers; pieces that a failure left over are done by nobody any more, or a change could be made twice. */
    private Workers hire() {
        images = new Pieces(0, threads);
        upper = new Pieces(0, threads);
        return new Workers(threads);
    }

    /**
     * Train for some epochs, or until asked to stop.
     *
     * @param training images to learn from
     * @param validation images to judge by after each epoch
     * @param epochs how many, at least 1
     * @param listener hears of progress
     * @param stop asked before each mini-batch; once it says true nothing more is fired, and the unfinished epoch has no
     *        summary
     * @return the summaries of the finished epochs
     * @throws org.memloop.bench.BenchException when the synapses' bench refuses or fails
     */
    public List<Epoch> train(Dataset training, Dataset validation, int epochs, Listener listener,
            BooleanSupplier stop) {
        require(training);
        require(validation);
        List<Epoch> finished = new ArrayList<>();
        Inputs[] batches = batches(training);
        Inputs[] judged = batches(validation);
        float[][] kept = eqprop.start() == EqProp.Start.ZERO ? Start.ZERO.states() : room(training.size());
        try (Workers workers = hire()) {
            Ledger before = synapses.ledger();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                Tally tally = new Tally(clock);
                for (int batch = 0; batch < batches.length; batch++) {
                    if (stop.getAsBoolean()) {
                        return finished;
                    }
                    if (batch == 0 || !plasticity.changesAtOnce()) {
                        drive(workers, batches[batch]);
                    }
                    learn(workers, batches, batch, training.labels(), kept, tally);
                    listener.miniBatch(epoch, batch + 1, batches.length);
                }
                Ledger after = synapses.ledger();
                Epoch summary = tally.close(epoch, training.size(), accuracy(workers, judged, validation.labels()),
                        after.pulses() - before.pulses(), after.blocked() - before.blocked());
                before = after;
                warn(summary);
                finished.add(summary);
                listener.epoch(summary);
            }
        }
        return finished;
    }

    private static void warn(Epoch epoch) {
        if (!epoch.convergence().settled()) {
            LOG.warn("epoch {}: free phases did not settle, neurons still moved by {} in the last step (mean over the "
                    + "images of the largest change, {} at most); take more free steps",
                    epoch.epoch(), (float) epoch.convergence().freeMean(), (float) epoch.convergence().freeMax());
        }
    }

    /**
     * Tell which part of a data set the network classifies rightly: highest output after the free phase, of equals the
     * first.
     *
     * @param data images of the network's size
     * @return fraction from 0 to 1
     */
    public double accuracy(Dataset data) {
        require(data);
        try (Workers workers = hire()) {
            return accuracy(workers, batches(data), data.labels());
        }
    }

    /** {@return what training and judging took so far, all zeros without a clock for parts} */
    public PartSeconds partSeconds() {
        double drive = 0;
        double free = 0;
        double nudge = 0;
        for (Phases each : phases) {
            drive += each.spent().driveNanos() * 1e-9;
            free += each.spent().freeNanos() * 1e-9;
            nudge += each.spent().nudgeNanos() * 1e-9;
        }
        return new PartSeconds(drive / threads, free / threads, nudge / threads, changeNanos * 1e-9);
    }

    private Inputs[] batches(Dataset data) {
        Inputs[] batches = new Inputs[Math.ceilDiv(data.size(), eqprop.batchSize())];
        Arrays.setAll(batches, batch -> new Inputs(data.pixels(), data.inputs(), batch * eqprop.batchSize(),
                Math.min((batch + 1) * eqprop.batchSize(), data.size())));
        return batches;
    }

    private float[][] room(int images) {
        Layout layout = plasticity.weights().layout();
        float[][] room = new float[network.layers()][];
        Arrays.setAll(room, layer -> new float[Math.multiplyExact(images, layout.stride(layer + 1))]);
        return room;
    }

    private double accuracy(Workers workers, Inputs[] batches, byte[] labels) {
        int right = 0;
        for (int batch = 0; batch < batches.length; batch++) {
            drive(workers, batches[batch]);
            settle(workers, batches[batch], Start.ZERO, Nudge.NONE);
            right += right(batches[batch].size(), labels, batch * eqprop.batchSize());
        }
        return (double) right / labels.length;
    }

    private void drive(Workers workers, Inputs inputs) {
        workers.share((part, parts) -> phases[part].drive(plasticity.weights(), inputs, states, part, parts));
    }

    private void settle(Workers workers, Inputs inputs, Start start, Nudge nudge) {
        workers.share((part, _) -> {
            images.layOut(inputs.size(), part);
            phases[part].run(plasticity.weights(), start, nudge, states, images, part);
        });
    }

    private int right(int images, byte[] labels, int first) {
        int right = 0;
        for (int image = 0; image < images; image++) {
            right += states.prediction(image) == labels[first + image] ? 1 : 0;
        }
        return right;
    }

    /** Learn a mini-batch that is driven already, and drive the next one as soon as the weights are changed. */
    private void learn(Workers workers, Inputs[] batches, int batch, byte[] labels, float[][] kept, Tally tally) {
        boolean symmetric = eqprop.sign() == BetaSign.SYMMETRIC;
        float beta = beta();
        Inputs inputs = batches[batch];
        int first = batch * eqprop.batchSize();
        settle(workers, inputs, new Start(kept, first), new Nudge(beta, symmetric, labels, first));
        float[] scales = new float[network.layers()];
        for (int layer = 0; layer < scales.length; layer++) {
            double distance = symmetric ? 2.0 * beta : beta;
            scales[layer] = (float) (eqprop.etas().get(layer) / (distance * inputs.size()));
        }
        long begin = clockNanos.getAsLong() - driveNanos();
        boolean isLast = batch + 1 == batches.length;
        plasticity.begin();
        int pieces = Gradient.pieces(plasticity.weights().layout(), scales);
        workers.share((part, parts) -> {
            upper.layOut(pieces, part);
            gradients[part].run(states, inputs, scales, changes.get(part), part, parts, upper,
                    isLast || !plasticity.changesAtOnce()
                            ? _ -> {}
                            : tile -> phases[part].drive(plasticity.weights(), batches[batch + 1], states, tile));
            if (part == 0) {
                tally.add(states, inputs.size(), right(inputs.size(), labels, first));
            }
        });
        plasticity.end();
        changeNanos += clockNanos.getAsLong() - driveNanos() - begin;
    }

    /** {@return the time spent on driving so far, per thread} */
    private long driveNanos() {
        long nanos = 0;
        for (Phases each : phases) {
            nanos += each.spent().driveNanos();
        }
        return nanos / threads;
    }

    private float beta() {
        boolean negative = switch (eqprop.sign()) {
            case RANDOM -> !signs.nextBoolean();
            case POSITIVE, SYMMETRIC -> false;
            case NEGATIVE -> true;
        };
        return (float) (negative ? -eqprop.beta() : eqprop.beta());
    }

    private void require(Dataset data) {
        int outputs = network.outputs(network.layers() - 1);
        if (data.inputs() != network.inputs(0) || data.classes() != outputs) {
            throw new IllegalArgumentException("a " + network + " network does not go with " + data.name() + ": "
                    + data.inputs() + " pixels, " + data.classes() + " classes");
        }
        if (data.size() == 0) {
            throw new IllegalArgumentException(data.name() + " has no images");
        }
    }
}
