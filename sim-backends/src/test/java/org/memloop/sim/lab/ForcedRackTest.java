package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.server.PseudoTerminal;

/** A rack whose source-measure units force voltages instead of pulses: driver, emulated analyzer, its triggers, router, die. */
@Timeout(60)
class ForcedRackTest {
    private static final String LAB = """
            format: 2
            name: analyzer bench
            array: { technology: TECHNOLOGY, rows: 8, columns: 4BOARD }
            instruments:
              router: { driver: nucleo-router, resource: "ASRL/dev/ttyACM0::INSTR" }
              generator: { driver: agilent-81160a, resource: "TCPIP0::192.168.0.11::5025::SOCKET" }
              oscilloscope: { driver: keysight-msos204a, resource: "TCPIP0::192.168.0.12::5025::SOCKET" }
              source-measure-unit: { driver: keysight-b1500a, resource: "GPIB0::17::INSTR" }
            timing: { settle: 5 us, recovery: 5 us }
            limits: { bit-line: 2.5 V, source-line: 2.5 V, word-line: 5 V, shortest-pulse: 100 ns, longest-pulse: 1 ms,
                      pulses-per-cell: 1000000, current: 3 mA, least-path: 1 kohm }
            """;
    private static final Pulse SLOW_READ = new Pulse("READ", Polarity.SET, 0.2, 3, 0.2, true);

    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    private Bench open(String technology, String board, String keys) throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LAB.replace("TECHNOLOGY", technology).replace("BOARD", board));
        return new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0" + keys));
    }

    private Bench slow(String keys) throws Exception {
        return open("hfox-leti", "", "&seed=3&pulses=source-measure-unit" + keys);
    }

    @Test
    void readsKnownResistorsAndNamesItsInstruments() throws Exception {
        try (Bench bench = open("resistor-board", ", board: { least: 10 kohm, most: 100 kohm }",
                "&pulses=source-measure-unit")) {
            int[] cells = {0, 9, 18, 31};
            Readings readings = bench.run(PulseProgram.of(SLOW_READ, cells));
            for (int i = 0; i < cells.length; i++) {
                double ohms = readings.volts(i) / readings.amps(i);
                assertTrue(ohms > 9.9e3 && ohms < 101e3, cells[i] + " reads " + ohms + " ohm");
                assertEquals(Readings.Quality.GOOD, readings.quality(i));
            }
            assertTrue(readings.seconds(3) - readings.seconds(0) > 3 * 0.2, "each takes its width");
            String who = bench.capabilities().instruments().toString();
            assertTrue(who.contains("B1500A") && !who.contains("81160A"), who);
        }
    }

    @Test
    void aSweepStaysWithinItsCompliance() throws Exception {
        Pulse forming = new Pulse("FORMING", Polarity.SET, 2.5, 1.6, 0.2, false);
        try (Bench bench = slow("&compliance=30uA")) {
            bench.run(PulseProgram.of(forming, 5));
            PulseProgram.Builder loop = PulseProgram.builder().add(5, SLOW_READ);
            for (int tenth : new int[]{2, 6, 10, 14, 10, 6, 2}) {
                loop.add(5, new Pulse("UP", Polarity.SET, 0.1 * tenth, 2.5, 0.2, true));
            }
            loop.add(5, SLOW_READ);
            for (int tenth : new int[]{6, 10, 14, 15}) {
                loop.add(5, new Pulse("DOWN", Polarity.RESET, 0.1 * tenth, 4.5, 0.2, true));
            }
            Readings readings = bench.run(loop.add(5, SLOW_READ).build());
            List<Readings.Quality> qualities = new ArrayList<>();
            for (int i = 0; i < readings.size(); i++) {
                assertTrue(Math.abs(readings.amps(i)) < 31e-6, readings.amps(i) + " A");
                qualities.add(readings.quality(i));
            }
            assertEquals(Readings.Quality.GOOD, qualities.getFirst());
            assertTrue(qualities.contains(Readings.Quality.IN_COMPLIANCE), qualities.toString());
        }
    }

    @Test
    void whatIsBeyondTheLimitsIsRefusedBeforeAnythingIsForced() throws Exception {
        try (Bench bench = slow("")) {
            for (Pulse bad : List.of(new Pulse("HIGH", Polarity.SET, 2.6, 3, 0.2, true),
                    new Pulse("GATE", Polarity.SET, 1, 5.1, 0.2, true), Pulse.READ,
                    new Pulse("LONG", Polarity.SET, 0.2, 3, 1.1, true))) {
                LimitException e = assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(bad, 0)));
                assertTrue(e.getMessage().contains(bad.name()) && e.getMessage().contains("nothing was fired"),
                        e.getMessage());
                assertEquals(Firing.NONE, e.firing());
            }
            String many = assertThrows(LimitException.class,
                    () -> bench.run(PulseProgram.builder().add(0, SLOW_READ, 2).build())).getMessage();
            assertTrue(many.contains("2 readings in one step"), many);
        }
    }

    @Test
    void anAddressThatDoesNotFitTheLaboratoryIsExplained() throws Exception {
        assertTells("&compliance=1mA", "add pulses=source-measure-unit");
        assertTells("&pulses=generator", "pulses must be source-measure-unit");
        assertTells("&pulses=source-measure-unit&compliance=4mA", "at most 3 mA");
        assertTells("&pulses=source-measure-unit&compliance=3", "compliance: ");
        String none = assertThrows(ConfigurationException.class,
                () -> new WireBenchProvider().open(BenchUri.parse("wire:?pulses=source-measure-unit"))).getMessage();
        assertTrue(none.contains("no source-measure unit"), none);
    }

    private void assertTells(String keys, String what) {
        String told = assertThrows(ConfigurationException.class, () -> open("hfox-leti", "", keys)).getMessage();
        assertTrue(told.contains(what), told);
    }

    @Test
    void aTriggerThatTheRouterMissesLeavesThePointInDoubt() throws Exception {
        try (Bench bench = slow("&fault=router-missed-trigger")) {
            InstrumentException e = assertThrows(InstrumentException.class,
                    () -> bench.run(PulseProgram.of(SLOW_READ, 1)));
            assertTrue(e.getMessage().contains("after 0 of 1 triggers"), e.getMessage());
            assertEquals(Firing.POSSIBLE, e.firing());
        }
    }
}
