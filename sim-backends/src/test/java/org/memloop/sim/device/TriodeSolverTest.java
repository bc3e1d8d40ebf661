package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver.OperatingPoint;

class TriodeSolverTest {
    private static final Technology CELL = TechnologyCard.builtIn("hfox-leti");
    private static final CellSolver EXACT = new CellSolver(CELL);
    private static final TriodeSolver FAST = new TriodeSolver(CELL);
    private static final FilamentTable FILAMENT = new FilamentTable(CELL);

    @ParameterizedTest
    @CsvSource({"0.2, 3", "0.1, 3", "0.25, 2.5", "0.02, 4.5", "0.27, 5"})
    void findsWhatIterationFinds(double columnVolts, double gateVolts) {
        assertTrue(FAST.fits(Polarity.SET, columnVolts));
        double worst = 0;
        for (double channels = -3; channels <= 8; channels += 0.05) {
            for (double factor : new double[]{0.6, 1, 1.4}) {
                for (double shiftVolts : new double[]{-0.12, 0, 0.12}) {
                    for (double stronger : new double[]{0.85, 1, 1.15}) {
                        worst = Math.max(worst, apart(factor * CELL.cell().siemens(channels),
                                CELL.cell().perVolt(channels), CELL.transistor().mismatched(shiftVolts, stronger),
                                columnVolts, gateVolts));
                    }
                }
            }
        }
        assertTrue(worst < 1e-5, "apart by " + worst);
    }

    @Test
    void findsTheSameInVirginCells() {
        for (double siemens = 0.02e-6; siemens < 2e-6; siemens *= 1.5) {
            double apart = apart(siemens, CELL.forming().virginFieldPerVolt(), CELL.transistor(), 0.2, 3);
            assertTrue(apart < 1e-5, siemens + " S: apart by " + apart);
        }
    }

    /** {@return by what share of it the current differs} */
    private static double apart(double siemens, double perVolt, Transistor transistor, double columnVolts,
            double gateVolts) {
        double overdriveVolts = gateVolts - transistor.thresholdVolts();
        assertTrue(FAST.open(overdriveVolts, columnVolts));
        double[] cellVolts = new double[3];
        double[] amps = new double[3];
        FAST.solve(new double[]{0, siemens, 0}, new double[]{0, perVolt, 0},
                new double[]{0, transistor.transconductanceAmpsPerSquareVolt(), 0}, new double[]{0, overdriveVolts, 0},
                columnVolts, 1, 2, cellVolts, amps);
        OperatingPoint exact = EXACT.solve(siemens, perVolt, transistor, Polarity.SET, columnVolts, gateVolts);
        assertEquals(exact.cellVolts(), cellVolts[1], 1e-5 * exact.cellVolts());
        return Math.abs(amps[1] / exact.amps() - 1);
    }

    @Test
    void leavesTheRestToIteration() {
        assertFalse(FAST.fits(Polarity.RESET, 0.2));
        assertFalse(FAST.fits(Polarity.SET, Pulse.WEAK_RESET.columnVolts()));
        assertFalse(FAST.fits(Polarity.SET, 0));
        assertFalse(FAST.open(0.5, 0.2));
    }

    @Test
    void tableFollowsTheFilament() {
        for (double channels = -3.9; channels < 8.9; channels += 0.0037) {
            assertEquals(CELL.cell().siemens(channels), FILAMENT.conductor(channels).siemens(),
                    1e-6 * CELL.cell().siemens(channels), "at " + channels);
            assertEquals(CELL.cell().perVolt(channels), FILAMENT.conductor(channels).perVolt(), 1e-6, "at " + channels);
            assertEquals(1 / (1 + Math.exp((channels - 0.9) / 0.12)), FILAMENT.thinness(channels), 2e-5,
                    "at " + channels);
        }
    }
}
