package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Notice;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.Rack;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.Latency;
import org.memloop.sim.server.PseudoTerminal;

/** In which order the emulated instruments see a rack go down: pulses off (column, gate), lines on ground, supplies off. */
class SafeOrderTest {
    private static final String LAB = """
            format: 2
            name: bench with supplies
            array: { technology: hfox-leti, rows: 128, columns: 64 }
            instruments:
              router: { driver: nucleo-router, resource: "ASRL/dev/ttyACM0::INSTR" }
              %s
              supplies:
                - { role: supply-5v, driver: keysight-e36312a, resource: "TCPIP0::h::5025::SOCKET", feeds: { 1: [VDD5] } }
                - { role: supply-1v2, driver: agilent-e3631a, resource: "ASRL/dev/ttyUSB0::INSTR",
                    feeds: { 1: [VDD, VDDR, VDDC] } }
            timing: { settle: 5 us, recovery: 5 us }
            limits: { bit-line: 2.5 V, source-line: 2.5 V, word-line: 5 V, shortest-pulse: 100 ns,
                      longest-pulse: 1 ms, pulses-per-cell: 1000000 }
            """;
    private static final String TWO = "generator: { driver: agilent-81160a, resource: 'TCPIP0::a::5025::SOCKET' }\n"
            + "  oscilloscope: { driver: keysight-msos204a, resource: 'TCPIP0::b::5025::SOCKET' }";
    private static final String UNIT = "pulse-measure-unit: { driver: keysight-b1530a, resource: 'GPIB0::17::INSTR' }";
    private static final PulseProgram READS = PulseProgram.of(Pulse.READ, IntStream.range(0, 8192).toArray());
    private static final List<String> DOWN = List.of("generator: output 1 off", "generator: output 2 off",
            "supply-1v2: output P6V off", "supply-5v: output P6V off");

    @TempDir
    Path folder;

    private final Faults faults = new Faults(1);
    private VirtualLab lab;
    private int seen;

    private Rack open(String pulsing) throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LAB.formatted(pulsing));
        LabFile read = LabFile.read(file);
        lab = new VirtualLab(read, SimBenchProvider.die(new BenchUri("sim", "hfox-leti-128x64", Map.of("seed", "1"))),
                faults,
                new VirtualLab.Terms(1, 1, 0, LabNetwork.PRIVATE, Latency.OFF));
        return Laboratory.open(lab.addresses(), new BenchClock() {
            @Override
            public double nowSeconds() {
                return lab.wiring().nowSeconds();
            }

            @Override
            public void pass(double seconds) {
                lab.wiring().advance(seconds);
            }
        }, lab.outside());
    }

    @AfterEach
    void switchOff() {
        if (lab != null) {
            lab.close();
        }
    }

    /** {@return what happened since it was last asked, without what the outputs of supplies that feed nothing do} */
    private List<String> happened() {
        List<String> all = lab.wiring().diary().entries().stream().map(entry -> entry.role() + ": " + entry.what())
                .toList();
        List<String> fresh = all.subList(Math.min(seen, all.size()), all.size()).stream()
                .filter(line -> line.contains(" off") || line.contains(" on") || line.contains("lines ")
                        || line.contains("connected"))
                .filter(line -> !line.contains("P25V") && !line.contains("N25V")).toList();
        seen = all.size();
        return fresh;
    }

    @Test
    void closingTakesPulsesOffBeforeSupplies() throws Exception {
        Rack rack = open(TWO);
        List<String> up = happened();
        assertTrue(up.indexOf("supply-5v: output P6V on") < up.indexOf("supply-1v2: output P6V on"), up.toString());
        rack.run(PulseProgram.of(Pulse.READ, 0));
        assertEquals(List.of("router: lines driven", "router: lines grounded"),
                happened().stream().filter(line -> line.startsWith("router")).toList());
        rack.close();
        assertEquals(DOWN, happened());
        rack.close();
        assertEquals(List.of(), happened());
    }

    @Test
    void aSupplyInTroubleTakesEverythingDownInOrderAndIsTold() throws Exception {
        Rack rack = open(TWO);
        java.util.List<Notice> notices = new java.util.ArrayList<>();
        rack.tell(notices::add);
        faults.set("supply-5v", FaultRule.always(Fault.SUPPLY_TRIP));
        rack.run(READS);
        happened();
        assertThrows(BenchException.class, () -> {
            rack.run(READS);
            rack.run(READS);
        });
        List<String> down = happened();
        assertEquals(DOWN.subList(0, 3),
                down.subList(down.size() - Math.min(down.size(), DOWN.size()), down.size()).stream()
                        .filter(DOWN.subList(0, 3)::contains).toList(),
                down.toString());
        assertTrue(notices.stream().anyMatch(notice -> notice instanceof Notice.Measured measured
                && measured.role().equals("supply-5v") && measured.unit().equals("V")), "measured volts are told");
        assertThrows(IllegalStateException.class, () -> rack.run(READS));
        rack.close();
    }

    @Test
    void whatFailsOnTheWayKeepsNothingElseFromBeingTried() throws Exception {
        Rack rack = open(TWO);
        rack.run(PulseProgram.of(Pulse.READ, 0));
        happened();
        faults.set("generator", FaultRule.always(Fault.SILENT));
        faults.set("router", FaultRule.always(Fault.SILENT));
        rack.close();
        List<String> down = happened();
        assertTrue(down.containsAll(DOWN.subList(2, 4)), down.toString());
    }

    @Test
    void aPulseMeasureUnitIsDisconnectedColumnFirst() throws Exception {
        Rack rack = open(UNIT);
        rack.run(PulseProgram.of(Pulse.READ, 0));
        happened();
        rack.close();
        assertEquals(List.of("pulse-measure-unit: channel 101 disconnected",
                "pulse-measure-unit: channel 102 disconnected", "supply-1v2: output P6V off",
                "supply-5v: output P6V off"),
                happened());
    }
}
