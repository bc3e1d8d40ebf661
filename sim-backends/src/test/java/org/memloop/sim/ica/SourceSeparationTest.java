package org.memloop.sim.ica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memloop.sim.device.ExponentialDevice.Reading;
import org.memloop.sim.device.ExponentialDevice.Tolerances;
import org.memloop.sim.device.MoTiOx;

/** Show that it is the compensation that makes the device learn (figure 10 of the source). */
class SourceSeparationTest {
    private static SourceSeparation by(Programming programming) {
        return SourceSeparation.of(MoTiOx.at(3, -3), programming);
    }

    @ParameterizedTest
    @EnumSource(names = {"IDEAL", "EXACT", "LINEARISED"})
    void compensatedDevicesSeparateLikeIdealOnes(Programming programming) {
        for (int seed = 1; seed <= 2; seed++) {
            double index = by(programming).amariIndex(seed);
            assertTrue(index < 0.09, "seed " + seed + ": " + index);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPENSATED", "WHOLE"})
    void uncompensatedDevicesAndWholePulsesDoNot(Programming programming) {
        for (int seed = 1; seed <= 2; seed++) {
            double index = by(programming).amariIndex(seed);
            assertTrue(index > 0.3, "seed " + seed + ": " + index);
        }
    }

    @Test
    void exactPulsesDoWhatIsWanted() {
        assertEquals(by(Programming.IDEAL).amariIndex(5), by(Programming.EXACT).amariIndex(5), 1e-6);
    }

    @Test
    void differentDevicesLearnWhenUpdatesAreAddedUp() {
        double narrow = by(Programming.LINEARISED).varied(Tolerances.of(Reading.VARIANCE_OVER_MEAN)).inBatchesOf(50)
                .amariIndex(1);
        double wide = by(Programming.LINEARISED).varied(Tolerances.of(Reading.DEVIATION_OVER_MEAN)).inBatchesOf(50)
                .amariIndex(1);
        assertTrue(narrow < 0.09, "narrow " + narrow);
        assertTrue(wide < 0.2, "wide " + wide);
    }
}
