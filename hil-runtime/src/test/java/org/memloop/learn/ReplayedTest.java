package org.memloop.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.bench.Geometry;
import org.memloop.calibration.ConductanceCard;

/** Learning on a recording from within ends where learning by programs does. */
class ReplayedTest {
    private static final Network NETWORK = Network.of(12, 44, 3);
    private static final Geometry GEOMETRY = new Geometry(20, 75);
    private static final PairSettings LINEAR = PairSettings.linear(5000, 3000);

    private final RecordedBench byPrograms = new RecordedBench(GEOMETRY, false);
    private final RecordedBench within = new RecordedBench(GEOMETRY, true);

    static Stream<Arguments> settings() {
        return Stream.of(Arguments.of(LINEAR, Discretizer.ternary(1e-4)),
                Arguments.of(LINEAR.withThreshold(60e-6), Discretizer.ternary(2e-4, 3)),
                Arguments.of(PairSettings.logarithmic(2.2, 1).withThreshold(70e-6), Discretizer.quantized(2e-4, 5)),
                Arguments.of(LINEAR.withCard(new ConductanceCard(1e-7, 1.01, 500)),
                        Discretizer.probabilistic(5e-4, new Seed(4))));
    }

    private static DevicePairs pairs(RecordedBench bench, PairSettings settings) {
        int[] cells = IntStream.range(0, GEOMETRY.cells()).filter(cell -> cell % 9 != 4).toArray();
        return new DevicePairs(bench, PairMap.shuffled(NETWORK, new Seed(2).stream("mapping"), cells), settings);
    }

    private static List<Epoch> train(DevicePairs pairs, UpdateRule rule, int threads) {
        Random random = new Random(6);
        float[] pixels = new float[12 * 210];
        byte[] labels = new byte[210];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) random.nextInt(3);
            for (int p = 0; p < 12; p++) {
                pixels[12 * i + p] = p / 4 == labels[i] ? random.nextFloat(0.4f, 1f) : random.nextInt(2) * 0.3f;
            }
        }
        Dataset data = new Dataset("rows", 3, 4, 3, pixels, labels);
        return new Trainer(EqProp.ofThesis(1, 0.5).withBatchSize(20), pairs, rule, new Seed(5), threads,
                InstantSource.system()).train(data, data, 2, _ -> {}, () -> false);
    }

    private static void requireEqual(DevicePairs expected, DevicePairs actual) {
        for (int layer = 0; layer < 2; layer++) {
            assertArrayEquals(bits(expected.weights(layer)), bits(actual.weights(layer)));
        }
        Ledger ledger = expected.ledger();
        assertArrayEquals(ledger.positive(), actual.ledger().positive());
        assertArrayEquals(ledger.negative(), actual.ledger().negative());
        assertEquals(ledger.blocked(), actual.ledger().blocked());
        assertEquals(ledger.blockedDevices(), actual.ledger().blockedDevices());
        double energy = ledger.energyJoules().orElseThrow();
        assertEquals(energy, actual.ledger().energyJoules().orElseThrow(), 1e-6 * energy);
        for (int cell : expected.map().cells()) {
            assertEquals(expected.pulsesOf(cell), actual.pulsesOf(cell), "pulses of cell " + cell);
            assertEquals(expected.siemensOf(cell), actual.siemensOf(cell));
        }
    }

    private static int[] bits(float[] weights) {
        return IntStream.range(0, weights.length).map(i -> Float.floatToRawIntBits(weights[i])).toArray();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void fromWithinIsAsByPrograms(PairSettings settings, UpdateRule rule) {
        DevicePairs expected = pairs(byPrograms, settings);
        List<Epoch> epochs = train(expected, rule, 1);
        Ledger ledger = expected.ledger();
        assertTrue(ledger.pulses() > 1000, ledger.pulses() + " pulses");
        assertEquals(settings.thresholdSiemens() > 0, ledger.blocked() > 0);
        assertTrue(byPrograms.exhaustedCells() > 0 || settings.thresholdSiemens() > 0, "cells came to their end");
        for (int threads = 1; threads <= 2; threads++) {
            RecordedBench bench = new RecordedBench(GEOMETRY, true);
            DevicePairs actual = pairs(bench, settings);
            List<Epoch> same = train(actual, rule, threads);
            requireEqual(expected, actual);
            assertEquals(byPrograms.exhaustedCells(), bench.exhaustedCells());
            assertEquals(1, bench.programs, "cells are read once, and no program follows");
            assertEquals(epochs.stream().map(Epoch::pulses).toList(), same.stream().map(Epoch::pulses).toList());
            assertEquals(epochs.getLast().validationAccuracy(), same.getLast().validationAccuracy());
        }
    }

    @Test
    void bothWaysCanFollowOneAnother() {
        byte[][] trits = {new byte[12 * 44], new byte[44 * 3]};
        Arrays.fill(trits[0], 100, 200, (byte) 2);
        Arrays.fill(trits[1], 0, 20, (byte) -1);
        DevicePairs expected = pairs(byPrograms, LINEAR);
        DevicePairs actual = pairs(within, LINEAR);
        for (DevicePairs pairs : List.of(expected, actual)) {
            pairs.apply(trits);
            train(pairs, Discretizer.ternary(1e-4), 1);
            pairs.apply(trits);
            train(pairs, Discretizer.ternary(2e-4), 2);
            pairs.apply(trits);
        }
        requireEqual(expected, actual);
        assertEquals(byPrograms.exhaustedCells(), within.exhaustedCells());
        assertEquals(4, within.programs);
    }
}
