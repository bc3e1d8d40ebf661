package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.sim.device.ExponentialDevice.Reading;
import org.memloop.sim.device.ExponentialDevice.Tolerances;

class ExponentialDeviceTest {
    private static final ExponentialDevice WIDEST = MoTiOx.at(3, -3);

    @ParameterizedTest
    @CsvSource({"3, 47.2, 66.077, 438.416, 585.455", "2.5, 32.48, 36.458, 129.813, 184.126",
            "2, 11.68, 13.043, 44.58, 62.384", "-3, 954.85, 680.397, 32.961, 32.95",
            "-2.5, 597.2, 582.952, 319.13, 229.239", "-2, 671.3, 664.571, 511.885, 429.294"})
    void followsTheFittedCurves(double volts, double none, double one, double half, double all) {
        ExponentialBranch branch = MoTiOx.pulsed(volts);
        assertEquals(none, 1e9 * branch.siemens(0), 6e-4);
        assertEquals(one, 1e9 * branch.siemens(1), 6e-4);
        assertEquals(half, 1e9 * branch.siemens(32), 6e-4);
        assertEquals(all, 1e9 * branch.siemens(64), 6e-4);
        double h = 1e-4;
        assertEquals((branch.siemens(10 + h) - branch.siemens(10 - h)) / (2 * h), branch.slopeSiemens(10),
                1e-6 * Math.abs(branch.slopeSiemens(10)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 2.5, 2, -3, -2.5, -2})
    void stateAloneDecidesWhatAPulseDoes(double volts) {
        ExponentialBranch branch = MoTiOx.pulsed(volts);
        double siemens = branch.siemens(0);
        for (int n = 1; n <= 64; n++) {
            siemens = branch.after(siemens, 1);
            assertEquals(branch.siemens(n), siemens, 8e-13 * siemens, "after " + n + " pulses");
        }
        assertEquals(branch.siemens(64), branch.after(branch.siemens(10), 54), 8e-13 * siemens);
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 2.5, 2, -3, -2.5, -2})
    void interpolationMeetsTheFit(double volts) {
        ExponentialBranch fitted = MoTiOx.pulsed(volts);
        ExponentialBranch between = MoTiOx.interpolated(volts);
        assertEquals(1, between.limitSiemens() / fitted.limitSiemens(), 8e-3);
        assertEquals(1, between.spanSiemens() / fitted.spanSiemens(), 2e-3);
        assertEquals(1, between.perPulse() / fitted.perPulse(), volts > 0 ? 0.05 : 0.09);
    }

    @Test
    void voltsInBetweenGiveCurvesInBetween() {
        ExponentialDevice device = MoTiOx.at(2.8, -2.8);
        assertEquals(2.968 * Math.exp(1.823 * 2.8) - 30.4, 1e9 * device.maxSiemens(), 1e-9);
        assertEquals(307.6 * -2.8 + 955.5, 1e9 * device.minSiemens(), 1e-9);
        assertTrue(device.rangeSiemens() < WIDEST.rangeSiemens());
    }

    @Test
    void nonlinearityIsThatOfTheSource() {
        ExponentialDevice.Nonlinearity nonlinearity = WIDEST.nonlinearity(94);
        assertEquals(0.3191, nonlinearity.potentiation(), 1e-4);
        assertEquals(0.4486, nonlinearity.depression(), 1e-4);
        assertEquals(0.7677, nonlinearity.both(), 1e-4);
        double beta = 626.8 * Math.exp(-0.5 * 0.03058 * 94) + 921.9 * Math.exp(-0.5 * 0.3534 * 94);
        assertEquals(1 - beta / 641.05, nonlinearity.both(), 1e-12);
    }

    @Test
    void conductanceStaysInTheRange() {
        assertEquals(WIDEST.maxSiemens(), WIDEST.after(954.85e-9, 0));
        assertEquals(WIDEST.minSiemens(), WIDEST.after(0, 0));
        assertEquals(WIDEST.maxSiemens(), WIDEST.after(300e-9, Double.POSITIVE_INFINITY));
        assertEquals(WIDEST.minSiemens(), WIDEST.after(300e-9, Double.NEGATIVE_INFINITY));
        assertEquals(300e-9, WIDEST.after(300e-9, 0));
    }

