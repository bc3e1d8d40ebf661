package org.memloop.learn.kernel;

import static org.memloop.learn.kernel.Drive.LANES;
import static org.memloop.learn.kernel.Drive.SPECIES;

import java.util.Arrays;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Settle networks with one hidden layer. Outputs stand between 0 and 1, so bounds of what they can pull a hidden neuron
 * with are known before the first step, and with them most neurons leave the dynamics:
 *
 * <pre>
 *   drive + sum of positive weights &lt; 0                                  stays at 0 and drives nothing
 *   drive + sum of negative weights &gt; 0, drive + positive ones &lt; 1        is never clipped: {@link Interior}
 *   all others                                                          step by step: {@link Border}
 * </pre>
 */
final class Shallow implements Phases {
    /** Room for rounding in the bounds. */
    private static final float MARGIN = 1e-5f;
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    /** Say which neurons may leave the dynamics. */
    enum Pruning {
        /** All that can. */
        ALL,
        /** Those that stay at 0. */
        CLAMPED,
        /** None; those that stay at 0 are stepped after all others. */
        NONE
    }

    private final Schedule schedule;
    private final Pruning pruning;
    private final Spent spent;
    private final int hidden;
    private final int outputs;
    private final int stride;
    private final int outputStride;
    private final Border border;
    private final Interior interior;
    private final float[] lowest;
    private final float[] highest;
    private final int[] clamped;
    private final int[] onBorder;
    private final int[] inside;
    private final float[] begun;
    private final float[] drives;
    private final float[] targets;
    private final float[] y;
    private final float[] beforeY;
    private final float[] savedY;
    /** What both states of an image are, hidden neurons and outputs; see {@link States}. */
    private final float[][] first;
    private final float[][] second;
    private int clampedCount;
    private int borderCount;
    private int insideCount;

    Shallow(Layout layout, Schedule schedule, LongSupplier clockNanos, Pruning pruning) {
        this.schedule = schedule;
        this.pruning = pruning;
        this.spent = new Spent(clockNanos);
        this.hidden = layout.size(1);
        this.outputs = layout.size(2);
        this.stride = layout.stride(1);
        this.outputStride = layout.stride(2);
        this.border = new Border(stride, outputs);
        this.interior = new Interior(hidden, outputs, schedule.timeStep());
        this.lowest = new float[stride];
        this.highest = new float[stride];
        this.clamped = new int[stride + LANES];
        this.onBorder = new int[stride + LANES];
        this.inside = new int[stride + LANES];
        this.begun = new float[stride];
        this.drives = new float[outputStride];
        this.targets = new float[outputStride];
        this.y = new float[outputStride];
        this.beforeY = new float[outputs];
        this.savedY = new float[outputs];
        this.first = new float[][]{new float[stride], new float[outputStride]};
        this.second = new float[][]{new float[stride], new float[outputStride]};
    }

    @Override
    public Spent spent() {
        return spent;
    }

    @Override
    public void run(Weights weights, Start start, Nudge nudge, States states, Pieces images, int thread) {
        spent.begin();
        float[] upper = weights.synapses()[1];
        bound(upper);
        interior.load(upper, stride);
        Arrays.fill(begun, 0);
        for (int image = images.take(thread); image != Pieces.NONE; image = images.take(thread)) {
            settle(weights, start, nudge, states, image);
            spent.settled();
            if (nudge.beta() != 0) {
                nudge(weights, start, nudge, states, image);
                spent.nudged();
            }
        }
    }

