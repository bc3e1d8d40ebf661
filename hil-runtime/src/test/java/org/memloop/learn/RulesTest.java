package org.memloop.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.learn.kernel.Layout;

class RulesTest {
    private static final Network NETWORK = Network.of(16, 40, 3);
    private static final EqProp EQPROP = EqProp.ofThesis(0.2, 0.1).withBatchSize(20);
    private static final double STEP = 0.01;

    static Stream<UpdateRule> rules() {
        return Stream.of(UpdateRule.continuous(), Discretizer.ternary(1e-3), Discretizer.ternary(1e-3, 3),
                Discretizer.probabilistic(5e-3, new Seed(1)), Discretizer.quantized(5e-4, 9));
    }

    static Stream<EqProp> settings() {
        return Stream.of(EQPROP, EQPROP.withSign(BetaSign.POSITIVE), EQPROP.withSign(BetaSign.NEGATIVE),
                EQPROP.withSign(BetaSign.SYMMETRIC), EQPROP.withStart(EqProp.Start.PERSISTENT),
                EQPROP.withBiases(Biases.CONTINUOUS), EQPROP.withBiases(Biases.LIKE_SYNAPSES));
    }

    /** 4x4 images with one bright row; two of the rows share a class. */
    private static Dataset rows(int images, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[16 * images];
        byte[] labels = new byte[images];
        for (int i = 0; i < images; i++) {
            int row = random.nextInt(4);
            labels[i] = (byte) Math.min(row, 2);
            for (int p = 0; p < 16; p++) {
                pixels[16 * i + p] = p / 4 == row ? random.nextFloat(0.4f, 1f) : random.nextInt(2) * 0.3f;
            }
        }
        return new Dataset("rows", 4, 4, 3, pixels, labels);
    }

    private static IdealSynapses ideal() {
        return new IdealSynapses(NETWORK, STEP, new Seed(5).stream("initial weights"));
    }

