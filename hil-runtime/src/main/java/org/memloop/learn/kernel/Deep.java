package org.memloop.learn.kernel;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Settle networks of any number of layers, every neuron in every step. */
final class Deep implements Phases {
    private final Layout layout;
    private final Schedule schedule;
    private final Spent spent;
    private final int top;
    private final float[][] drives;
    private final float[][] before;
    /** Both states of an image, layer by layer; see {@link States}. */
    private final float[][] first;
    private final float[][] second;

    Deep(Layout layout, Schedule schedule, LongSupplier clockNanos) {
        this.layout = layout;
        this.schedule = schedule;
        this.spent = new Spent(clockNanos);
        this.top = layout.layers() - 1;
        this.drives = lines();
        this.before = lines();
        this.first = lines();
        this.second = lines();
    }

    private float[][] lines() {
        float[][] lines = new float[top + 1][];
        for (int layer = 0; layer <= top; layer++) {
            lines[layer] = new float[layout.stride(layer + 1)];
        }
        return lines;
    }

    @Override
    public Spent spent() {
        return spent;
    }

    @Override
    public void run(Weights weights, Start start, Nudge nudge, States states, Pieces images, int thread) {
        spent.begin();
        for (int image = images.take(thread); image != Pieces.NONE; image = images.take(thread)) {
            settle(weights, start, states, image);
            spent.settled();
            if (nudge.beta() != 0) {
                nudge(weights, nudge, states, image);
                spent.nudged();
            }
        }
    }

    private void settle(Weights weights, Start start, States states, int image) {
        for (int layer = 0; layer <= top; layer++) {
            Arrays.fill(second[layer], 0);
        }
        if (!start.isZero()) {
            copy(start.states(), start.first() + image, second, 0);
        }
        states.freeResidual(image,
                steps(weights, Nudge.NONE, 0, states.drive, second, image, schedule.freeSteps()));
        states.predict(image, second[top], 0);
        copy(second, 0, first, 0);
        if (!start.isZero()) {
            copy(second, 0, start.states(), start.first() + image);
        }
    }

    private void nudge(Weights weights, Nudge nudge, States states, int image) {
        float residual = steps(weights, nudge, nudge.beta(), states.drive, second, image, schedule.nudgeSteps());
        if (nudge.symmetric()) {
            residual = Math.max(residual,
                    steps(weights, nudge, -nudge.beta(), states.drive, first, image, schedule.nudgeSteps()));
        }
        states.nudgeResidual(image, residual);
        for (int layer = 0; layer <= top; layer++) {
            states.contrast(image, layer, first[layer], 0, second[layer], 0);
        }
    }

    private void copy(float[][] from, int image, float[][] to, int other) {
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            System.arraycopy(from[layer], image * stride, to[layer], other * stride, stride);
        }
    }

    private float steps(Weights weights, Nudge nudge, float beta, float[] inputDrive, float[][] states, int image,
            int count) {
        for (int step = 0; step < count; step++) {
            if (step == count - 1) {
                copy(states, 0, before, 0);
            }
            drive(weights, inputDrive, states, image);
            if (beta != 0) {
                for (int i = 0; i < layout.size(top + 1); i++) {
                    drives[top][i] += beta * (nudge.target(image, i) - states[top][i]);
                }
            }
            for (int layer = 0; layer <= top; layer++) {
                Lines.step(states[layer], 0, layout.stride(layer + 1), drives[layer], 0, schedule.timeStep());
            }
        }
        float largest = 0;
        for (int layer = 0; layer <= top; layer++) {
            largest = Math.max(largest,
                    Lines.largestChange(before[layer], 0, states[layer], 0, layout.stride(layer + 1)));
        }
        return largest;
    }

    private void drive(Weights weights, float[] inputDrive, float[][] states, int image) {
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            if (layer == 0) {
                System.arraycopy(inputDrive, Layout.LEAD + image * stride, drives[0], 0, stride);
            } else {
                System.arraycopy(weights.biases()[layer], 0, drives[layer], 0, stride);
                Lines.addDots(drives[layer], layout.size(layer + 1), weights.synapses()[layer], layout.stride(layer),
                        states[layer - 1], 0);
            }
            if (layer < top) {
                back(weights.synapses()[layer + 1], states[layer + 1], layout.size(layer + 2), drives[layer]);
            }
        }
    }

    /** Add W^T s of the layer above; most of its neurons stand at 0 and are passed over. */
    private static void back(float[] weights, float[] above, int height, float[] drive) {
        for (int i = 0; i < height; i++) {
            if (above[i] != 0) {
                Lines.addScaled(drive, drive.length, weights, Layout.LEAD + i * drive.length, above[i]);
            }
        }
    }
}