    private void bound(float[] upper) {
        Arrays.fill(lowest, Float.NEGATIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        Arrays.fill(lowest, 0, hidden, -MARGIN);
        Arrays.fill(highest, 0, hidden, MARGIN);
        for (int k = 0; k < outputs; k++) {
            for (int unit = 0; unit < stride; unit += LANES) {
                FloatVector weight = FloatVector.fromArray(SPECIES, upper, k * stride + unit);
                VectorMask<Float> positive = weight.compare(VectorOperators.GT, 0f);
                FloatVector.fromArray(SPECIES, lowest, unit).add(weight, positive.not()).intoArray(lowest, unit);
                FloatVector.fromArray(SPECIES, highest, unit).add(weight, positive).intoArray(highest, unit);
            }
        }
    }

    private void settle(Weights weights, Start start, Nudge nudge, States states, int image) {
        float[] upper = weights.synapses()[1];
        int at = image * stride;
        if (!start.isZero()) {
            System.arraycopy(start.states()[0], (start.first() + image) * stride, begun, 0, stride);
        }
        sort(states.drive, at);
        border.clear();
        border.gather(onBorder, borderCount, upper, stride, states.drive, at, begun);
        if (pruning == Pruning.NONE) {
            border.gather(clamped, clampedCount, upper, stride, states.drive, at, begun);
        }
        interior.begin(inside, insideCount, states.drive, at, begun);
        for (int k = 0; k < outputs; k++) {
            y[k] = start.isZero() ? 0 : start.states()[1][(start.first() + image) * outputStride + k];
        }
        states.freeResidual[image] = steps(weights.biases()[1], 0, schedule.freeSteps());
        states.predict(image, y, 0);
        if (nudge.beta() != 0 || !start.isZero()) {
            states.freeResidual[image] = Math.max(states.freeResidual[image],
                    show(upper, states, image, first));
        }
        if (!start.isZero()) {
            System.arraycopy(first[0], 0, start.states()[0], (start.first() + image) * stride, stride);
            System.arraycopy(y, 0, start.states()[1], (start.first() + image) * outputStride, outputs);
        }
    }

    private void nudge(Weights weights, Start start, Nudge nudge, States states, int image) {
        float[] upper = weights.synapses()[1];
        float[] bias = weights.biases()[1];
        float residual = 0;
        for (int k = 0; k < outputs; k++) {
            targets[k] = nudge.target(image, k);
        }
        if (nudge.symmetric()) {
            border.save();
            interior.save();
            System.arraycopy(y, 0, savedY, 0, outputs);
            residual = steps(bias, -nudge.beta(), schedule.nudgeSteps());
            residual = Math.max(residual, show(upper, states, image, first));
            border.restore();
            interior.restore();
            System.arraycopy(savedY, 0, y, 0, outputs);
        }
        float firstChange = lastStep(bias, nudge.beta());
        if (firstChange < Interior.ROUNDING && isStill(start, nudge)) {
            states.rest(image);
            states.nudgeResidual[image] = firstChange;
            return;
        }
        int left = schedule.nudgeSteps() - 1;
        residual = Math.max(residual, left == 0 ? firstChange : steps(bias, nudge.beta(), left));
        states.nudgeResidual[image] = Math.max(residual, show(upper, states, image, second));
        states.contrast(image, first, second);
    }

    /**
     * Tell whether the nudge does nothing. With every output exactly at its target, before a nudged step and after it, the
     * nudge {@code beta (target - y)} is exactly 0 and the phase is only more of the free phase; hidden neurons, whose
     * outputs stand still, go on towards rest and each further step is {@code 1 - dt} of the one before. When the first
     * moved none of them by {@link Interior#ROUNDING}, all that would follow moves none by more than ROUNDING / dt, 2^-23
     * with the steps of the thesis: the distance of two floats next to 1. So much may a contrast left out have been.
     */
    private boolean isStill(Start start, Nudge nudge) {
        return pruning != Pruning.NONE && !nudge.symmetric() && start.isZero()
                && Arrays.equals(y, 0, outputs, targets, 0, outputs)
                && Arrays.equals(beforeY, 0, outputs, y, 0, outputs) && (insideCount == 0 || interior.isStill());
    }

    /** Sort the neurons of an image by what is known of them; padding counts as clamped. */
    private void sort(float[] drive, int at) {
        int zero = 0;
        int linear = 0;
        int other = 0;
        IntVector index = IntVector.zero(INTS).addIndex(1);
        VectorMask<Float> allowed = SPECIES.maskAll(pruning == Pruning.ALL);
        for (int unit = 0; unit < stride; unit += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, drive, at + unit);
            FloatVector least = d.add(FloatVector.fromArray(SPECIES, lowest, unit));
            FloatVector most = d.add(FloatVector.fromArray(SPECIES, highest, unit));
            VectorMask<Float> dark = most.lt(0f).and(FloatVector.fromArray(SPECIES, begun, unit).eq(0f));
            VectorMask<Float> free = least.compare(VectorOperators.GT, 0f).and(most.lt(1f)).and(allowed);
            VectorMask<Float> rest = dark.or(free).not();
            IntVector units = index.add(unit);
            units.compress(dark.cast(INTS)).intoArray(clamped, zero);
            zero += dark.trueCount();
            units.compress(free.cast(INTS)).intoArray(inside, linear);
            linear += free.trueCount();
            units.compress(rest.cast(INTS)).intoArray(onBorder, other);
            other += rest.trueCount();
            FloatVector.zero(SPECIES).blend(1f, free).intoArray(interior.share, unit);
        }
        clampedCount = zero;
        insideCount = linear;
        borderCount = other;
    }

    /** Step and tell the largest change of an output or a neuron on the border in the last step. */
    private float steps(float[] bias, float beta, int count) {
        float timeStep = schedule.timeStep();
        for (int step = 1; step < count; step++) {
            interior.step(y, drives);
            border.step(y, drives, timeStep);
            advance(bias, beta);
        }
        return lastStep(bias, beta);
    }

    /** Step once and tell the largest change of an output or a neuron on the border. */
    private float lastStep(float[] bias, float beta) {
        interior.beforeLastStep();
        interior.step(y, drives);
        float largest = border.lastStep(y, drives, schedule.timeStep());
        System.arraycopy(y, 0, beforeY, 0, outputs);
        advance(bias, beta);
        for (int k = 0; k < outputs; k++) {
            largest = Math.max(largest, Math.abs(y[k] - beforeY[k]));
        }
        return largest;
    }

    /** Step the outputs. */
    private void advance(float[] bias, float beta) {
        FloatVector dt = FloatVector.broadcast(SPECIES, schedule.timeStep());
        for (int k = 0; k < outputStride; k += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, y, k);
            FloatVector drive = FloatVector.fromArray(SPECIES, drives, k).add(FloatVector.fromArray(SPECIES, bias, k));
            if (beta != 0) {
                drive = drive.add(FloatVector.fromArray(SPECIES, targets, k).sub(s).mul(beta));
            }
            Lines.clip(s.add(drive.sub(s).mul(dt))).intoArray(y, k);
        }
    }

    /** Write down the states and tell the largest change of an interior neuron in the last step. */
    private float show(float[] upper, States states, int image, float[][] to) {
        float residual = interior.show(upper, stride, states.drive, image * stride, begun, to[0]);
        border.scatter(to[0]);
        System.arraycopy(y, 0, to[1], 0, outputs);
        return residual;
    }
}
