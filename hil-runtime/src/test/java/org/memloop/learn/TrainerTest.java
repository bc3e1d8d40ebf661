package org.memloop.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final EqProp EQPROP = EqProp.ofThesis(0.2, 0.1).withBatchSize(20);
    private static final Network NETWORK = Network.of(16, 12, 3);

    /** 4x4 images with one bright row among noise; which row says the class, and two rows share the third. */
    private static Dataset rows(int images, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[16 * images];
        byte[] labels = new byte[images];
        for (int i = 0; i < images; i++) {
            int row = random.nextInt(4);
            labels[i] = (byte) Math.min(row, 2);
            for (int p = 0; p < 16; p++) {
                pixels[16 * i + p] = p / 4 == row ? random.nextFloat(0.4f, 1f) : random.nextFloat(0.5f);
            }
        }
        return new Dataset("rows", 4, 4, 3, pixels, labels);
    }

    private static Trainer trainer(Synapses synapses, int threads) {
        return new Trainer(EQPROP, synapses, Discretizer.ternary(1e-3), new Seed(5), threads, CLOCK);
    }

    private static IdealSynapses ideal() {
        return new IdealSynapses(NETWORK, 0.01, new Seed(5).stream("initial weights"));
    }

    @Test
    void aToyProblemIsLearntWithIdealTernarySynapses() {
        IdealSynapses synapses = ideal();
        List<Epoch> heard = new ArrayList<>();
        List<Epoch> epochs = trainer(synapses, 1).train(rows(1000, 1), rows(500, 2), 5, heard::add, () -> false);
        assertEquals(epochs, heard);
        assertEquals(5, epochs.getLast().epoch());
        assertTrue(epochs.getLast().validationAccuracy() > 0.97, epochs::toString);
        assertTrue(epochs.getLast().trainAccuracy() > epochs.getFirst().trainAccuracy(), epochs::toString);
        assertEquals(synapses.ledger().pulses(), epochs.stream().mapToLong(Epoch::pulses).sum());
        assertTrue(epochs.getLast().residual() > 0 && epochs.getLast().residual() < 0.1, epochs::toString);
        assertEquals(epochs.getLast().validationAccuracy(), trainer(synapses, 2).accuracy(rows(500, 2)));
    }

    @Test
    void aToyProblemIsLearntWithPairsOfCells() {
        FakeBench bench = new FakeBench(32, 32, 100e-6);
        Random random = new Random(1);
        for (int i = 0; i < bench.siemens.length; i++) {
            bench.siemens[i] += 10e-6 * random.nextGaussian();
        }
        PairMap map = PairMap.shuffled(NETWORK, new Seed(5).stream("mapping"), IntStream.range(0, 1024).toArray());
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(10_000, 10_000).withThreshold(20e-6));
        List<Epoch> epochs = trainer(pairs, 1).train(rows(1000, 1), rows(500, 2), 5, _ -> {}, () -> false);
        assertTrue(epochs.getLast().validationAccuracy() > 0.95, epochs::toString);
        assertTrue(bench.programs.size() <= 1 + 5 * 50);
        assertEquals(pairs.ledger().blocked(), epochs.stream().mapToLong(Epoch::blocked).sum());
    }

    @Test
    void threadsDoNotChangeABit() {
        IdealSynapses one = ideal();
        IdealSynapses three = ideal();
        List<Epoch> alone = trainer(one, 1).train(rows(333, 1), rows(101, 2), 2, _ -> {}, () -> false);
        List<Epoch> shared = trainer(three, 3).train(rows(333, 1), rows(101, 2), 2, _ -> {}, () -> false);
        assertArrayEquals(one.weights(0), three.weights(0), 0);
        assertArrayEquals(one.weights(1), three.weights(1), 0);
        assertEquals(alone.stream().map(Epoch::residual).toList(), shared.stream().map(Epoch::residual).toList());
        assertTrue(one.ledger().pulses() > 0);
    }

    @Test
    void trainingStopsBetweenMiniBatches() {
        IdealSynapses synapses = ideal();
        AtomicInteger batches = new AtomicInteger();
        AtomicLong pulses = new AtomicLong();
        Trainer.Listener listener = new Trainer.Listener() {
            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public void miniBatch(int epoch, int done, int total) {
                assertEquals(5, total);
                assertEquals(batches.getAndIncrement() % 5 + 1, done);
                pulses.set(synapses.ledger().pulses());
            }
        };
        List<Epoch> epochs = trainer(synapses, 1).train(rows(100, 1), rows(50, 2), 9, listener,
                () -> batches.get() == 7);
        assertEquals(1, epochs.size());
        assertEquals(7, batches.get());
        assertEquals(pulses.get(), synapses.ledger().pulses(), "nothing is fired after the last mini-batch");
    }

    @Test
    void aFrozenLayerGetsNoPulses() {
        IdealSynapses synapses = ideal();
        float[] before = synapses.weights(1).clone();
        new Trainer(EqProp.ofThesis(0.2, 0), synapses, Discretizer.ternary(1e-3), new Seed(5), 1, CLOCK)
                .train(rows(200, 1), rows(50, 2), 1, _ -> {}, () -> false);
        assertArrayEquals(before, synapses.weights(1));
        assertTrue(synapses.ledger().pulses() > 0);
    }

    @Test
    void epochsAreTimedByTheGivenClock() {
        AtomicLong now = new AtomicLong(1000);
        Trainer.Listener listener = new Trainer.Listener() {
            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public void miniBatch(int epoch, int done, int total) {
                now.addAndGet(250);
            }
        };
        Trainer trainer = new Trainer(EQPROP, ideal(), Discretizer.ternary(1e-3), new Seed(5), 1,
                () -> Instant.ofEpochMilli(now.get()));
        assertEquals(0.5, trainer.train(rows(40, 1), rows(10, 2), 1, listener, () -> false).getFirst().seconds());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Dataset small = new Dataset("small", 2, 2, 3, new float[4], new byte[1]);
        assertThrows(IllegalArgumentException.class,
                () -> trainer(ideal(), 1).train(small, rows(10, 1), 1, _ -> {}, () -> false));
        assertThrows(IllegalArgumentException.class, () -> new Trainer(EqProp.ofThesis(0.1), ideal(),
                Discretizer.ternary(1e-3), new Seed(5), 1, CLOCK));
        assertThrows(IllegalArgumentException.class, () -> EqProp.ofThesis(0.1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Network.of(5));
    }
}
