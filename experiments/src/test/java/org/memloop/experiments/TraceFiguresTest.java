package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.memloop.recording.Recording;

class TraceFiguresTest {
    private static final int PULSES = 2000;

    private final RandomGenerator random = new SplittableRandom(5);

    @Test
    void theLinearDeviceHasNoJumpAndFalls() {
        assertEquals(2, TraceFigures.linear(recording(
                x -> x < 0.6 ? 100 - 20 * x : 80 - 20 * x, // the straightest but for a jump
                _ -> 100, // straight, and does not fall
                x -> 100 - 45 * x + 3 * Math.sin(3 * x),
                x -> 100 * Math.exp(-2 * x))));
    }

    @Test
    void theNoisyDeviceEndsLowAndGetsNoisy() {
        DoubleUnaryOperator[] others = new DoubleUnaryOperator[20];
        Arrays.setAll(others, i -> _ -> 80 + i);
        others[0] = x -> 100 - 40 * x + 30 * x * random.nextGaussian(); // noisy, but ends high
        others[1] = x -> 60 - 50 * x + 8 * x * random.nextGaussian();
        others[2] = x -> 58 - 50 * x + random.nextGaussian() / 10; // ends low, and stays quiet
        assertEquals(1, TraceFigures.noisy(recording(others)));
    }

    /** Makes traces of microsiemens by the part of all pulses. */
    private static Recording recording(DoubleUnaryOperator... traces) {
        float[] siemens = new float[traces.length * PULSES];
        for (int i = 0; i < siemens.length; i++) {
            siemens[i] = (float) (1e-6 * traces[i / PULSES].applyAsDouble((double) (i % PULSES) / PULSES));
        }
        return Recording.of("test", traces.length, PULSES, siemens);
    }
}
