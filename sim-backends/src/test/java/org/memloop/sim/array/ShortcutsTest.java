package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Hold tables that stand for functions to those functions. */
class ShortcutsTest {
    @Test
    void decayAndLogarithmKeepTheirBounds() {
        for (double x = 1e-9; x < 50; x *= 1.0007) {
            assertEquals(Math.exp(-x), Decay.left(x), 3e-9);
            if (x < 1) {
                assertEquals(1, (1 - Decay.left(x)) / -Math.expm1(-x), x < 1e-6 ? 1e-6 : 1e-8, "forgotten after " + x);
            }
        }
        assertEquals(1, Decay.left(0));
        for (double x = 1; x < 1e12; x *= 1.003) {
            assertEquals(Math.log(x) / Math.log(2), Log2.of(x), 3e-6);
        }
    }
}
