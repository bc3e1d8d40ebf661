package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Pulse.Polarity;

class SafeguardTest {
    private static final Limits LIMITS = new Limits(2.5, 2.1, 4.6, 100e-9, 1e-3, 1000);

    private final Safeguard safeguard = new Safeguard(new Geometry(4, 8), LIMITS);

    @Test
    void checksEachLineAgainstItsOwnLimit() {
        assertDoesNotThrow(() -> LIMITS.check(pulse(Polarity.SET, 2.5, 4.6, 1e-3)));
        assertDoesNotThrow(() -> LIMITS.check(pulse(Polarity.RESET, 2.1, 4.6, 100e-9)));
        assertRefused(pulse(Polarity.SET, 2.51, 3, 1e-6), "bit line");
        assertRefused(pulse(Polarity.RESET, 2.11, 3, 1e-6), "source line");
        assertRefused(pulse(Polarity.SET, 1, 4.61, 1e-6), "word line");
        assertRefused(pulse(Polarity.SET, 1, 3, 1.01e-3), "width");
        assertRefused(pulse(Polarity.SET, 1, 3, 99e-9), "width");
    }

    @Test
    void takesTheTighterOfTwoLimits() {
        Limits other = new Limits(3, 2, 4, 50e-9, 1e-4, 5000);
        assertEquals(new Limits(2.5, 2, 4, 100e-9, 1e-4, 1000), LIMITS.tightest(other));
    }

    @Test
    void chargesEachCellForWearingPulsesOnly() {
        safeguard.admit(PulseProgram.builder().add(3, Pulse.WEAK_RESET, 600).add(4, Pulse.READ, 5000).build());
        assertEquals(600, safeguard.fired(3));
        assertEquals(0, safeguard.fired(4));
        safeguard.admit(PulseProgram.builder().add(3, Pulse.WEAK_RESET, 400).build());
        LimitException refusal = assertThrows(LimitException.class,
                () -> safeguard.admit(PulseProgram.of(Pulse.SET, 3)));
        assertTrue(refusal.getMessage().contains("cell 3 (row 0, column 3)"), refusal.getMessage());
        assertEquals(1000, safeguard.fired(3));
    }

    @Test
    void chargesNothingForARefusedProgram() {
        PulseProgram overBudget = PulseProgram.builder().add(1, Pulse.SET).add(2, Pulse.SET).add(1, Pulse.SET, 1000)
                .build();
        assertThrows(LimitException.class, () -> safeguard.admit(overBudget));
        PulseProgram offArray = PulseProgram.builder().add(1, Pulse.SET).add(32, Pulse.SET).build();
        assertThrows(LimitException.class, () -> safeguard.admit(offArray));
        assertEquals(0, safeguard.fired(1));
        assertEquals(0, safeguard.fired(2));
    }

    private static void assertRefused(Pulse pulse, String line) {
        LimitException refusal = assertThrows(LimitException.class, () -> LIMITS.check(pulse));
        assertTrue(refusal.getMessage().contains(line), refusal.getMessage());
        assertEquals(BenchException.Firing.NONE, refusal.firing());
    }

    private static Pulse pulse(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        return new Pulse("P", polarity, columnVolts, gateVolts, widthSeconds, false);
    }

    @Test
    void refusesWhatTheBenchCannotDoAndSaysWhy() {
        Capabilities capabilities = new Capabilities("a recording", new Geometry(4, 8), LIMITS,
                new Capabilities.ReadAccuracy(0, 0), List.of(),
                Operations.only("it was never recorded", Pulse.READ, Pulse.WEAK_RESET));
        Safeguard recorded = new Safeguard(capabilities);
        recorded.admit(PulseProgram.builder().add(3, Pulse.WEAK_RESET, 1000).add(3, Pulse.READ).build());
        LimitException refusal = assertThrows(LimitException.class,
                () -> recorded.admit(PulseProgram.builder().add(4, Pulse.WEAK_RESET).add(4, Pulse.SET).build()));
        assertEquals("pulse SET cannot be done here: it was never recorded; it can do READ, WEAK_RESET. "
                + "Nothing was fired", refusal.getMessage());
        assertEquals(0, recorded.fired(4));
    }
}
