package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private Consumer<Runnable> work(String name, int times) {
        return pass -> {
            for (int i = 0; i < times; i++) {
                done.add(name + i);
                pass.run();
            }
        };
    }

    @Test
    void workGoesOnByTurnsAndAloneOnceTheOtherIsDone() {
        Turns.take(work("a", 2), work("b", 4));
        assertEquals(List.of("a0", "b0", "a1", "b1", "b2", "b3"), done);
        done.clear();
        Turns.take(work("a", 3), work("b", 1));
        assertEquals(List.of("a0", "b0", "a1", "a2"), done);
    }

    @Test
    void aFailureOfEitherIsTold() {
        IllegalStateException failure = new IllegalStateException("no");
        Consumer<Runnable> fails = pass -> {
            pass.run();
            throw failure;
        };
        assertSame(failure, assertThrows(IllegalStateException.class, () -> Turns.take(fails, work("b", 3))));
        assertEquals(List.of("b0", "b1", "b2"), done);
        assertSame(failure, assertThrows(IllegalStateException.class, () -> Turns.take(work("a", 3), fails)));
    }
}
