package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
        PulseProgram laterReadOffArray = PulseProgram.builder().add(1, Pulse.SET).add(2, Pulse.WEAK_RESET)
                .add(1, Pulse.READ).add(32, Pulse.READ).build();
        assertThrows(LimitException.class, () -> safeguard.admit(laterReadOffArray));
        PulseProgram laterOverBudget = PulseProgram.builder().add(1, Pulse.SET).add(1, Pulse.READ)
                .add(2, Pulse.WEAK_RESET, 1001).build();
        assertThrows(LimitException.class, () -> safeguard.admit(laterOverBudget));
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
    void estimatesCurrentAndEnergyForTheWorstCase() {
        Limits limits = LIMITS.with(new Limits.Stress(2e-3, 1000, 1e-9, 1, Double.POSITIVE_INFINITY, 0,
                Double.POSITIVE_INFINITY));
        assertDoesNotThrow(() -> limits.check(pulse(Polarity.SET, 1, 3, 1e-6)));
        assertRefused(limits, pulse(Polarity.SET, 2.1, 3, 1e-7), "worst-case current 0.0021");
        assertRefused(limits, pulse(Polarity.SET, 1, 3, 1.1e-6), "worst-case energy");
        assertThrows(IllegalArgumentException.class, () -> new Limits.Stress(1e-3, 0, Double.POSITIVE_INFINITY, 1,
                Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY));
    }

    @Test
    void holdsDutyAndRateWithThePausesOfTheBench() {
        Limits limits = LIMITS.with(new Limits.Stress(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 0.5, 60e3,
                0, Double.POSITIVE_INFINITY));
        assertDoesNotThrow(() -> limits.check(pulse(Polarity.SET, 1, 3, 9e-6), 10e-6));
        assertDoesNotThrow(() -> limits.check(Pulse.READ, 10e-6));
        assertRefusal("duty", () -> limits.check(pulse(Polarity.SET, 1, 3, 11e-6), 10e-6));
        assertRefusal("rate", () -> limits.check(pulse(Polarity.SET, 0.2, 3, 5e-6), 10e-6));
    }

    @Test
    void aCellReadBeyondItsTargetIsDrivenNoFurther() {
        Limits limits = LIMITS.with(new Limits.Stress(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 1,
                Double.POSITIVE_INFINITY, 4e3, 200e3));
        Safeguard targets = new Safeguard(new Geometry(1, 3), limits);
        assertRefusal("target", () -> limits.checkTarget(500e3));
        PulseProgram reads = PulseProgram.of(Pulse.READ, 0, 1, 2);
        targets.admit(reads);
        targets.observe(reads, Readings.builder(3).add(0, 0.2, 0.2 / 500e3, 0, Readings.Quality.GOOD)
                .add(1, 0.2, 0.2 / 50e3, 0, Readings.Quality.GOOD)
                .add(2, 0.2, 0.2 / 1e3, 0, Readings.Quality.GOOD).build());
        targets.admit(PulseProgram.of(Pulse.WEAK_RESET, 1));
        assertRefusal("cell 0 (row 0, column 0) read 5.000e+05 ohm and may not be driven above",
                () -> targets.admit(PulseProgram.of(Pulse.WEAK_RESET, 1, 0)));
        assertRefusal("below", () -> targets.admit(PulseProgram.of(Pulse.SET, 2)));
        assertEquals(1, targets.fired(1));
        targets.admit(PulseProgram.builder().add(0, Pulse.SET).add(0, Pulse.WEAK_RESET).build());
        targets.admit(PulseProgram.of(Pulse.WEAK_RESET, 0, 2));
    }

    @Test
    void aCurrentAboveTheLimitIsToldAsFired() {
        Safeguard measured = new Safeguard(new Geometry(1, 2), LIMITS.with(new Limits.Stress(1e-3, 100, 1, 1,
                Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY)));
        PulseProgram reads = PulseProgram.of(Pulse.READ, 1);
        LimitException e = assertThrows(LimitException.class, () -> measured.observe(reads,
                Readings.builder(1).add(0, 0.2, 1.1e-3, 0, Readings.Quality.GOOD).build()));
        assertEquals(BenchException.Firing.POSSIBLE, e.firing());
        assertTrue(e.getMessage().contains("cell 1 (row 0, column 1) drew 0.0011"), e.getMessage());
    }

    @Test
    void aCellsPastCountsAgainstItsBudget() {
        Capabilities capabilities = new Capabilities("old cells", new Geometry(1, 2), LIMITS,
                new Capabilities.ReadAccuracy(0, 0), List.of());
        Safeguard old = new Safeguard(capabilities, 999, 0);
        old.admit(PulseProgram.of(Pulse.SET, 0));
        assertRefusal("would have had 1001 pulses", () -> old.admit(PulseProgram.of(Pulse.SET, 0)));
        assertThrows(IllegalArgumentException.class, () -> new Safeguard(capabilities, 1, 2, 3));
    }

    private static void assertRefusal(String what, Executable attempt) {
        LimitException refusal = assertThrows(LimitException.class, attempt);
        assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
        assertEquals(BenchException.Firing.NONE, refusal.firing());
    }

    private static void assertRefused(Limits limits, Pulse pulse, String what) {
        assertRefusal(what, () -> limits.check(pulse));
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
