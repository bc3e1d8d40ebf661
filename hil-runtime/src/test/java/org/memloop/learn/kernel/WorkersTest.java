package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void everyPieceIsDoneOnce() {
        try (Workers workers = new Workers(3)) {
            int[] done = new int[10];
            for (int round = 0; round < 1000; round++) {
                workers.share((part, parts) -> {
                    for (int i = Workers.Work.start(10, part, parts); i < Workers.Work.start(10, part + 1,
                            parts); i++) {
                        done[i]++;
                    }
                });
            }
            assertArrayEquals(new int[]{1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}, done);
        }
    }

    @Test
    void failuresComeBackAndTheNextPieceIsDone() {
        try (Workers workers = new Workers(2)) {
            RuntimeException expected = new IllegalStateException("broken");
            assertEquals(expected, assertThrows(IllegalStateException.class, () -> workers.share((part, _) -> {
                if (part == 1) {
                    throw expected;
                }
            })));
            int[] done = new int[2];
            workers.share((part, _) -> done[part]++);
            assertArrayEquals(new int[]{1, 1}, done);
        }
        assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    }
}
