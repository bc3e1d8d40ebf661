package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

class PulseTableTest {
    private static final double LOWEST = -3;
    private static final double HIGHEST = 8;
    private static final CellSolver SOLVER = new CellSolver(TechnologyCard.builtIn("hfox-leti"));

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @CsvSource({"SET, 2.0, 2.5", "RESET, 2.0, 4.5", "RESET, 0.9, 4.5", "SET, 0.2, 3", "SET, 0, 0", "RESET, 3.3, 5",
            "SET, 3.3, 0.7", "SET, 0.6, 2"})
    private @interface UnderManyConditions {
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ", "FORMING", "SET", "HARD_RESET", "WEAK_RESET"})
    void endsWhereSmallStepsEnd(String name) {
        Pulse pulse = Pulse.TABLE_4_1.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
        PulseTable table = new PulseTable(SOLVER, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts());
        SteppedFlow steps = new SteppedFlow(SOLVER, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts());
        for (double from = -3; from <= 8; from += 0.29) {
            for (double factor : new double[]{0.05, 0.3, 1, 3, 20, 5000}) {
                double seconds = factor * pulse.widthSeconds();
                double to = Math.clamp(from + table.displacement(from, seconds), -3, 8);
                assertEquals(steps.after(from, seconds), to, 1e-4, "from " + from + " for " + seconds + " s");
            }
        }
    }

    @UnderManyConditions
    void twoPulsesDoWhatOneAsLongDoes(Polarity polarity, double columnVolts, double gateVolts) {
        PulseTable table = new PulseTable(SOLVER, polarity, columnVolts, gateVolts);
        for (double from = -3; from <= 8; from += 0.5) {
            for (double seconds = 1e-10; seconds < 1e10; seconds *= 10) {
                double half = from + table.displacement(from, seconds / 2);
                double twice = half + table.displacement(half, seconds / 2);
                double once = from + table.displacement(from, seconds);
                assertTrue(once >= LOWEST - 0.03 && once <= HIGHEST + 0.03);
                if (half > LOWEST && half < HIGHEST) {
                    assertEquals(once, twice, 1e-4, "from " + from + " for " + seconds + " s");
                }
            }
        }
    }

    @UnderManyConditions
    void noPulseMovesAStateBeyondTheBound(Polarity polarity, double columnVolts, double gateVolts) {
        PulseTable table = new PulseTable(SOLVER, polarity, columnVolts, gateVolts);
        for (double from = -3; from <= 8; from += 0.0037) {
            for (double seconds = 1e-10; seconds < 1e10; seconds *= 3) {
                double moved = Math.abs(table.displacement(from, seconds));
                assertTrue(moved <= table.mostDisplacement(from, seconds) + 1e-12,
                        "moved " + moved + " from " + from + " for " + seconds + " s");
            }
        }
    }

    @Test
    void theBoundOfAWeakResetIsClose() {
        Pulse weak = Pulse.WEAK_RESET;
        PulseTable table = new PulseTable(SOLVER, weak.polarity(), weak.columnVolts(), weak.gateVolts());
        for (double from = 0.3; from <= 3; from += 0.01) {
            double moved = Math.abs(table.displacement(from, weak.widthSeconds()));
            assertTrue(table.mostDisplacement(from, weak.widthSeconds()) < 1.5 * moved, "from " + from);
        }
    }

    @Test
    void aFlowRestsWhereItTurnsBack() {
        // ds/dt = 3.3 - s on points one apart
        double[] speed = IntStream.rangeClosed(0, 8).mapToDouble(i -> 3.3 - i).toArray();
        PassingTimes times = new PassingTimes(speed, 1);
        assertEquals(3.3, times.after(3, 0.3, 5), 1e-12);
        assertEquals(3.3 - 0.2 * Math.exp(-0.7), times.after(3, 0.1, 0.7), 1e-12);
        assertEquals(3.3, times.after(0, 0.5, 1e6), 1e-9);
        assertEquals(3.3, times.after(7, 0.5, 1e6), 1e-9);
        assertEquals(3.3 - 3.2 * Math.exp(-1.0), times.after(0, 0.1, 1), 0.1);
    }

    @Test
    void aFlowLeavesWhereItParts() {
        double[] speed = IntStream.rangeClosed(0, 8).mapToDouble(i -> i - 3.3).toArray();
        PassingTimes times = new PassingTimes(speed, 1);
        assertEquals(3.3, times.after(3, 0.3, 5), 1e-9);
        assertEquals(3.3 + 0.2 * Math.exp(0.7), times.after(3, 0.5, 0.7), 1e-12);
        assertEquals(8, times.after(3, 0.5, 1e3));
        assertEquals(0, times.after(3, 0.1, 1e3));
        assertEquals(3.3 + 0.1 * Math.exp(3.0), times.after(3, 0.4, 3), 0.15);
    }

    @Test
    void aStandingFlowStands() {
        PassingTimes times = new PassingTimes(new double[5], 1);
        assertEquals(2.25, times.after(2, 0.25, 1e9));
    }

    @Test
    void keepsShortTimesApartBeyondVeryLongOnes() {
        double[] speed = {1e9, 1e9, 1e-9, 1e9, 1e9, 1e9};
        PassingTimes times = new PassingTimes(speed, 1);
        double slow = times.after(1, 0, 1e7);
        assertTrue(slow > 1.5 && slow < 2.5, "reached " + slow);
        assertEquals(5, times.after(1, 0, 1e9));
        assertEquals(4.5, times.after(3, 0.5, 1e-9), 1e-6);
    }
}
