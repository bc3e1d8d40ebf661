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
    private final Scratch own = new Scratch();
    private final Border border;
    private final Interior interior;
    // places in the thread's own memory, of whole numbers first
    private final int clamped;
    private final int onBorder;
    private final int inside;
    private final int clampedCount;
    private final int borderCount;
    private final int insideCount;
    private final int lowest;
    private final int highest;
    private final int begun;
    private final int drives;
    private final int targets;
    private final int y;
    private final int beforeY;
    private final int savedY;
    /** What both states of an image are, hidden neurons and then outputs; see {@link States}. */
    private final int first;
    private final int second;

    Shallow(Layout layout, Schedule schedule, LongSupplier clockNanos, Pruning pruning) {
        this.schedule = schedule;
        this.pruning = pruning;
        this.spent = new Spent(clockNanos);
        this.hidden = layout.size(1);
        this.outputs = layout.size(2);
        this.stride = layout.stride(1);
        this.outputStride = layout.stride(2);
        this.border = new Border(stride, outputs, own);
        this.interior = new Interior(hidden, outputs, schedule.timeStep(), own);
        this.clamped = own.takeInts(stride + LANES);
        this.onBorder = own.takeInts(stride + LANES);
        this.inside = own.takeInts(stride + LANES);
        this.clampedCount = own.takeInts(1);
        this.borderCount = own.takeInts(1);
        this.insideCount = own.takeInts(1);
        this.lowest = own.takeFloats(stride);
        this.highest = own.takeFloats(stride);
        this.begun = own.takeFloats(stride);
        this.drives = own.takeFloats(outputStride);
        this.targets = own.takeFloats(outputStride);
        this.y = own.takeFloats(outputStride);
        this.beforeY = own.takeFloats(outputs);
        this.savedY = own.takeFloats(outputs);
        this.first = own.takeFloats(stride + outputStride);
        this.second = own.takeFloats(stride + outputStride);
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
        Arrays.fill(own.floats, begun, begun + stride, 0);
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
        float[] m = own.floats;
        Arrays.fill(m, lowest, lowest + stride, Float.NEGATIVE_INFINITY);
        Arrays.fill(m, highest, highest + stride, Float.NEGATIVE_INFINITY);
        Arrays.fill(m, lowest, lowest + hidden, -MARGIN);
        Arrays.fill(m, highest, highest + hidden, MARGIN);
        for (int k = 0; k < outputs; k++) {
            for (int unit = 0; unit < stride; unit += LANES) {
                FloatVector weight = FloatVector.fromArray(SPECIES, upper, Layout.LEAD + k * stride + unit);
                VectorMask<Float> positive = weight.compare(VectorOperators.GT, 0f);
                FloatVector.fromArray(SPECIES, m, lowest + unit).add(weight, positive.not())
                        .intoArray(m, lowest + unit);
                FloatVector.fromArray(SPECIES, m, highest + unit).add(weight, positive).intoArray(m, highest + unit);
            }
        }
    }

    private void settle(Weights weights, Start start, Nudge nudge, States states, int image) {
        float[] upper = weights.synapses()[1];
        int at = Layout.LEAD + image * stride;
        int[] n = own.ints;
        float[] m = own.floats;
        if (!start.isZero()) {
            System.arraycopy(start.states()[0], (start.first() + image) * stride, m, begun, stride);
        }
        sort(states.drive, at);
        border.clear();
        border.gather(onBorder, n[borderCount], upper, stride, states.drive, at, begun);
        if (pruning == Pruning.NONE) {
            border.gather(clamped, n[clampedCount], upper, stride, states.drive, at, begun);
        }
        interior.begin(inside, n[insideCount], states.drive, at, begun);
        for (int k = 0; k < outputs; k++) {
            m[y + k] = start.isZero() ? 0 : start.states()[1][(start.first() + image) * outputStride + k];
        }
        float residual = steps(weights.biases()[1], 0, schedule.freeSteps());
        states.predict(image, m, y);
        if (nudge.beta() != 0 || !start.isZero()) {
            residual = Math.max(residual, show(upper, states, image, first));
        }
        states.freeResidual(image, residual);
        if (!start.isZero()) {
            System.arraycopy(m, first, start.states()[0], (start.first() + image) * stride, stride);
            System.arraycopy(m, y, start.states()[1], (start.first() + image) * outputStride, outputs);
        }
    }

    private void nudge(Weights weights, Start start, Nudge nudge, States states, int image) {
        float[] upper = weights.synapses()[1];
        float[] bias = weights.biases()[1];
        float[] m = own.floats;
        float residual = 0;
        for (int k = 0; k < outputs; k++) {
            m[targets + k] = nudge.target(image, k);
        }
        if (nudge.symmetric()) {
            border.save();
            interior.save();
            System.arraycopy(m, y, m, savedY, outputs);
            residual = steps(bias, -nudge.beta(), schedule.nudgeSteps());
            residual = Math.max(residual, show(upper, states, image, first));
            border.restore();
            interior.restore();
            System.arraycopy(m, savedY, m, y, outputs);
        }
        float firstChange = lastStep(bias, nudge.beta());
        if (firstChange < Interior.ROUNDING && isStill(start, nudge)) {
            states.rest(image);
            states.nudgeResidual(image, firstChange);
            return;
        }
        int left = schedule.nudgeSteps() - 1;
        residual = Math.max(residual, left == 0 ? firstChange : steps(bias, nudge.beta(), left));
        states.nudgeResidual(image, Math.max(residual, show(upper, states, image, second)));
        states.contrast(image, 0, m, first, m, second);
        states.contrast(image, 1, m, first + stride, m, second + stride);
    }

    /**
     * Tell whether the nudge does nothing. With every output exactly at its target, before a nudged step and after it, the
     * nudge {@code beta (target - y)} is exactly 0 and the phase is only more of the free phase; hidden neurons, whose
     * outputs stand still, go on towards rest and each further step is {@code 1 - dt} of the one before. When the first
     * moved none of them by {@link Interior#ROUNDING}, all that would follow moves none by more than ROUNDING / dt, 2^-23
     * with the steps of the thesis: the distance of two floats next to 1. So much may a contrast left out have been.
     */
    private boolean isStill(Start start, Nudge nudge) {
        float[] m = own.floats;
        return pruning != Pruning.NONE && !nudge.symmetric() && start.isZero()
                && Arrays.equals(m, y, y + outputs, m, targets, targets + outputs)
                && Arrays.equals(m, beforeY, beforeY + outputs, m, y, y + outputs)
                && (own.ints[insideCount] == 0 || interior.isStill());
    }

    /** Sort the neurons of an image by what is known of them; padding counts as clamped. */
    private void sort(float[] drive, int at) {
        int[] n = own.ints;
        float[] m = own.floats;
        int zero = 0;
        int linear = 0;
        int other = 0;
        IntVector index = IntVector.zero(INTS).addIndex(1);
        VectorMask<Float> allowed = SPECIES.maskAll(pruning == Pruning.ALL);
        for (int unit = 0; unit < stride; unit += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, drive, at + unit);
            FloatVector least = d.add(FloatVector.fromArray(SPECIES, m, lowest + unit));
            FloatVector most = d.add(FloatVector.fromArray(SPECIES, m, highest + unit));
            VectorMask<Float> dark = most.lt(0f).and(FloatVector.fromArray(SPECIES, m, begun + unit).eq(0f));
            VectorMask<Float> free = least.compare(VectorOperators.GT, 0f).and(most.lt(1f)).and(allowed);
            VectorMask<Float> rest = dark.or(free).not();
            IntVector units = index.add(unit);
            units.compress(dark.cast(INTS)).intoArray(n, clamped + zero);
            zero += dark.trueCount();
            units.compress(free.cast(INTS)).intoArray(n, inside + linear);
            linear += free.trueCount();
            units.compress(rest.cast(INTS)).intoArray(n, onBorder + other);
            other += rest.trueCount();
            FloatVector.zero(SPECIES).blend(1f, free).intoArray(m, interior.share + unit);
        }
        n[clampedCount] = zero;
        n[insideCount] = linear;
        n[borderCount] = other;
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
        float[] m = own.floats;
        interior.beforeLastStep();
        interior.step(y, drives);
        float largest = border.lastStep(y, drives, schedule.timeStep());
        System.arraycopy(m, y, m, beforeY, outputs);
        advance(bias, beta);
        for (int k = 0; k < outputs; k++) {
            largest = Math.max(largest, Math.abs(m[y + k] - m[beforeY + k]));
        }
        return largest;
    }

    /** Step the outputs. */
    private void advance(float[] bias, float beta) {
        float[] m = own.floats;
        FloatVector dt = FloatVector.broadcast(SPECIES, schedule.timeStep());
        for (int k = 0; k < outputStride; k += LANES) {
            FloatVector s = FloatVector.fromArray(SPECIES, m, y + k);
            FloatVector drive = FloatVector.fromArray(SPECIES, m, drives + k)
                    .add(FloatVector.fromArray(SPECIES, bias, k));
            if (beta != 0) {
                drive = drive.add(FloatVector.fromArray(SPECIES, m, targets + k).sub(s).mul(beta));
            }
            Lines.clip(s.add(drive.sub(s).mul(dt))).intoArray(m, y + k);
        }
    }

    /** Write down the states and tell the largest change of an interior neuron in the last step. */
    private float show(float[] upper, States states, int image, int to) {
        float residual = interior.show(upper, stride, states.drive, Layout.LEAD + image * stride, begun, to);
        border.scatter(to);
        System.arraycopy(own.floats, y, own.floats, to + stride, outputs);
        return residual;
    }
}
