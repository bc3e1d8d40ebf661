package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.SourceMeasureUnit;
import org.memloop.instrument.SourceMeasureUnit.Quantity;
import org.memloop.instrument.SourceMeasureUnit.Staircase;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.Latency;
import org.memloop.sim.server.PseudoTerminal;

/** Drivers heed the wiring of the laboratory file, as docs/instruments.md writes it. */
class WiredOtherwiseTest {
    private static final String LAB = """
            format: 2
            name: wired otherwise
            array: { technology: hfox-leti, rows: 128, columns: 64 }
            instruments:
              router: { driver: nucleo-router, resource: "ASRL/dev/ttyACM0::INSTR" }
              generator: { driver: agilent-81160a, resource: "TCPIP0::192.168.0.11::5025::SOCKET" }
              oscilloscope: { driver: keysight-msos204a, resource: "TCPIP0::192.168.0.12::5025::SOCKET" }
              source-measure-unit: { driver: keysight-b1500a, resource: "GPIB0::17::INSTR" }
              supplies:
                - role: supply-5v
                  driver: keysight-e36312a
                  resource: "TCPIP0::192.168.0.13::inst0::INSTR"
                  outputs: { 1: { feeds: [VDD5], volts: 5 V, tolerance: 0.25 V, current: 100 mA, over-voltage: 5.5 V } }
                - { role: supply-1v2, driver: agilent-e3631a, resource: "ASRL/dev/ttyUSB0::INSTR",
                    feeds: { 1: [VDD, VDDR, VDDC] } }
            wiring:
              generator: { column: 2, gate: 1 }
              oscilloscope: { current: 2, shunt: 1 kohm, trigger: CHAN4 }
              source-measure-unit: { column: 1, gate: 2 }
            timing: { settle: 5 us, recovery: 5 us }
            limits: { bit-line: 2.5 V, source-line: 2.5 V, word-line: 5 V, shortest-pulse: 100 ns,
                      longest-pulse: 1 ms, pulses-per-cell: 1000000 }
            """;

    @TempDir
    Path folder;

    @Test
    void exchangedOutputsAndAShuntGiveTheSameCurrents() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LAB);
        int[] cells = IntStream.range(0, 64).map(i -> 129 * i % 8192).toArray();
        PulseProgram program = PulseProgram.builder().addAll(cells, Pulse.FORMING).addAll(cells, Pulse.HARD_RESET)
                .addAll(cells, Pulse.SET).addAll(cells, Pulse.READ).build();
        Readings usual;
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse("wire:?baud=0&seed=5"))) {
            usual = bench.run(program);
        }
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0&seed=5"))) {
            Readings otherwise = bench.run(program);
            double noise = bench.capabilities().readAccuracy().noiseAmps();
            for (int i = 0; i < usual.size(); i++) {
                // the emulation does not take the shunt's share of the volts off
                assertEquals(usual.amps(i), otherwise.amps(i), 8 * noise + 0.02 * usual.amps(i), "reading " + i);
            }
        }
    }

    @Test
    void theSourceMeasureUnitOfTheFileOpensByItself() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LAB);
        LabFile lab = LabFile.read(file);
        try (VirtualLab virtual = new VirtualLab(lab,
                SimBenchProvider.die(new BenchUri("sim", "hfox-leti-128x64", java.util.Map.of("seed", "1"))),
                new Faults(1),
                new VirtualLab.Terms(1, 1, 0, LabNetwork.PRIVATE, Latency.OFF));
                SourceMeasureUnit unit = Laboratory.sourceMeasureUnit(virtual.addresses(), virtual.outside())) {
            assertTrue(unit.sweep(Staircase.linear(1, Quantity.VOLTS, 0, 0.3, 7, 1e-4)).size() == 7);
        }
    }
}
