package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/** Hold the model to numbers computed from the same equations by independent adaptive solvers. */
class CellPhysicsTest {
    private static final Technology HFOX = TechnologyCard.builtIn("hfox-leti");
    private static final CellSolver SOLVER = new CellSolver(HFOX);

    @ParameterizedTest
    @CsvSource({"READ, -3, 10426654, 0.19988817, 1.9499251e-08, 300.01364, 3.0029758e-05",
            "READ, -1.2, 297262.29, 0.19615435, 6.7007961e-07, 300.46004, 2.8165905e-05",
            "READ, 1, 12136.336, 0.13526323, 1.1145567e-05, 304.93135, 9.5971917e-07",
            "READ, 3.07, 4202.6167, 0.083457525, 1.9858467e-05, 304.77462, -1.7496768e-09",
            "SET, -1.2, 297262.29, 1.8556315, 1.9191466e-05, 424.64302, 9.9960804e+08",
            "SET, 2, 6424.1289, 0.74590253, 0.00011610982, 565.89748, 9164309.9",
            "SET, 3.07, 4202.6167, 0.52284628, 0.0001244097, 487.39404, 2724.8604",
            "SET, 6, 2151.0917, 0.27751257, 0.00012901011, 388.24419, 0.00017244825",
            "HARD_RESET, -1.2, 297262.29, 1.8642088, 1.94499e-05, 426.90536, -78195.06",
            "HARD_RESET, 0.5, 19655.727, 1.4978597, 7.8960455e-05, 699.95256, -9.92946e+08",
            "HARD_RESET, 3.07, 4202.6167, 0.86520841, 0.00020587374, 813.15575, -7.7221436e+08",
            "WEAK_RESET, -1, 203368.14, 0.87400071, 5.6645074e-06, 317.32774, -0.00014504531",
            "WEAK_RESET, 0.5, 19655.727, 0.73175317, 3.7547185e-05, 392.91155, -136.48982",
            "WEAK_RESET, 3.07, 4202.6167, 0.44604107, 0.00010613413, 436.38212, -640.9773",
            "WEAK_RESET, 6, 2151.0917, 0.30560682, 0.00014207057, 407.01555, -39.352985"})
    void sharesVoltsAndMovesAsTheEquationsSay(String name, double channels, double ohms, double volts, double amps,
            double kelvin, double speed) {
        Pulse pulse = named(name);
        CellSolver.Motion motion = SOLVER.motion(channels, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts());
        assertClose(ohms, 1 / HFOX.cell().siemens(channels), 1e-6);
        assertClose(volts, motion.point().cellVolts(), 1e-6);
        assertClose(amps, motion.point().amps(), 1e-6);
        assertClose(kelvin, motion.kelvin(), 1e-6);
        assertClose(speed, motion.perSecond(), 1e-4);
    }

    @Test
    void setBringsAHighResistanceCellToTheLowResistanceState() {
        double set = after(Pulse.SET, -1.2, 1);
        assertEquals(3.0663, set, 0.001);
        assertEquals(99.24e-6, readSiemens(set), 0.02e-6);
    }

    @Test
    void hardResetBringsItBack() {
        double reset = after(Pulse.HARD_RESET, 3.07, 1);
        assertEquals(-1.2022, reset, 0.003);
        assertEquals(299e3, 1 / HFOX.cell().siemens(reset), 3e3);
    }

    @Test
    void weakResetGoesDownAlmostLinearlyForThousandsOfPulses() {
        PulseTable weak = table(Pulse.WEAK_RESET);
        double channels = 3.0662515;
        double[] expected = {99.242529, 93.663854, 87.1732, 79.825132, 71.889956, 63.979013};
        for (int n = 0; n <= 10_000; n++) {
            if (n % 1000 == 0 && n <= 5000) {
                assertEquals(expected[n / 1000] * 1e-6, readSiemens(channels), 0.01e-6, "after " + n + " pulses");
            }
            if (n == 2500) {
                assertEquals(83.597e-6, readSiemens(channels), 0.01e-6);
            }
            if (n == 10_000) {
                assertEquals(39.1786e-6, readSiemens(channels), 0.01e-6);
            }
            channels += weak.displacement(channels, Pulse.WEAK_RESET.widthSeconds());
        }
    }

    @Test
    void oneLongPulseDoesWhatManyShortOnesDo() {
        double once = after(Pulse.WEAK_RESET, 3.0662515, 5000);
        assertEquals(1.2782072, once, 5e-4);
    }

