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
                workers.share((_, _) -> {
                    for (Pieces.Few few = pieces.take(); few.from() < few.to(); few = pieces.take()) {
                        for (int i = few.from(); i < few.to(); i++) {
                            done.incrementAndGet(i);
                        }
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
    void handfulsShrinkToSinglePiecesAndThenThereAreNone() {
        Pieces pieces = new Pieces(50, 2);
        assertEquals(new Pieces.Few(0, 13), pieces.take());
        assertEquals(new Pieces.Few(13, 23), pieces.take());
        Pieces.Few last = pieces.take();
        while (last.to() < 50) {
            last = pieces.take();
        }
        assertEquals(new Pieces.Few(49, 50), last);
        assertEquals(new Pieces.Few(50, 50), pieces.take());
        assertEquals(new Pieces.Few(0, 0), new Pieces(0, 2).take());
    }
}
