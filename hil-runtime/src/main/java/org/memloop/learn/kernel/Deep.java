package org.memloop.learn.kernel;

import java.util.function.LongSupplier;

/** Settle networks of any number of layers, every neuron in every step. */
final class Deep implements Phases {
    private final Layout layout;
    private final Schedule schedule;
    private final Spent spent;
    private final int top;
    private final float[][] drives;
    private final float[][] before;

    Deep(Layout layout, Schedule schedule, LongSupplier clockNanos) {
        this.layout = layout;
        this.schedule = schedule;
        this.spent = new Spent(clockNanos);
        this.top = layout.layers() - 1;
        this.drives = lines();
        this.before = lines();
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
    public void run(Weights weights, Start start, Nudge nudge, States states, Pieces images) {
        spent.begin();
        for (Pieces.Few few = images.take(); few.from() < few.to(); few = images.take()) {
            for (int image = few.from(); image < few.to(); image++) {
                begin(start, states.plus, image);
                states.freeResidual[image] = steps(weights, Nudge.NONE, 0, states, states.plus, image,
                        schedule.freeSteps());
                states.predict(image, states.plus[top], image * layout.stride(top + 1));
                copy(states.plus, image, states.minus, image);
                if (!start.isZero()) {
                    copy(states.plus, image, start.states(), start.first() + image);
                }
                spent.settled();
                if (nudge.beta() != 0) {
                    nudge(weights, nudge, states, image);
                    spent.nudged();
                }
            }
        }
    }

    private void nudge(Weights weights, Nudge nudge, States states, int image) {
        states.nudgeResidual[image] = steps(weights, nudge, nudge.beta(), states, states.plus, image,
                schedule.nudgeSteps());
        if (nudge.symmetric()) {
            states.nudgeResidual[image] = Math.max(states.nudgeResidual[image],
                    steps(weights, nudge, -nudge.beta(), states, states.minus, image, schedule.nudgeSteps()));
        }
        states.contrast(image);
    }

    private void begin(Start start, float[][] states, int image) {
        if (!start.isZero()) {
            copy(start.states(), start.first() + image, states, image);
            return;
        }
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            java.util.Arrays.fill(states[layer], image * stride, (image + 1) * stride, 0);
        }
    }

    private void copy(float[][] from, int image, float[][] to, int other) {
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            System.arraycopy(from[layer], image * stride, to[layer], other * stride, stride);
        }
    }

    private float steps(Weights weights, Nudge nudge, float beta, States images, float[][] states, int image,
            int count) {
        for (int step = 0; step < count; step++) {
            if (step == count - 1) {
                copy(states, image, before, 0);
            }
            drive(weights, images.drive, states, image);
            if (beta != 0) {
                int at = image * layout.stride(top + 1);
                for (int i = 0; i < layout.size(top + 1); i++) {
                    drives[top][i] += beta * (nudge.target(image, i) - states[top][at + i]);
                }
            }
            advance(states, image);
        }
        float largest = 0;
        for (int layer = 0; layer <= top; layer++) {
            int at = image * layout.stride(layer + 1);
            for (int i = 0; i < before[layer].length; i++) {
                largest = Math.max(largest, Math.abs(states[layer][at + i] - before[layer][i]));
            }
        }
        return largest;
    }

    private void drive(Weights weights, float[] inputDrive, float[][] states, int image) {
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            if (layer == 0) {
                System.arraycopy(inputDrive, image * stride, drives[0], 0, stride);
            } else {
                System.arraycopy(weights.biases()[layer], 0, drives[layer], 0, stride);
                Lines.addDots(drives[layer], layout.size(layer + 1), weights.synapses()[layer], layout.stride(layer),
                        states[layer - 1], image * layout.stride(layer));
            }
            if (layer < top) {
                back(weights.synapses()[layer + 1], states[layer + 1], image * layout.stride(layer + 2),
                        layout.size(layer + 2), drives[layer]);
            }
        }
    }

    /** Add W^T s of the layer above; most of its neurons stand at 0 and are passed over. */
    private static void back(float[] weights, float[] above, int at, int height, float[] drive) {
        for (int i = 0; i < height; i++) {
            float s = above[at + i];
            if (s != 0) {
                Lines.addScaled(drive, weights, i * drive.length, s);
            }
        }
    }

    private void advance(float[][] states, int image) {
        for (int layer = 0; layer <= top; layer++) {
            int stride = layout.stride(layer + 1);
            Lines.step(states[layer], image * stride, stride, drives[layer], 0, schedule.timeStep());
        }
    }
}
