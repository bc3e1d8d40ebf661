package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.device.TechnologyCard;

class SimBenchTest implements BenchContract {
    private static final int[] CELLS = IntStream.range(0, 64).toArray();

    @Override
    public Bench open(long seed) {
        return open("sim:hfox-128x64?seed=" + seed);
    }

    private static Bench open(String uri) {
        return new SimBenchProvider().open(BenchUri.parse(uri));
    }

    @Test
    void isFoundByItsScheme() {
        BenchProvider provider = ServiceLoader.load(BenchProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(p -> p.scheme().equals("sim")).findFirst().orElseThrow();
        try (Bench bench = provider.open(BenchUri.parse("sim:hfox-8x4"))) {
            assertInstanceOf(SimBench.class, bench);
            assertEquals(new Geometry(8, 4), bench.capabilities().geometry());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim:hfox", "sim:hfox-0x4", "sim:hfox-4x0", "sim:pcm-8x8", "sim:hfox-99999x99999",
            "sim:hfox-8x8?stuck=2", "sim:hfox-8x8?stuck=-0.1", "sim:hfox-8x8?broken=2", "sim:hfox-8x8?threads=0",
            "sim:hfox-8x8?seed=x",
            "sim:hfox-8x8?sed=1", "sim:hfox-8x8?fidelity=some", "sim:hfox-8x8?rows=8",
            "sim:none.yaml", "sim:"})
    void refusesAddressesItCannotOpen(String uri) {
        assertThrows(ConfigurationException.class, () -> open(uri));
    }

    @Test
    void namesTheTechnologiesItKnows() {
        String message = assertThrows(ConfigurationException.class, () -> open("sim:pcm-8x8")).getMessage();
        assertTrue(message.contains("'pcm'") && message.contains("hfox"), message);
    }

    @Test
    void repeatsItselfForTheSameSeedOnly() {
        assertEquals(session(open("sim:hfox-8x8?seed=5"), 1), session(open("sim:hfox-8x8?seed=5"), 1));
        assertNotEquals(session(open("sim:hfox-8x8?seed=5"), 1), session(open("sim:hfox-8x8?seed=6"), 1));
    }

    @Test
    void doesNotCareHowProgramsAreSliced() {
        Readings whole = session(open("sim:hfox-8x8?seed=5"), 1);
        assertEquals(whole, session(open("sim:hfox-8x8?seed=5"), 7));
    }

    @Test
    void doesNotCareHowManyThreadsThereAre() {
        assertEquals(session(open("sim:hfox-8x8?seed=5"), 1), session(open("sim:hfox-8x8?seed=5&threads=3"), 1));
    }

    @Test
    void isTheSameAsADieBehindItsMultiplexers() {
        SimulatedDie die = SimBenchProvider.die(BenchUri.parse("sim:hfox-8x8?seed=5"));
        MultiplexedBench slow = new MultiplexedBench(die);
        assertEquals(session(open("sim:hfox-8x8?seed=5"), 1), session(slow, 1));
    }

    @Test
    void takesATechnologyCardOfOnesOwn(@TempDir Path folder) throws IOException {
        Path card = Files.writeString(folder.resolve("mine.yaml"), TechnologyCard.builtInText("hfox-leti"));
        assertEquals(session(open("sim:hfox-8x8?seed=5"), 1), session(open("sim:hfox-leti-8x8?seed=5"), 1));
        assertEquals(session(open("sim:hfox-8x8?seed=5"), 1),
                session(open("sim:" + card + "?rows=8&columns=8&seed=5"), 1));
    }

    @Test
    void simulatesAsMuchAsIsWanted() {
        Readings ideal = session(open("sim:hfox-8x8?seed=5&fidelity=ideal"), 1);
        assertEquals(ideal, session(open("sim:hfox-8x8?seed=6&fidelity=ideal"), 1));
        assertEquals(ideal.amps(64), ideal.amps(127), 1e-9 * ideal.amps(64), "formed cells");
        try (Bench bench = open("sim:hfox-8x8?seed=5&fidelity=static")) {
            bench.run(PulseProgram.builder().addAll(CELLS, Pulse.FORMING).build());
            PulseProgram cycle = PulseProgram.builder().addAll(CELLS, Pulse.HARD_RESET).addAll(CELLS, Pulse.SET)
                    .addAll(CELLS, Pulse.READ).build();
            for (int i = 0; i < 20; i++) {
                bench.run(cycle);
            }
            Readings once = bench.run(cycle);
            Readings again = bench.run(cycle);
            for (int i = 0; i < CELLS.length; i++) {
                assertEquals(once.amps(i), again.amps(i), 1e-3 * once.amps(i));
            }
            assertTrue(Math.abs(once.amps(0) / once.amps(1) - 1) > 1e-3);
        }
    }

    @Test
    void keepsTheTimeOfARouter() {
        try (Bench bench = open("sim:hfox-8x8")) {
            Readings readings = bench.run(PulseProgram.builder().add(0, Pulse.SET, 3).add(1, Pulse.READ, 2).build());
            assertEquals(3 * 60e-6 + 5e-6, readings.seconds(0), 1e-15);
            assertEquals(3 * 60e-6 + 115e-6, readings.seconds(1), 1e-15);
        }
    }

    /** Forms, cycles, wears and reads 64 cells, each program cut into pieces; {@return every reading} */
    private static Readings session(Bench bench, int pieces) {
        Pulse measuredSet = new Pulse("SET", Pulse.SET.polarity(), 2.0, 2.5, 50e-6, true);
        Pulse blindRead = new Pulse("BLIND", Pulse.READ.polarity(), 0.2, 3.0, 100e-6, false);
        PulseProgram.Builder program = PulseProgram.builder().addAll(CELLS, blindRead).addAll(CELLS, Pulse.READ)
                .addAll(CELLS, Pulse.FORMING).addAll(CELLS, blindRead).addAll(CELLS, Pulse.READ);
        for (int i = 0; i < 4; i++) {
            program.addAll(CELLS, Pulse.HARD_RESET).addAll(CELLS, Pulse.READ).addAll(CELLS, measuredSet);
        }
        for (int round = 0; round < 3; round++) {
            for (int cell : CELLS) {
                program.add(cell, Pulse.WEAK_RESET, 100 + cell).add(cell, Pulse.READ, 2);
            }
        }
        try (bench) {
            return runInPieces(bench, program.build(), pieces);
        }
    }

    private static Readings runInPieces(Bench bench, PulseProgram program, int pieces) {
        Readings.Builder all = Readings.builder(program.readingCount());
        for (int piece = 0; piece < pieces; piece++) {
            int from = program.size() * piece / pieces;
            int to = program.size() * (piece + 1) / pieces;
            PulseProgram.Builder part = PulseProgram.builder();
            for (int step = from; step < to; step++) {
                part.add(program.cell(step), program.pulse(step), program.count(step));
            }
            Readings readings = bench.run(part.build());
            for (int i = 0; i < readings.size(); i++) {
                all.add(from + readings.step(i), readings.volts(i), readings.amps(i), readings.seconds(i),
                        readings.quality(i));
            }
        }
        return all.build();
    }
}
