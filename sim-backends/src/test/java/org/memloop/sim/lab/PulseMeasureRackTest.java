package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchContract;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.server.PseudoTerminal;

/**
 * A rack with a pulse-measure unit: the driver, the binding of Keysight's library by the C calling convention, native
 * functions that stand in for that library, the emulated unit, its triggers, the following router, the die.
 */
class PulseMeasureRackTest implements BenchContract {
    private static final String LAB = """
            format: 2
            name: pulse-measure bench
            array: { technology: hfox-leti, rows: 128, columns: 64 }
            instruments:
              router: { driver: nucleo-router, resource: "ASRL/dev/ttyACM0::INSTR" }
              pulse-measure-unit: { driver: keysight-b1530a, resource: "GPIB0::17::INSTR" }
            timing: { settle: 5 us, recovery: 5 us }
            limits: { bit-line: 2.5 V, source-line: 2.5 V, word-line: 5 V, shortest-pulse: 100 ns,
                      longest-pulse: 1 ms, pulses-per-cell: 1000000 }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    @Override
    public Bench open(long seed) {
        return unit("&seed=" + seed, "");
    }

    private Bench unit(String keys, String faults) {
        try {
            Path file = folder.resolve("unit.yaml");
            Files.writeString(file, LAB + faults);
            return new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0" + keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void agreesWithGeneratorAndOscilloscopeWithinTheNoise() {
        int[] cells = IntStream.range(0, 128).map(row -> 64 * row + (7 * row) % 64).toArray();
        PulseProgram.Builder program = PulseProgram.builder().addAll(cells, Pulse.FORMING).addAll(cells, Pulse.READ);
        for (int cycle = 0; cycle < 5; cycle++) {
            program.addAll(cells, Pulse.HARD_RESET).addAll(cells, Pulse.READ).addAll(cells, Pulse.SET)
                    .addAll(cells, Pulse.READ);
        }
        for (int cell : cells) {
            program.add(cell, Pulse.WEAK_RESET, 300).add(cell, Pulse.READ, 2);
        }
        PulseProgram all = program.build();
        Readings two;
        Capabilities.ReadAccuracy coarse;
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse("wire:?baud=0&seed=5&fidelity=static"))) {
            two = bench.run(all);
            coarse = bench.capabilities().readAccuracy();
        }
        // cells without noise of their own: the router that follows is slower, and would find telegraph noise elsewhere
        try (Bench bench = unit("&seed=5&fidelity=static", "")) {
            Readings one = bench.run(all);
            Capabilities.ReadAccuracy fine = bench.capabilities().readAccuracy();
            double noise = Math.hypot(coarse.noiseAmps(), fine.noiseAmps());
            assertEquals(two.size(), one.size());
            for (int i = 0; i < one.size(); i++) {
                assertEquals(two.amps(i), one.amps(i), 5 * noise, "reading " + i);
                assertEquals(two.step(i), one.step(i));
                assertEquals(Readings.Quality.GOOD, one.quality(i));
            }
            assertTrue(bench.capabilities().instruments().toString().contains("B1530A, channels [101, 102]"));
        }
    }

    @Test
    void aMissedTriggerStopsTheStretchAndIsTold() {
        String faults = "faults:\n  - { instrument: router, fault: missed-trigger, occasion: 30 }\n";
        try (Bench bench = unit("&seed=2", faults)) {
            InstrumentException e = assertThrows(InstrumentException.class,
                    () -> bench.run(PulseProgram.of(Pulse.READ, IntStream.range(0, 64).toArray())));
            assertTrue(e.getMessage().contains("aborted after 29 of 64 triggers"), e.getMessage());
            assertEquals(Firing.POSSIBLE, e.firing());
            assertEquals(64, bench.run(PulseProgram.of(Pulse.READ, IntStream.range(0, 64).toArray())).size());
        }
    }

    @Test
    void whatTheUnitCannotDoIsRefusedBeforeAnythingIsSent() {
        try (Bench bench = open(2)) {
            for (Pulse pulse : new Pulse[]{new Pulse("ODD", Polarity.SET, 0.5, 3, 604e-9, false),
                    new Pulse("SHORT", Polarity.SET, 0.1, 3, 150e-9, true)}) {
                LimitException e = assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(pulse, 0)));
                assertTrue(e.getMessage().contains(pulse.name()), e.getMessage());
                assertEquals(Firing.NONE, e.firing());
            }
            LimitException many = assertThrows(LimitException.class,
                    () -> bench.run(PulseProgram.builder().add(0, Pulse.READ, 1_000_001).build()));
            assertTrue(many.getMessage().contains("1000001 readings in one step"), many.getMessage());
        }
    }

    @Test
    void currentsBeyondTheRangeAreSaturated() {
        try (Bench bench = open(4)) {
            bench.run(PulseProgram.builder().add(0, Pulse.FORMING).add(0, Pulse.HARD_RESET).add(0, Pulse.SET).build());
            Pulse strong = new Pulse("STRONG", Polarity.SET, 2.4, 4.9, 100e-6, true);
            Readings readings = bench.run(PulseProgram.builder().add(0, strong).add(0, Pulse.READ).build());
            assertEquals(Readings.Quality.SATURATED, readings.quality(0), () -> readings.amps(0) + " A");
            assertEquals(Readings.Quality.GOOD, readings.quality(1));
        }
    }
}
