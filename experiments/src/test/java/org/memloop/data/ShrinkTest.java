package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.memloop.learn.Dataset;

class ShrinkTest {
    private static Dataset images(int width, int height, float... pixels) {
        return new Dataset("test", width, height, 10, pixels, new byte[pixels.length / (width * height)]);
    }

    @Test
    void wholeBlocksAreAveraged() {
        Dataset small = Shrink.to(images(4, 2, 0, 1, .5f, .5f, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0), 2, 1);
        assertArrayEquals(new float[]{.25f, .5f, 1, .5f}, small.pixels(), 1e-6f);
        assertEquals(2, small.width());
        assertEquals(1, small.height());
    }

    @Test
    void aPixelThatIsCutCountsByItsArea() {
        // Blocks of 1.5 pixels: the middle pixel belongs half to each.
        Dataset small = Shrink.to(images(3, 3, 0, 0, 0, 0, .9f, 0, 0, 0, 0), 2, 2);
        float quarter = .9f * .25f / 2.25f;
        assertArrayEquals(new float[]{quarter, quarter, quarter, quarter}, small.pixels(), 1e-6f);
    }

    @Test
    void theEdgeIsCutOff() {
        float[] pixels = new float[2 * 784];
        pixels[784 + 2 * 28 + 2] = .9f;
        pixels[784 + 4 * 28 + 5] = .45f;
        pixels[784 + 30] = 1;
        pixels[784 + 26 * 28 + 10] = 1;
        float[] small = Shrink.toEightByEight(images(28, 28, pixels)).pixels();
        float[] expected = new float[128];
        expected[64] = .1f;
        expected[65] = .05f;
        assertArrayEquals(expected, small, 1e-6f);
        assertThrows(IllegalArgumentException.class, () -> Shrink.crop(images(2, 2, 0, 0, 0, 0), 1));
    }

    @Test
    void theMeanStays() {
        Random random = new Random(3);
        float[] pixels = new float[784];
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
            sum += pixels[i];
        }
        Dataset small = Shrink.to(images(28, 28, pixels), 8, 8);
        double smallSum = 0;
        for (float pixel : small.pixels()) {
            smallSum += pixel;
        }
        assertEquals(sum / 784, smallSum / 64, 1e-5);
    }

    @Test
    void strongerImagesEndAtOne() {
        assertArrayEquals(new float[]{.5f, 1, 1, 0},
                Shrink.amplify(images(2, 2, .25f, .5f, .9f, 0), 2).pixels());
        assertThrows(IllegalArgumentException.class, () -> Shrink.amplify(images(1, 1, 0), 0));
        assertThrows(IllegalArgumentException.class, () -> Shrink.to(images(2, 2, 0, 0, 0, 0), 3, 1));
    }
}
