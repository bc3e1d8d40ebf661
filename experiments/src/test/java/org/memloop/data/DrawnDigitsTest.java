package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.memloop.learn.Dataset;

class DrawnDigitsTest {
    @Test
    void theSameSeedDrawsTheSameImages() {
        Dataset one = DrawnDigits.draw(200, 7);
        assertArrayEquals(one.pixels(), DrawnDigits.draw(200, 7).pixels());
        assertArrayEquals(one.slice(0, 50).pixels(), DrawnDigits.draw(50, 7).pixels());
        assertFalse(Arrays.equals(one.pixels(), DrawnDigits.draw(200, 8).pixels()));
        Splits splits = DrawnDigits.splits(30, 20, 10, 7);
        assertEquals(20, splits.validation().size());
        assertFalse(Arrays.equals(splits.training().slice(0, 10).pixels(), splits.test().pixels()));
    }

    @Test
    void classesAreAboutEquallyFrequent() {
        int[] counts = new int[10];
        for (byte label : DrawnDigits.draw(5000, 1).labels()) {
            counts[label]++;
        }
        assertTrue(Arrays.stream(counts).allMatch(n -> n > 400 && n < 600), () -> Arrays.toString(counts));
    }

    /** What an image looks like: the ring and the hole of the first nought that is drawn. */
    @Test
    void anImageLooksLikeItsDigit() {
        Dataset digits = DrawnDigits.draw(100, 7);
        int first = 0;
        while (digits.labels()[first] != 0) {
            first++;
        }
        assertEquals("""
                |  . . . |
                |  :+@*= |
                |  @*.-* |
                | :* ..# |
                | #+  .%:|
                |  #- ++ |
                |  -*##: |
                |    - . |
                """, preview(digits, first));
    }

    private static String preview(Dataset data, int image) {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < data.height(); y++) {
            text.append('|');
            for (int x = 0; x < data.width(); x++) {
                float ink = data.pixels()[image * data.inputs() + y * data.width() + x];
                text.append(" .:-=+*#%@".charAt((int) Math.min(9, 10 * ink)));
            }
            text.append("|\n");
        }
        return text.toString();
    }

    @Test
    void aLinearClassifierGetsMostButNotAllRight() {
        Dataset training = DrawnDigits.draw(5000, 1);
        double[] weights = perceptron(training, 10);
        Dataset test = DrawnDigits.draw(2000, 2);
        int right = 0;
        for (int image = 0; image < test.size(); image++) {
            right += best(weights, test, image) == test.labels()[image] ? 1 : 0;
        }
        double accuracy = (double) right / test.size();
        assertTrue(accuracy > 0.85 && accuracy < 0.97, "accuracy " + accuracy);
    }

    private static double[] perceptron(Dataset data, int epochs) {
        double[] weights = new double[10 * 65];
        double[] sum = new double[weights.length];
        for (int n = 0; n < epochs * data.size(); n++) {
            int image = n % data.size();
            int answer = best(weights, data, image);
            if (answer != data.labels()[image]) {
                move(weights, data, image, data.labels()[image], 1);
                move(weights, data, image, answer, -1);
            }
            if (n % 100 == 0) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weights[i];
                }
            }
        }
        return sum;
    }

    private static void move(double[] weights, Dataset data, int image, int digit, int sign) {
        for (int p = 0; p < 64; p++) {
            weights[digit * 65 + p] += sign * data.pixels()[image * 64 + p];
        }
        weights[digit * 65 + 64] += sign;
    }

    private static int best(double[] weights, Dataset data, int image) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int digit = 0; digit < 10; digit++) {
            double sum = weights[digit * 65 + 64];
            for (int p = 0; p < 64; p++) {
                sum += weights[digit * 65 + p] * data.pixels()[image * 64 + p];
            }
            if (sum > highest) {
                highest = sum;
                best = digit;
            }
        }
        return best;
    }
}
