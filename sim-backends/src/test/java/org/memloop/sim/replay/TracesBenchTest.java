package org.memloop.sim.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchContract;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;

class TracesBenchTest implements BenchContract {
    private static final int DEVICES = 31;
    private static final int PULSES = 3000;

    @TempDir
    Path folder;

    /** Devices that begin 1 uS apart and lose 10 nS with each pulse. */
    private static Recording recording(int pulses) {
        float[] siemens = new float[DEVICES * pulses];
        for (int i = 0; i < siemens.length; i++) {
            siemens[i] = (float) (80e-6 + i / pulses * 1e-6 - i % pulses * 10e-9);
        }
        return Recording.of("falling lines", DEVICES, pulses, siemens);
    }

    private static TracesBench bench(long seed, int pulses) {
        return new TracesBench(recording(pulses), new Geometry(64, 32), seed);
    }

    @Override
    public Bench open(long seed) {
        return bench(seed, PULSES);
    }

    private static double siemens(Bench bench, int cell) {
        Readings reading = bench.run(PulseProgram.of(Pulse.READ, cell));
        return reading.amps(0) / reading.volts(0);
    }

    private static int[] devices(long seed, Geometry geometry) {
        try (Bench bench = new TracesBench(recording(2), geometry, seed)) {
            int[] all = IntStream.range(0, geometry.cells()).toArray();
            Readings readings = bench.run(PulseProgram.of(Pulse.READ, all));
            return Arrays.stream(all).map(i -> (int) Math.round((readings.amps(i) / 0.2 - 80e-6) / 1e-6)).toArray();
        }
    }

    @Test
    void everyPulseIsTheNextColumnOfOneRowAndReadingsRepeatThemselves() {
        try (Bench bench = open(1)) {
            double start = siemens(bench, 5);
            assertEquals(start, siemens(bench, 5));
            bench.run(PulseProgram.builder().add(5, Pulse.WEAK_RESET).add(5, Pulse.WEAK_RESET, 99).build());
            assertEquals(start - 1e-6, siemens(bench, 5), 2e-11);
            assertEquals(0, (start - 80e-6) / 1e-6 % 1, 1e-4);
        }
    }

    @Test
    void aCellsDeviceHangsOffSeedAndCellAlone() {
        int[] few = devices(7, new Geometry(8, 4));
        int[] many = devices(7, new Geometry(100, 80));
        assertArrayEquals(few, Arrays.copyOf(many, few.length));
        assertFalse(Arrays.equals(many, devices(8, new Geometry(100, 80))));
        for (int device = 0; device < DEVICES; device++) {
            int wanted = device;
            long cells = Arrays.stream(many).filter(d -> d == wanted).count();
            assertTrue(cells > 180 && cells < 340, "device " + device + " stands behind " + cells + " of 8000 cells");
        }
        int[] other = devices(7 + 1, new Geometry(100, 80));
        long same = IntStream.range(0, 7999).filter(i -> many[i + 1] == other[i]).count();
        assertTrue(same < 400, "the next seed is the same list, one on");
    }

    @Test
    void theEndOfARowFreezesTheCellAndCountsIt() {
        try (Bench bench = bench(3, 10)) {
            double start = siemens(bench, 0);
            bench.run(PulseProgram.builder().add(0, Pulse.WEAK_RESET, 8).add(1, Pulse.WEAK_RESET, 8).build());
            assertEquals(0, bench.exhaustedCells());
            bench.run(PulseProgram.of(Pulse.WEAK_RESET, 0));
            assertEquals(1, bench.exhaustedCells());
            assertEquals(start - 90e-9, siemens(bench, 0), 2e-11);
            bench.run(PulseProgram.builder().add(0, Pulse.WEAK_RESET, 50).add(1, Pulse.WEAK_RESET, 50).build());
            assertEquals(2, bench.exhaustedCells());
            assertEquals(start - 90e-9, siemens(bench, 0), 2e-11);
        }
    }

    @Test
    void onlyTheRecordedPulsesHaveAnAnswer() {
        try (Bench bench = open(4)) {
            LimitException refusal = assertThrows(LimitException.class,
                    () -> bench.run(PulseProgram.of(Pulse.SET, 0)));
            assertTrue(refusal.getMessage().contains("a recording of weak RESET pulses has no answer"),
                    refusal.getMessage());
            Pulse stronger = new Pulse("WEAK_RESET", Pulse.Polarity.RESET, 1.1, 4.5, 0.6e-6, false);
            assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(stronger, 0)));
        }
    }

    @Test
    void isFoundByItsSchemeAndReadsFiles() {
        Path file = folder.resolve("lines.h5");
        Recordings.write(recording(20), file);
        BenchProvider provider = ServiceLoader.load(BenchProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(p -> p.scheme().equals("traces")).findFirst().orElseThrow();
        BenchUri uri = BenchUri.parse("traces:" + file + "?seed=9&rows=1024&columns=794&dataset=conductance");
        try (Bench bench = provider.open(uri); Bench same = new TracesBench(recording(20), new Geometry(2, 2), 9)) {
            assertInstanceOf(TracesBench.class, bench);
            assertEquals(813056, bench.capabilities().geometry().cells());
            assertEquals(siemens(same, 3), siemens(bench, 3));
            assertTrue(bench.capabilities().description().contains("lines.h5"), bench.capabilities().description());
        }
        try (Bench bench = provider.open(BenchUri.parse("traces:" + file))) {
            assertEquals(new Geometry(128, 64), bench.capabilities().geometry());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traces:", "traces:nowhere.h5", "traces:notes.doc", "traces:x.npy?rows=0",
            "traces:x.npy?rows=99999999&columns=99999999", "traces:x.npy?seeed=1", "traces:\0.npy"})
    void refusesAddressesItCannotOpen(String uri) {
        BenchProvider provider = new TracesBenchProvider();
        BenchUri address = BenchUri.parse(uri);
        assertThrows(ConfigurationException.class, () -> provider.open(address));
    }
}
