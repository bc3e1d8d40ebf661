package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PiecesTest {
    @Test
    void everyPieceIsHandedOutOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(1000);
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 100; round++) {
                Pieces pieces = new Pieces(done.length(), 3);
                workers.share((part, _) -> {
                    for (int i = pieces.take(part); i != Pieces.NONE; i = pieces.take(part)) {
                        done.incrementAndGet(i);
                    }
                });
            }
        }
        int[] all = new int[done.length()];
        Arrays.setAll(all, done::get);
        int[] hundreds = new int[done.length()];
        Arrays.fill(hundreds, 100);
        assertArrayEquals(hundreds, all);
    }

    @Test
    void aThreadTakesItsOwnStretchThenTheLastPiecesOfOthersAndThenThereAreNone() {
        Pieces pieces = new Pieces(5, 2);
        assertEquals(0, pieces.take(0));
        assertEquals(2, pieces.take(1));
        assertEquals(1, pieces.take(0));
        assertEquals(4, pieces.take(0));
        assertEquals(3, pieces.take(1));
        assertEquals(Pieces.NONE, pieces.take(0));
        assertEquals(Pieces.NONE, pieces.take(1));
        assertEquals(Pieces.NONE, new Pieces(0, 2).take(1));
    }

    @Test
    void whatAThreadHasSetAsideNobodyTakesOver() {
        Pieces pieces = new Pieces(8, 2);
        assertEquals(4, pieces.take(1));
        for (int mine = 0; mine < 4; mine++) {
            assertEquals(mine, pieces.take(0));
        }
        assertEquals(7, pieces.take(0));
        assertEquals(6, pieces.take(0));
        assertEquals(Pieces.NONE, pieces.take(0));
        assertEquals(5, pieces.take(1));
        assertEquals(Pieces.NONE, pieces.take(1));
    }
}
