package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Values made with {@code numpy.random.RandomState(seed).permutation(size)}, numpy 2.4. */
class NumpyPermutationTest {
    @Test
    void smallOnesAreNumpys() {
        assertArrayEquals(new int[]{7, 1, 8, 5, 0, 2, 6, 9, 4, 3}, NumpyPermutation.of(20, 10));
        assertArrayEquals(new int[]{2, 0, 1, 3, 4}, NumpyPermutation.of(0, 5));
        assertArrayEquals(new int[]{1, 5, 0, 6, 4, 2, 3}, NumpyPermutation.of(-1, 7), "seed 2^32 - 1");
        assertArrayEquals(new int[]{0}, NumpyPermutation.of(20, 1));
    }

    @Test
    void theOneOfTheSplitIsNumpys() {
        int[] order = NumpyPermutation.of(20, 70_000);
        assertArrayEquals(new int[]{28837, 39035, 20561, 66711, 53978, 15315, 68631, 36622},
                Arrays.copyOf(order, 8));
        assertArrayEquals(new int[]{47497, 31962, 23775, 37135}, Arrays.copyOfRange(order, 69_996, 70_000));
        long sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += (long) order[i] * i % 1_000_003;
        }
        assertEquals(35_045_203_744L, sum);
    }
}
