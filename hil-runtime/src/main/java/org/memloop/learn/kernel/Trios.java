package org.memloop.learn.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Put the images of a mini-batch together by threes, those that share most of their lit pixels. A row of weights that is
 * fetched for one of them then mostly serves the others too: three digits together light little more than half as many
 * pixels as one after the other.
 *
 * <pre>
 *   images:           [trio][3], the last image repeated where fewer than three are left
 *   pixels, values:   entries starts[trio] to starts[trio + 1], ascending; of each pixel the value in each of the three
 * </pre>
 */
final class Trios {
    private static final int THREE = 3;

    final int[] images;
    final int[] starts;
    final int[] pixels;
    final float[] values;

    /** Take in images from to (without) of a data set with {@code width} values each. */
    Trios(float[] all, int width, int from, int to) {
        BitSet[] lit = new BitSet[to - from];
        Arrays.setAll(lit, image -> lit(all, (from + image) * width, width));
        images = group(lit);
        BitSet[] together = new BitSet[count()];
        Arrays.setAll(together, trio -> {
            BitSet union = new BitSet(width);
            IntStream.range(0, THREE).forEach(i -> union.or(lit[images[THREE * trio + i]]));
            return union;
        });
        starts = new int[count() + 1];
        for (int trio = 0; trio < count(); trio++) {
            starts[trio + 1] = starts[trio] + together[trio].cardinality();
        }
        pixels = Arrays.stream(together).flatMapToInt(BitSet::stream).toArray();
        values = new float[THREE * pixels.length];
        for (int trio = 0; trio < count(); trio++) {
            for (int e = THREE * starts[trio]; e < THREE * starts[trio + 1]; e++) {
                values[e] = all[(from + images[THREE * trio + e % THREE]) * width + pixels[e / THREE]];
            }
        }
    }

    private static BitSet lit(float[] all, int at, int width) {
        BitSet lit = new BitSet(width);
        IntStream.range(0, width).filter(pixel -> all[at + pixel] != 0).forEach(lit::set);
        return lit;
    }

    /** Begin a trio with the first image left, and add twice the one that adds least to what is lit. */
    private static int[] group(BitSet... lit) {
        int[] images = new int[Layout.roundUp(lit.length, THREE)];
        BitSet left = new BitSet(lit.length);
        left.set(0, lit.length);
        for (int i = 0; i < images.length; i += THREE) {
            images[i] = left.nextSetBit(0);
            left.clear(images[i]);
            BitSet union = (BitSet) lit[images[i]].clone();
            for (int k = 1; k < THREE; k++) {
                images[i + k] = left.isEmpty() ? images[i + k - 1] : nearest(lit, left, union);
                left.clear(images[i + k]);
                union.or(lit[images[i + k]]);
            }
        }
        return images;
    }

    private static int nearest(BitSet[] lit, BitSet left, BitSet union) {
        int nearest = -1;
        int least = Integer.MAX_VALUE;
        for (int image = left.nextSetBit(0); image >= 0; image = left.nextSetBit(image + 1)) {
            BitSet more = (BitSet) lit[image].clone();
            more.andNot(union);
            if (more.cardinality() < least) {
                least = more.cardinality();
                nearest = image;
            }
        }
        return nearest;
    }

    /** {@return the number of trios} */
    int count() {
        return images.length / THREE;
    }
}