    @Test
    void inverseAsksForThePulsesThatDoIt() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double before = random.nextDouble(33e-9, 673.9e-9);
            double wanted = random.nextDouble(33e-9, 673.9e-9) - before;
            double pulses = WIDEST.pulsesFor(before, wanted);
            assertEquals(wanted > 0, pulses > 0);
            assertEquals(before + wanted, WIDEST.after(before, pulses), 1e-20);
            double small = WIDEST.pulsesForSmall(before, wanted / 1000);
            assertEquals(1, small / WIDEST.pulsesFor(before, wanted / 1000),
                    Math.abs(wanted / 1000) / Math.min(before - 32.95e-9, 674e-9 - before));
            assertTrue(Math.abs(WIDEST.pulsesForSmall(before, wanted)) <= Math.abs(pulses));
        }
    }

    @Test
    void inverseSaysWhenNoPulsesWillDoIt() {
        assertEquals(Double.POSITIVE_INFINITY, WIDEST.pulsesFor(600e-9, 74e-9 + 1e-12));
        assertEquals(Double.POSITIVE_INFINITY, WIDEST.pulsesForSmall(WIDEST.maxSiemens(), 1e-9));
        assertEquals(Double.NEGATIVE_INFINITY, WIDEST.pulsesFor(40e-9, -8e-9));
        assertEquals(Double.POSITIVE_INFINITY, WIDEST.pulsesFor(700e-9, 1e-9));
        assertEquals(0, WIDEST.pulsesFor(674e-9, 0));
        assertEquals(0, WIDEST.potentiation().pulsesFor(300e-9, -1e-9));
    }

    @ParameterizedTest
    @CsvSource({"DEVIATION_OVER_MEAN, 0.25, 0.25, 6.74, 1.6475", "VARIANCE_OVER_MEAN, 0.0904, 0.0266, 2.596, 1.2835"})
    void devicesDifferAsTheReadingOfTheToleranceSays(Reading reading, double potentiating, double depressing,
            double maxNanosiemens, double minNanosiemens) {
        SplittableRandom random = new SplittableRandom(2);
        ExponentialDevice[] devices = new ExponentialDevice[20_000];
        Arrays.setAll(devices, _ -> WIDEST.varied(Tolerances.of(reading), random));
        assertSpread(devices, d -> d.potentiation().perPulse(), 30.58e-3, potentiating * 30.58e-3);
        assertSpread(devices, d -> d.depression().perPulse(), 353.4e-3, depressing * 353.4e-3);
        assertSpread(devices, ExponentialDevice::maxSiemens, 674e-9, maxNanosiemens * 1e-9);
        assertSpread(devices, ExponentialDevice::minSiemens, 32.95e-9, minNanosiemens * 1e-9);
    }

    private static void assertSpread(ExponentialDevice[] devices, ToDoubleFunction<ExponentialDevice> parameter,
            double mean, double deviation) {
        double[] values = Arrays.stream(devices).mapToDouble(parameter).toArray();
        double found = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(v -> (v - found) * (v - found)).average().orElseThrow();
        assertEquals(mean, found, 4 * deviation / Math.sqrt(values.length));
        assertEquals(deviation, Math.sqrt(square), 0.025 * deviation);
    }

    @Test
    void whatWasNotMeasuredIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> MoTiOx.pulsed(1.9));
        assertThrows(IllegalArgumentException.class, () -> MoTiOx.pulsed(-3.1));
        assertThrows(IllegalArgumentException.class, () -> MoTiOx.pulsed(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> MoTiOx.at(-3, 3));
        assertThrows(IllegalArgumentException.class, () -> MoTiOx.at(2, -2), "no range between 83 and 340 nS");
        assertThrows(IllegalArgumentException.class, () -> new ExponentialBranch(1e-9, 0, 1e-9));
    }
}
