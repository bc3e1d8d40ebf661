package org.memloop.learn;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Hang every random stream of a run off one number. Streams for different purposes do not disturb one another: drawing
 * more from one leaves the others as they were.
 *
 * @param value the number
 */
public record Seed(long value) {
    /**
     * Begin a stream; the same seed and purpose always give the same one.
     *
     * @param purpose what it is for, for example {@code initial weights}
     * @return a stream from its beginning
     */
    public RandomGenerator stream(String purpose) {
        long mixed = value;
        for (byte letter : purpose.getBytes(StandardCharsets.UTF_8)) {
            mixed = new SplittableRandom(mixed ^ letter).nextLong();
        }
        return new SplittableRandom(mixed);
    }
}
