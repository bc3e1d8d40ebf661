package org.memloop.learn;

import java.time.InstantSource;
import org.memloop.learn.kernel.States;

/** Count what happens in one epoch. */
final class Tally {
    private final InstantSource clock;
    private final long startMillis;
    private int right;
    private double last;
    private double freeSum;
    private double freeMax;
    private double nudgeSum;
    private double nudgeMax;

    /** Begin an epoch now. */
    Tally(InstantSource clock) {
        this.clock = clock;
        this.startMillis = clock.millis();
    }

    /** Count a mini-batch. */
    void add(States states, int images, int rightOnes) {
        right += rightOnes;
        last = 0;
        for (int image = 0; image < images; image++) {
            double free = states.freeResidual(image);
            double nudge = states.nudgeResidual(image);
            last = Math.max(last, free);
            freeSum += free;
            freeMax = Math.max(freeMax, free);
            nudgeSum += nudge;
            nudgeMax = Math.max(nudgeMax, nudge);
        }
    }

    /** Sum up the epoch, which ends now. */
    Epoch close(int epoch, int images, double validationAccuracy, long pulses, long blocked) {
        return new Epoch(epoch, (double) right / images, validationAccuracy, pulses, blocked, last,
                (clock.millis() - startMillis) / 1e3,
                new Convergence(freeSum / images, freeMax, nudgeSum / images, nudgeMax));
    }
}
