package org.memloop.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.calibration.ConductanceCard;

class DevicePairsTest {
    private static final Network NETWORK = Network.of(2, 2, 1);
    private final FakeBench bench = new FakeBench(4, 4, 50e-6);
    private final PairMap map = PairMap.inOrder(NETWORK, IntStream.range(0, 16).filter(c -> c != 3).toArray());

    @Test
    void cellsAreReadOnceAndMakeTheInitialWeights() {
        bench.siemens[0] = 40e-6;
        bench.siemens[11] = 45e-6;
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000));
        assertEquals(1, bench.programs.size());
        assertEquals(PulseProgram.of(Pulse.READ, map.cells()), bench.programs.getFirst());
        assertArrayEquals(new float[]{0.01f, 0, 0, 0}, pairs.weights(0), 1e-7f);
        // Weight 1 of layer 1 is synapse 5, cells 10 and 11 of the list without cell 3: cells 11 and 12.
        assertArrayEquals(new float[]{0, 0.01f}, pairs.weights(1), 1e-7f);
        assertEquals(0, pairs.ledger().pulses());
    }

    @Test
    void aMiniBatchIsOneProgramOfResetsThenReadsOfThePulsedCells() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000));
        bench.programs.clear();
        bench.siemens[2] = 1e-6;
        pairs.apply(new byte[][]{{1, 0, -1, 0}, {0, -1}});
        PulseProgram expected = PulseProgram.builder().addAll(new int[]{0, 6, 12}, Pulse.WEAK_RESET)
                .addAll(new int[]{0, 6, 12}, Pulse.READ).build();
        assertEquals(java.util.List.of(expected), bench.programs);
        assertEquals(3, expected.segmentEnd(0));
        // The cell that drifted was not pulsed, so not read: its weight stays.
        assertArrayEquals(new float[]{0.001f, 0, -0.001f, 0}, pairs.weights(0), 1e-7f);
        assertArrayEquals(new float[]{0, -0.002f}, pairs.weights(1), 1e-7f);
        assertEquals(3, pairs.ledger().pulses());
        assertEquals(1, pairs.pulsesOf(6));
        assertEquals(0, pairs.pulsesOf(1));
        assertEquals(49e-6, pairs.siemensOf(0), 1e-12);
    }

    @Test
    void nothingToDoIsNoProgram() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000));
        pairs.apply(new byte[2][4]);
        assertEquals(1, bench.programs.size());
    }

    @Test
    void cellsBelowTheThresholdGetNoMorePulses() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000).withThreshold(48.5e-6));
        for (int i = 0; i < 5; i++) {
            pairs.apply(new byte[][]{{1, 0, 0, 0}, {0, 0}});
        }
        assertEquals(2, pairs.ledger().pulses());
        assertEquals(3, pairs.ledger().blocked());
        assertEquals(3, bench.programs.size());
        assertEquals(48e-6, bench.siemens[0], 1e-12);
        pairs.apply(new byte[][]{{-1, 0, 0, 0}, {0, 0}});
        assertEquals(3, pairs.ledger().pulses(), "the other cell of the pair still can");
    }

    @Test
    void severalPulsesAreATrainAndOneReading() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000));
        pairs.apply(new byte[][]{{3, 0, 0, 0}, {0, -2}});
        assertEquals(5, pairs.ledger().pulses());
        assertEquals(3, pairs.pulsesOf(0));
        assertEquals(0.003f, pairs.weights(0)[0], 1e-7f);
        assertEquals(2, bench.programs.getLast().readingCount());
    }

    @Test
    void logarithmicWeightsBearReadingsOfNothing() {
        bench.siemens[0] = -1e-9;
        bench.siemens[1] = 10e-6;
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.logarithmic(1.5, 1));
        assertEquals(1.5f * 2, pairs.weights(0)[0], 1e-5f);
        assertEquals(0, pairs.weights(0)[1]);
        bench.siemens[4] = 50e-6;
        pairs.apply(new byte[][]{{0, 0, 0, 1}, {0, 0}});
        assertEquals((float) (1.5 * Math.log10(50.0 / 49)), pairs.weights(0)[3], 1e-6f);
    }

    @Test
    void readingsGoThroughTheCard() {
        bench.siemens[0] = 40e-6;
        ConductanceCard card = new ConductanceCard(0, 2, 0);
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000).withCard(card));
        assertEquals(0.02f, pairs.weights(0)[0], 1e-7f);
    }

    @Test
    void aRefusedProgramChangesAndCountsNothing() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000).withThreshold(49.5e-6));
        pairs.apply(new byte[][]{{1, 0, 0, 0}, {0, 0}});
        bench.failure = new LimitException("too much");
        LimitException thrown = assertThrows(LimitException.class,
                () -> pairs.apply(new byte[][]{{1, 1, 0, 0}, {0, 0}}));
        assertSame(bench.failure, thrown);
        assertEquals(1, pairs.ledger().pulses());
        assertEquals(0, pairs.ledger().blocked());
        assertArrayEquals(new float[]{0.001f, 0, 0, 0}, pairs.weights(0), 1e-7f);
    }

    @Test
    void theLedgerTellsEveryPulseBySynapseAndSign() {
        DevicePairs pairs = new DevicePairs(bench, map, PairSettings.linear(1000, 2000).withThreshold(48.5e-6));
        bench.exhausted = 3;
        pairs.apply(new byte[][]{{2, 0, -1, 0}, {0, -1}});
        pairs.apply(new byte[][]{{1, 0, 1, 0}, {0, -2}});
        Ledger ledger = pairs.ledger();
        assertArrayEquals(new int[][]{{2, 0, 1, 0}, {0, 0}}, ledger.positive());
        assertArrayEquals(new int[][]{{0, 0, 1, 0}, {0, 3}}, ledger.negative());
        assertEquals(4, ledger.pulses(0));
        assertEquals(3, ledger.pulses(1));
        assertEquals(7, ledger.pulses());
        assertEquals(2, ledger.mostPulses(0));
        assertEquals(1, ledger.blocked());
        assertEquals(2, ledger.blockedDevices(), "cells 0 and 12, at 48 and 47 uS");
        assertEquals(3, ledger.saturated());
        // 0.9 V, 0.6 us; the trains of two began at 50 and 49 uS, four single pulses at 50 uS but one
        double siemens = 1e-6 * (2 * 50 + 50 + 50 + 50 + 2 * 49);
        assertEquals(0.9 * 0.9 * 0.6e-6 * siemens, ledger.energyJoules().orElseThrow(), 1e-18);
    }

    @Test
    void aFreshReadingDecidesWhereTheLastOneIsOutOfDate() {
        PairSettings last = PairSettings.linear(1000, 2000).withThreshold(48.5e-6);
        bench.siemens[0] = 40e-6;
        bench.siemens[6] = 60e-6;
        DevicePairs pairs = new DevicePairs(bench, map, last.withThresholdRead(PairSettings.ThresholdRead.FRESH));
        bench.siemens[0] = 52e-6;
        bench.siemens[6] = 45e-6;
        bench.siemens[7] = 1e-6;
        bench.programs.clear();
        pairs.apply(new byte[][]{{1, 0, -1, 0}, {0, 0}});
        assertEquals(java.util.List.of(PulseProgram.of(Pulse.READ, 0, 6),
                PulseProgram.builder().add(0, Pulse.WEAK_RESET).add(0, Pulse.READ).build()), bench.programs);
        assertEquals(1, pairs.ledger().pulses());
        assertEquals(1, pairs.ledger().blocked());
        assertEquals(51e-6, pairs.siemensOf(0), 1e-12);
        assertArrayEquals(new float[]{-0.001f, 0, -0.005f, 0}, pairs.weights(0), 1e-7f);
        pairs.apply(new byte[2][4]);
        assertEquals(2, bench.programs.size(), "nothing wanted is nothing read");
    }

    @Test
    void withoutAThresholdNothingIsReadForIt() {
        DevicePairs pairs = new DevicePairs(bench, map,
                PairSettings.linear(1000, 2000).withThresholdRead(PairSettings.ThresholdRead.FRESH));
        pairs.apply(new byte[][]{{1, 0, 0, 0}, {0, 0}});
        assertEquals(2, bench.programs.size());
    }

    @Test
    void oneCellAndAReferenceCanOnlyBeWeakened() {
        int[] cells = IntStream.range(8, 14).toArray();
        PairSettings settings = PairSettings.linear(1000, 2000).withReference(40e-6).withThreshold(48.5e-6);
        DevicePairs single = new DevicePairs(bench, PairMap.single(NETWORK, cells), settings);
        assertEquals(PulseProgram.of(Pulse.READ, cells), bench.programs.getFirst());
        assertArrayEquals(new float[]{0.01f, 0.01f, 0.01f, 0.01f}, single.weights(0), 1e-7f);
        single.apply(new byte[][]{{-1, 1, 0, 0}, {0, -2}});
        single.apply(new byte[][]{{2, 0, 0, 0}, {0, -1}});
        assertArrayEquals(new float[]{0.009f, 0.01f, 0.01f, 0.01f}, single.weights(0), 1e-7f);
        assertArrayEquals(new float[]{0.02f, 0.016f}, single.weights(1), 1e-7f);
        Ledger ledger = single.ledger();
        assertArrayEquals(new int[][]{{0, 0, 0, 0}, {0, 0}}, ledger.positive());
        assertArrayEquals(new int[][]{{1, 0, 0, 0}, {0, 2}}, ledger.negative());
        assertEquals(3 + 1, ledger.blocked(), "three to strengthen, one below the threshold");
        assertEquals(1, ledger.blockedDevices());
        assertThrows(IllegalArgumentException.class, () -> new DevicePairs(bench, map, settings));
        assertThrows(IllegalArgumentException.class,
                () -> new DevicePairs(bench, PairMap.single(NETWORK, cells), PairSettings.linear(1000, 2000)));
        assertThrows(ConfigurationException.class, () -> PairMap.single(NETWORK, 1, 2, 3, 4, 5));
        assertThrows(IllegalArgumentException.class, () -> settings.withReference(0));
    }

    @Test
    void theMapSkipsBadCellsAndUsesNoneTwice() {
        int[] cells = map.cells();
        assertEquals(12, cells.length);
        assertTrue(Arrays.stream(cells).noneMatch(c -> c == 3));
        assertEquals(4, map.complementCell(0, 1));
        int[] healthy = IntStream.range(0, 16).filter(c -> c % 5 != 4).toArray();
        PairMap shuffled = PairMap.shuffled(NETWORK, new Seed(3).stream("mapping"), healthy);
        assertEquals(12, Arrays.stream(shuffled.cells()).filter(c -> c % 5 != 4).distinct().count());
        assertArrayEquals(shuffled.cells(),
                PairMap.shuffled(NETWORK, new Seed(3).stream("mapping"), healthy).cells());
    }

    @Test
    void tooFewHealthyCellsAreNamed() {
        ConfigurationException thrown = assertThrows(ConfigurationException.class,
                () -> PairMap.inOrder(Network.of(64, 50, 10), IntStream.range(0, 7000).toArray()));
        assertTrue(thrown.getMessage().contains("needs 7400 healthy cells, the array has 7000"), thrown.getMessage());
        assertThrows(ConfigurationException.class, () -> new DevicePairs(new FakeBench(2, 2, 1e-6), map,
                PairSettings.linear(1000, 2000)));
        assertThrows(ConfigurationException.class, () -> new DevicePairs(bench, map, PairSettings.linear(1000)));
        assertThrows(IllegalArgumentException.class,
                () -> PairMap.inOrder(Network.of(1, 1), 4, 4));
    }
}
