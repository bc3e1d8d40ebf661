package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
}
