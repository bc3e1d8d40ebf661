package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.server.PseudoTerminal;

/** A Raspberry Pi in the router's place: the same programs, the same readings. */
class RaspberryRackTest {
    private static final String LAB = """
            format: 2
            name: bench with a Raspberry Pi
            array: { technology: hfox-leti, rows: 128, columns: 64 }
            instruments:
              router: { driver: %s, resource: "%s" }
              %s
            timing: { settle: 5 us, recovery: 5 us }
            limits: { bit-line: 2.5 V, source-line: 2.5 V, word-line: 5 V, shortest-pulse: 100 ns,
                      longest-pulse: 1 ms, pulses-per-cell: 1000000 }
            """;
    private static final String TWO = "generator: { driver: agilent-81160a, resource: 'TCPIP0::a::5025::SOCKET' }\n"
            + "  oscilloscope: { driver: keysight-msos204a, resource: 'TCPIP0::b::5025::SOCKET' }";
    private static final String UNIT = "pulse-measure-unit: { driver: keysight-b1530a, resource: 'GPIB0::17::INSTR' }";
    private static final String PINS = "PI::SPI0.0::LATCH25::TRIGGER24";

    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    private Bench bench(String driver, String resource, String pulsing) throws IOException {
        Path file = folder.resolve(driver + ".yaml");
        Files.writeString(file, LAB.formatted(driver, resource, pulsing));
        return new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0&seed=5"));
    }

    @Test
    void readsWhatTheNucleoReads() throws IOException {
        int[] cells = IntStream.range(0, 64).map(i -> 129 * i % 8192).toArray();
        PulseProgram.Builder program = PulseProgram.builder().addAll(cells, Pulse.FORMING).addAll(cells, Pulse.READ)
                .addAll(cells, Pulse.HARD_RESET).addAll(cells, Pulse.SET).addAll(cells, Pulse.READ);
        for (int cell : cells) {
            program.add(cell, Pulse.WEAK_RESET, 20);
        }
        PulseProgram all = program.addAll(cells, Pulse.READ).build();
        try (Bench nucleo = bench("nucleo-router", "ASRL/dev/ttyACM0::INSTR", TWO);
                Bench pi = bench("raspberry-router", PINS, TWO)) {
            Readings expected = nucleo.run(all);
            Readings got = pi.run(all);
            assertEquals(expected.size(), got.size());
            for (int i = 0; i < got.size(); i++) {
                assertEquals(expected.amps(i), got.amps(i), 1e-12);
                assertEquals(expected.seconds(i), got.seconds(i), 1e-9);
            }
            assertTrue(pi.capabilities().instruments().getFirst().idn().contains("Raspberry Pi"));
        }
    }

    @Test
    void doesNotFollowAPulseMeasureUnit() {
        assertTrue(assertThrows(ConfigurationException.class, () -> bench("raspberry-router", PINS, UNIT)).getMessage()
                .contains("cannot step by the triggers"));
    }
}
