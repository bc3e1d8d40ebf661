package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ScratchTest {
    private static final int[] COUNTS = {1, 16, 10, 529, 1, 33};

    private final Scratch scratch = new Scratch();

    @Test
    void placesBeginALineAndNeverOverlap() {
        int floats = 0;
        int ints = 0;
        for (int count : COUNTS) {
            int first = scratch.takeFloats(count);
            assertTrue(first >= floats, first + " is behind what was taken before");
            assertEquals(0, (first - Layout.LEAD) % 16, "a line of the cache begins at " + first);
            floats = first + count;
            first = scratch.takeInts(count);
            assertTrue(first >= ints, first + " is behind what was taken before");
            assertEquals(0, (first - Layout.LEAD) % 16, "a line of the cache begins at " + first);
            ints = first + count;
        }
    }

    @Test
    void nothingIsNearTheEnds() {
        assertTrue(scratch.takeFloats(3) >= Scratch.APART);
        assertTrue(scratch.takeInts(3) >= Scratch.APART);
        int last = 0;
        int lastInt = 0;
        for (int count : COUNTS) {
            last = scratch.takeFloats(count) + count;
            lastInt = scratch.takeInts(count) + count;
        }
        assertTrue(scratch.floats.length - last >= Scratch.APART);
        assertTrue(scratch.ints.length - lastInt >= Scratch.APART);
    }

    @Test
    void whatWasWrittenStaysWhenMoreIsTaken() {
        int first = scratch.takeFloats(2);
        int firstInt = scratch.takeInts(2);
        scratch.floats[first + 1] = 3;
        scratch.ints[firstInt + 1] = 4;
        int second = scratch.takeFloats(5000);
        scratch.takeInts(5000);
        assertEquals(3, scratch.floats[first + 1]);
        assertEquals(4, scratch.ints[firstInt + 1]);
        assertEquals(0, scratch.floats[second]);
    }
}