    @ParameterizedTest
    @CsvSource({"1.6, 3.24e-05, 18510.1, 41.1632", "2.0, 6.75992e-05, 8209.93, 71.2281",
            "2.4, 0.000112855, 4676.73, 94.8843", "2.8, 0.000158887, 3235.05, 109.667",
            "3.2, 0.000204303, 2484.33, 119.309"})
    void gateSetsTheCompliance(double gateVolts, double amps, double ohms, double microsiemens) {
        double channels = -1.2 + new PulseTable(SOLVER, Polarity.SET, 2.0, gateVolts).displacement(-1.2, 50e-6);
        assertClose(amps, SOLVER.motion(channels, Polarity.SET, 2.0, gateVolts).point().amps(), 1e-3);
        assertClose(ohms, 1 / HFOX.cell().siemens(channels), 2e-3);
        assertEquals(microsiemens * 1e-6, readSiemens(channels), 0.05e-6);
    }

    @Test
    void resistanceFallsAboutInverselyWithTheCompliance() {
        double[] logs = new double[4];
        int i = 0;
        for (double gateVolts : new double[]{1.6, 3.2}) {
            double channels = -1.2 + new PulseTable(SOLVER, Polarity.SET, 2.0, gateVolts).displacement(-1.2, 50e-6);
            logs[i++] = Math.log(SOLVER.motion(channels, Polarity.SET, 2.0, gateVolts).point().amps());
            logs[i++] = -Math.log(HFOX.cell().siemens(channels));
        }
        assertEquals(-1.09, (logs[3] - logs[1]) / (logs[2] - logs[0]), 0.03);
    }

    @ParameterizedTest
    @CsvSource({"1.0, 3.064", "1.2, 2.714", "1.4, -0.340"})
    void resetSetsInAboveOneVolt(double columnVolts, double expected) {
        PulseTable table = new PulseTable(SOLVER, Polarity.RESET, columnVolts, 4.5);
        assertEquals(expected, 3.07 + table.displacement(3.07, 1e-6), 0.01);
    }

    @Test
    void readingDisturbsNothing() {
        assertEquals(0.003, after(Pulse.READ, -1.2, 1_000_000) + 1.2, 0.001);
        assertEquals(-2e-7, after(Pulse.READ, 3.07, 1_000_000) - 3.07, 1e-7);
    }

    @Test
    void statesKeepForElevenDaysAtRoomTemperature() {
        PulseTable idle = new PulseTable(SOLVER, Polarity.SET, 0, 0);
        assertEquals(3.05, 3.07 + idle.displacement(3.07, 1e6), 0.01);
    }

    @Test
    void aShutGateIsolatesTheCell() {
        CellSolver.Motion motion = SOLVER.motion(3, Polarity.RESET, 2.0, 0);
        assertTrue(motion.point().amps() < 1e-9, "leaks " + motion.point().amps());
        assertTrue(Math.abs(motion.perSecond()) < 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"SET, 3.3, 5", "SET, 3.3, 0.7", "SET, 0.01, 3", "SET, 1, 0", "RESET, 3.3, 5", "RESET, 3.3, 0.7",
            "RESET, 0.01, 3", "RESET, 1, 0"})
    void currentIsTheSameInCellAndTransistorAtAnyVolts(Polarity polarity, double columnVolts, double gateVolts) {
        Transistor transistor = HFOX.transistor();
        PulseTable table = new PulseTable(SOLVER, polarity, columnVolts, gateVolts);
        for (double channels = -3; channels <= 8; channels += 0.25) {
            CellSolver.OperatingPoint point = SOLVER.motion(channels, polarity, columnVolts, gateVolts).point();
            double drainVolts = columnVolts - 300 * point.amps();
            double through = polarity == Polarity.SET
                    ? transistor.amps(gateVolts, 0, drainVolts - point.cellVolts())
                    : transistor.amps(gateVolts, point.cellVolts(), drainVolts);
            assertEquals(through, point.amps(), 1e-12 + 1e-7 * point.amps(), "at state " + channels);
            double moved = table.displacement(channels, 1e-3);
            assertTrue(moved > -12 && moved < 12, "at state " + channels + " moved " + moved);
        }
    }

    private static double after(Pulse pulse, double channels, int count) {
        return channels + table(pulse).displacement(channels, count * pulse.widthSeconds());
    }

    private static PulseTable table(Pulse pulse) {
        return new PulseTable(SOLVER, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts());
    }

    private static double readSiemens(double channels) {
        return SOLVER.motion(channels, Polarity.SET, 0.2, 3).point().amps() / 0.2;
    }

    private static Pulse named(String name) {
        return Pulse.TABLE_4_1.stream().filter(pulse -> pulse.name().equals(name)).findFirst().orElseThrow();
    }

    private static void assertClose(double expected, double actual, double relative) {
        assertEquals(expected, actual, relative * Math.abs(expected));
    }
}