    private static List<Epoch> train(EqProp eqprop, Synapses synapses, UpdateRule rule, int threads, int images) {
        return new Trainer(eqprop, synapses, rule, new Seed(5), threads, InstantSource.system())
                .train(rows(images, 1), rows(200, 2), 2, _ -> {}, () -> false);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void threadsDoNotChangeABit(UpdateRule rule) {
        IdealSynapses one = ideal();
        EqProp eqprop = EQPROP.withBiases(Biases.LIKE_SYNAPSES);
        List<Epoch> alone = train(eqprop, one, rule, 1, 333);
        for (int threads = 2; threads <= 3; threads++) {
            IdealSynapses more = ideal();
            List<Epoch> shared = train(eqprop, more, rule, threads, 333);
            for (int layer = 0; layer < 2; layer++) {
                assertArrayEquals(one.weights(layer), more.weights(layer), 0);
                assertArrayEquals(one.biases(layer), more.biases(layer), 0);
                assertArrayEquals(one.ledger().positive()[layer], more.ledger().positive()[layer]);
                assertArrayEquals(one.ledger().negative()[layer], more.ledger().negative()[layer]);
            }
            assertEquals(alone.stream().map(Epoch::convergence).toList(),
                    shared.stream().map(Epoch::convergence).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleLearns(UpdateRule rule) {
        assertTrue(train(EQPROP, ideal(), rule, 1, 1500).getLast().validationAccuracy() > 0.95);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingLearns(EqProp eqprop) {
        IdealSynapses synapses = ideal();
        double accuracy = train(eqprop, synapses, Discretizer.ternary(1e-3), 1, 1500).getLast().validationAccuracy();
        assertTrue(accuracy > 0.95, accuracy + " with " + eqprop);
        float[] none = new float[3];
        assertEquals(eqprop.biases() == Biases.NONE, Arrays.equals(none, synapses.biases(1)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void weightsMoveByWhatIsCounted(UpdateRule rule) {
        IdealSynapses synapses = ideal();
        float[] before = synapses.weights(0);
        List<Epoch> epochs = train(EQPROP, synapses, rule, 2, 333);
        Ledger ledger = synapses.ledger();
        int[] up = ledger.positive()[0];
        int[] down = ledger.negative()[0];
        long most = 0;
        long all = 0;
        for (int i = 0; i < before.length; i++) {
            if (rule instanceof Discretizer) {
                assertEquals(before[i] + STEP * (up[i] - down[i]), synapses.weights(0)[i], 1e-5);
            }
            most = Math.max(most, up[i] + down[i]);
            all += up[i] + down[i];
        }
        assertEquals(most, ledger.mostPulses(0));
        assertEquals(all, ledger.pulses(0));
        assertEquals(ledger.pulses(), ledger.pulses(0) + ledger.pulses(1));
        assertEquals(ledger.pulses(), epochs.stream().mapToLong(Epoch::pulses).sum());
        assertEquals(rule instanceof Discretizer, ledger.pulses() > 0);
    }

    /** One mini-batch after another, so that every change can be seen. */
    @ParameterizedTest
    @MethodSource("rules")
    void travelIsTheSumOfTheAbsoluteChanges(UpdateRule rule) {
        IdealSynapses kept = new IdealSynapses(NETWORK, STEP, new Seed(5).stream("initial weights"), true);
        Trainer trainer = new Trainer(EQPROP, kept, rule, new Seed(5), 2, InstantSource.system());
        float[][] before = {kept.weights(0), kept.weights(1)};
        double[][] gone = {new double[before[0].length], new double[before[1].length]};
        double[][] up = {new double[before[0].length], new double[before[1].length]};
        float[][] last = before.clone();
        trainer.train(rows(20, 1), rows(20, 2), 30, _ -> {
            for (int layer = 0; layer < 2; layer++) {
                float[] now = kept.weights(layer);
                for (int i = 0; i < now.length; i++) {
                    double change = (double) now[i] - last[layer][i];
                    gone[layer][i] += Math.abs(change);
                    up[layer][i] += Math.max(0, change);
                }
                last[layer] = now;
            }
        }, () -> false);
        for (int layer = 0; layer < 2; layer++) {
            float[] travel = kept.travel(layer).orElseThrow();
            for (int i = 0; i < travel.length; i++) {
                assertEquals(gone[layer][i], travel[i], 1e-5);
                assertEquals(up[layer][i], (travel[i] + last[layer][i] - before[layer][i]) / 2, 1e-5);
            }
            double there = Arrays.stream(gone[layer]).sum();
            assertTrue(there > 0.1 && Arrays.stream(up[layer]).sum() < 0.9 * there, "changes of both signs: " + there);
        }
        IdealSynapses usual = ideal();
        new Trainer(EQPROP, usual, rule, new Seed(5), 1, InstantSource.system())
                .train(rows(20, 1), rows(20, 2), 30, _ -> {}, () -> false);
        assertArrayEquals(usual.weights(0), kept.weights(0), 0);
        assertTrue(usual.travel(0).isEmpty());
    }

    /** The way by trits, which devices go, and the short way are one rule. */
    @Test
    void theLongWayEndsWhereTheShortOneDoes() {
        IdealSynapses direct = new IdealSynapses(NETWORK, STEP, new Seed(5).stream("initial weights"), true);
        IdealSynapses behind = new IdealSynapses(NETWORK, STEP, new Seed(5).stream("initial weights"), true);
        Synapses trits = new Synapses() {
            @Override
            public Network network() {
                return behind.network();
            }

            @Override
            public float[] weights(int layer) {
                return behind.weights(layer);
            }

            @Override
            public void apply(byte[][] given) {
                behind.apply(given);
            }

            @Override
            public Ledger ledger() {
                return behind.ledger();
            }
        };
        Discretizer rule = Discretizer.quantized(5e-4, 9);
        List<Epoch> epochs = train(EQPROP, direct, rule, 1, 333);
        List<Epoch> others = train(EQPROP, trits, rule, 2, 333);
        assertArrayEquals(direct.weights(0), behind.weights(0), 0);
        assertArrayEquals(direct.weights(1), behind.weights(1), 0);
        assertArrayEquals(direct.travel(0).orElseThrow(), behind.travel(0).orElseThrow(), 0);
        assertArrayEquals(direct.ledger().negative()[0], behind.ledger().negative()[0]);
        assertEquals(epochs.getLast().pulses(), others.getLast().pulses());
        assertThrows(IllegalArgumentException.class,
                () -> train(EQPROP, trits, UpdateRule.continuous(), 1, 20));
        assertThrows(IllegalArgumentException.class,
                () -> train(EQPROP.withBiases(Biases.CONTINUOUS), trits, rule, 1, 20));
    }

    @Test
    void countsOutlastTheSmallRoomOfRecentPulses() {
        Layout layout = new Layout(1, 1);
        PulseCounts counts = new PulseCounts(layout);
        for (int i = 0; i < 2000; i++) {
            counts.expect(100);
            counts.add(0, layout.at(0, 0, 0), i % 2 == 0 ? 100 : -100);
        }
        assertEquals(100_000, counts.of(true)[0][0]);
        assertEquals(100_000, counts.of(false)[0][0]);
    }

    @Test
    void shortPhasesAreReportedAsUnsettled() {
        EqProp hasty = new EqProp(3, 2, 0.5, 0.4, 20, List.of(0.2, 0.1));
        Convergence unsettled = train(hasty, ideal(), Discretizer.ternary(1e-3), 1, 100).getFirst().convergence();
        Convergence settled = train(EQPROP, ideal(), Discretizer.ternary(1e-3), 1, 100).getFirst().convergence();
        assertTrue(!unsettled.settled() && settled.settled(), unsettled + " " + settled);
        assertTrue(unsettled.freeMean() > 100 * settled.freeMean());
        assertTrue(settled.freeMean() <= settled.freeMax() && settled.nudgeMean() <= settled.nudgeMax());
        assertTrue(settled.nudgeMean() > 0);
    }
}
