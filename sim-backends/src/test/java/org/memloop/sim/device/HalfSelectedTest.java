package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Pulse.Polarity;

class HalfSelectedTest {
    private static final Technology HFOX = TechnologyCard.builtIn("hfox-leti");

    @Test
    void aShutTransistorKeepsTheColumnsVoltsAway() {
        HalfSelected neighbours = new HalfSelected(HFOX);
        for (Polarity polarity : Polarity.values()) {
            assertTrue(neighbours.inColumnPerSecond(polarity, 2.5) < 1e-9, polarity + " disturbs");
        }
        assertEquals(0, neighbours.inRowPerSecond(4.5));
    }

    @Test
    void aTransistorThatDoesNotShutIsFound() {
        Technology leaky = TechnologyCard.parse("leaky",
                TechnologyCard.builtInText("hfox-leti").replace("threshold: 0.70 V", "threshold: -0.5 V"));
        assertTrue(new HalfSelected(leaky).inColumnPerSecond(Polarity.SET, 2.0) > 1);
    }

    @Test
    void onlyALeakyTransistorMatters() {
        Technology leaky = TechnologyCard.parse("leaky",
                TechnologyCard.builtInText("hfox-leti").replace("threshold: 0.70 V", "threshold: -0.2 V"));
        HalfSelected good = new HalfSelected(HFOX);
        HalfSelected bad = new HalfSelected(leaky);
        for (Polarity polarity : Polarity.values()) {
            for (double volts = 0.2; volts < 3.35; volts += 0.1) {
                assertFalse(good.matters(polarity, volts, 928 * HalfSelected.PULSES_OF_A_CELL * 100e-6), volts + " V");
            }
        }
        assertTrue(bad.matters(Polarity.SET, 2.0, 1));
        assertTrue(bad.breakdownsPerSecond(Polarity.SET, 2.4) > 1000, "a virgin oxide is strained");
        assertEquals(0, good.breakdownsPerSecond(Polarity.SET, 3.3), 1e-9);
    }
}
