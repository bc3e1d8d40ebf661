package org.memloop.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.memloop.recording.Recording;

/** Compare made-up traces with the statistics of 6,000 devices of an independent generator with the same parameters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeakResetTracesTest {
    private static final int DEVICES = 2000;
    private static final int PULSES = 5000;
    private static final double OPEN = 1 / 18e3;

    private final Recording recording = WeakResetTraces.HFOX.generate(DEVICES, PULSES, 3);

    private double mean(Recording of, int device, int from, int to) {
        return IntStream.range(from, to).mapToDouble(t -> of.siemens(device, t)).average().orElseThrow();
    }

    /** Percentiles 2, 25, 50, 75 and 98 over the devices. */
    private static double[] percentiles(IntToDoubleFunction ofDevice) {
        double[] sorted = IntStream.range(0, DEVICES).mapToDouble(ofDevice).sorted().toArray();
        return Arrays.stream(new double[]{0.02, 0.25, 0.5, 0.75, 0.98}).map(p -> sorted[(int) (p * (DEVICES - 1))])
                .toArray();
    }

    private static void assertNear(double[] expected, double[] found, double... tolerances) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], tolerances[i],
                    "percentile " + i + " of " + Arrays.toString(found));
        }
    }

    private double roughness(int device, int from, int to) {
        double[] steps = IntStream.range(from + 1, to)
                .mapToDouble(t -> recording.siemens(device, t) - recording.siemens(device, t - 1)).toArray();
        double mean = Arrays.stream(steps).average().orElseThrow();
        return Math.sqrt(Arrays.stream(steps).map(s -> (s - mean) * (s - mean)).average().orElseThrow() / 2);
    }

    @Test
    void devicesBeginAndEndAsTheyShould() {
        assertNear(new double[]{80.4, 90.1, 95.1, 100.3, 112.2}, percentiles(d -> 1e6 * mean(recording, d, 0, 20)), 1.2,
                0.7, 0.7, 0.9, 1.8);
        assertNear(new double[]{6.0, 39.1, 64.4, 76.5, 96.6}, percentiles(d -> 1e6 * mean(recording, d, 4800, 5000)), 1,
                3, 2, 2, 3);
    }

    @Test
    void devicesFallAsFastAsTheyShould() {
        assertNear(new double[]{-53.8, -17.2, -9.6, -5.2, 2.9},
                percentiles(d -> 1e9 * (mean(recording, d, 900, 1100) - mean(recording, d, 0, 100)) / 950), 6, 1.2, 0.7,
                0.5, 2.5);
    }

    @Test
    void asManyDevicesAndReadingsAreOpenAsShouldBe() {
        assertEquals(0.363, IntStream.range(0, DEVICES).filter(d -> mean(recording, d, 4800, 5000) < OPEN).count()
                / (double) DEVICES, 0.035);
        long open = 0;
        for (float siemens : recording.table()) {
            open += siemens < OPEN ? 1 : 0;
        }
        assertEquals(0.189, open / (double) (DEVICES * PULSES), 0.02);
    }

    @Test
    void readingsAreAsNoisyAsTheyShouldBe() {
        assertEquals(0.305, 1e6 * percentiles(d -> roughness(d, 0, 500))[2], 0.012);
        double[] late = percentiles(d -> roughness(d, 4500, 5000) / mean(recording, d, 4500, 5000));
        assertNear(new double[]{0.0061, 0.0148, 0.0956}, Arrays.copyOfRange(late, 1, 4), 0.0005, 0.003, 0.012);
    }

    @Test
    void aDeviceHangsOffSeedAndNumberAlone() {
        Recording few = WeakResetTraces.HFOX.generate(3, 40, 5);
        Recording more = WeakResetTraces.HFOX.generate(7, 400, 5);
        for (int t = 0; t < 40; t++) {
            assertEquals(few.siemens(2, t), more.siemens(2, t));
        }
        assertEquals(few, WeakResetTraces.HFOX.generate(3, 40, 5));
        assertNotEquals(few, WeakResetTraces.HFOX.generate(3, 40, 6));
        assertNotEquals(few.siemens(1, 0), few.siemens(2, 0));
        assertEquals("5", few.about().get("seed"));
        assertThrows(IllegalArgumentException.class, () -> WeakResetTraces.HFOX.generate(0, 40, 6));
    }

    @Test
    void stepsVaryAsMuchAsAsked() {
        for (double variation : new double[]{0, 0.3, 1, 2}) {
            WeakResetTraces.Start start = new WeakResetTraces.Start(100e-6, 0, 1e-6, 1e-3);
            WeakResetTraces clean = new WeakResetTraces(start, new WeakResetTraces.Slope(10e-9, 0, 1, variation),
                    new WeakResetTraces.Opening(1e-6, 0, 0.12, 1e-7, 0, 0, 0, 0),
                    new WeakResetTraces.ReadNoise(0, 0, 2, 0, 0, 0, 60));
            Recording one = clean.generate(1, 4001, 8);
            double[] steps = IntStream.range(1, 4001).mapToDouble(t -> one.siemens(0, t - 1) - one.siemens(0, t))
                    .toArray();
            double mean = Arrays.stream(steps).average().orElseThrow();
            double deviation = Math
                    .sqrt(Arrays.stream(steps).map(s -> (s - mean) * (s - mean)).average().orElseThrow());
            assertEquals(10e-9, mean, 0.04e-9 + 0.4e-9 * variation, "mean step at variation " + variation);
            assertEquals(variation, deviation / mean, 0.002 + 0.1 * variation, "variation of steps");
            assertTrue(Arrays.stream(steps).allMatch(s -> s > -1e-11), "a step went up");
        }
    }
}
