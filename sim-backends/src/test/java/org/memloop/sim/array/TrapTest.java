package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrapTest {
    @Test
    void keepsWhatItIs() {
        for (double hertz = 1e-4; hertz < 1e9; hertz *= 1.37) {
            for (double step = 1e-6; step < 1; step *= 1.37) {
                for (double odds = 1e-5; odds < 1e5; odds *= 1.37) {
                    int trap = Trap.of(hertz, step, odds / (1 + odds));
                    assertEquals(hertz, Trap.hertz(trap), 0.032 * hertz);
                    assertEquals(step, Trap.step(trap), 0.016 * step);
                    double share = Trap.share(trap);
                    assertEquals(odds, share / (1 - share), 0.032 * odds);
                    assertEquals(1, Trap.full(Trap.with(trap, 1)));
                    assertEquals(trap, Trap.with(Trap.with(trap, 1), 0));
                }
            }
        }
    }
}
