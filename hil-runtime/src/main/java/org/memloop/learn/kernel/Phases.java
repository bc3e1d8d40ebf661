package org.memloop.learn.kernel;

import java.util.function.LongSupplier;

/**
 * Let layered networks of hard-sigmoid neurons settle, one network for each image of a mini-batch, first freely and then
 * nudged.
 *
 * <pre>
 *   s &lt;- clip(s + dt (W s_below + W^T s_above + b [+ beta (target - s) in the output layer, nudge phase] - s), 0, 1)
 * </pre>
 *
 * <p>The slope of the hard sigmoid counts as 1 on the closed interval, so a neuron at 0 or 1 can leave it. All layers step
 * at once. An object has its own scratch memory and serves one thread at a time.
 */
public sealed interface Phases permits Shallow, Deep {
    /**
     * Fix the length of the phases.
     *
     * @param freeSteps Euler steps of the free phase, at least 1
     * @param nudgeSteps Euler steps of the nudge phase, at least 1
     * @param timeStep length of a step, in units of the neurons' time constant, above 0 and at most 1
     */
    record Schedule(int freeSteps, int nudgeSteps, float timeStep) {}

    /**
     * Say where neurons begin; the states after the free phase are put there for the next time.
     *
     * @param states layer by layer above the input, {@code [image][neuron]} padded; empty to begin at 0
     * @param first index in them of the mini-batch's first image
     */
    record Start(float[][] states, int first) {
        /** Begin with all neurons at 0. */
        public static final Start ZERO = new Start(new float[0][], 0);

        boolean isZero() {
            return states.length == 0;
        }
    }

    /**
     * Say how outputs are drawn towards (beta &gt; 0) or away from their targets.
     *
     * @param beta strength; 0 for a free phase only
     * @param symmetric whether the free states are contrasted in no way, but nudges by beta and by -beta (Laborieux and
     *        others, 2021)
     * @param labels which output should be 1, one for each image of the data set; all others should be 0
     * @param first index in {@code labels} of the mini-batch's first image
     */
    record Nudge(float beta, boolean symmetric, byte[] labels, int first) {
        /** Do without a nudge phase. */
        public static final Nudge NONE = new Nudge(0, false, new byte[0], 0);

        float target(int image, int output) {
            return labels[first + image] == output ? 1 : 0;
        }
    }

    /**
     * Choose the fastest loops for a network.
     *
     * @param layout its layout
     * @param schedule length of the phases
     * @param clockNanos what the parts are timed with, nanoseconds
     * @return phases with scratch memory of their own
     */
    static Phases of(Layout layout, Schedule schedule, LongSupplier clockNanos) {
        return layout.layers() == 2
                ? new Shallow(layout, schedule, clockNanos, Shallow.Pruning.ALL)
                : new Deep(layout, schedule, clockNanos);
    }

    /**
     * Work out what the images of a mini-batch drive the first layer with, a part of its neurons for all images. A thread
     * then reads the weights that it changes itself, and no others: they need not travel from one core to another.
     *
     * @param weights the network
     * @param inputs the mini-batch
     * @param states where the outcome goes
     * @param part which part, from 0
     * @param parts how many parts there are; all have to be done before {@link #run}
     */
    default void drive(Weights weights, Inputs inputs, States states, int part, int parts) {
        int tiles = weights.layout().tiles();
        int end = Workers.Work.start(tiles, part + 1, parts);
        for (int tile = Workers.Work.start(tiles, part, parts); tile < end; tile++) {
            drive(weights, inputs, states, tile);
        }
    }

    /**
     * Work out what the images of a mini-batch drive one tile of the first layer with.
     *
     * @param weights the network
     * @param inputs the mini-batch
     * @param states where the outcome goes
     * @param tile the tile
     */
    default void drive(Weights weights, Inputs inputs, States states, int tile) {
        spent().begin();
        Drive.run(weights, inputs, states.drive, tile);
        spent().drove();
    }

    /**
     * Run the phases of some images, driven already.
     *
     * @param weights the network
     * @param start where neurons begin
     * @param nudge how outputs are drawn
     * @param states what drives them, and where the outcome goes
     * @param images the images
     * @param thread which of the threads that share the images runs this, from 0
     */
    void run(Weights weights, Start start, Nudge nudge, States states, Pieces images, int thread);

    /** {@return the time spent so far} */
    Spent spent();

    /** Add up the time spent on the parts, nanoseconds. */
    final class Spent {
        private final LongSupplier clockNanos;
        /** Places in {@link #nanos}, which are far from its ends lest threads wait for one another; see {@link Scratch}. */
        private static final int LAST = Scratch.APART;
        private static final int DRIVE = LAST + 1;
        private static final int FREE = LAST + 2;
        private static final int NUDGE = LAST + 3;
        private final long[] nanos = new long[NUDGE + Scratch.APART];

        Spent(LongSupplier clockNanos) {
            this.clockNanos = clockNanos;
        }

        void begin() {
            nanos[LAST] = clockNanos.getAsLong();
        }

        void drove() {
            nanos[DRIVE] += lap();
        }

        void settled() {
            nanos[FREE] += lap();
        }

        void nudged() {
            nanos[NUDGE] += lap();
        }

        private long lap() {
            long now = clockNanos.getAsLong();
            long lap = now - nanos[LAST];
            nanos[LAST] = now;
            return lap;
        }

        /** {@return what went into the drive by the images, nanoseconds} */
        public long driveNanos() {
            return nanos[DRIVE];
        }

        /** {@return what went into free phases, nanoseconds} */
        public long freeNanos() {
            return nanos[FREE];
        }

        /** {@return what went into nudge phases, nanoseconds} */
        public long nudgeNanos() {
            return nanos[NUDGE];
        }
    }
}
