package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchContract;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.lab.LabFile;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.server.PseudoTerminal;

/** The whole path: drivers, links, emulated instruments, die. */
class WireBenchTest implements BenchContract {
    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    @Override
    public Bench open(long seed) {
        return wire("wire:?baud=0&seed=" + seed);
    }

    private static Bench wire(String uri) {
        return new WireBenchProvider().open(BenchUri.parse(uri));
    }

    /** Forms, cycles and weakens some cells, reading on the way. */
    private static PulseProgram everythingOn(int... cells) {
        PulseProgram.Builder program = PulseProgram.builder().addAll(cells, Pulse.READ).addAll(cells, Pulse.FORMING)
                .addAll(cells, Pulse.READ);
        for (int cycle = 0; cycle < 10; cycle++) {
            program.addAll(cells, Pulse.SET).addAll(cells, Pulse.READ).addAll(cells, Pulse.HARD_RESET).addAll(cells,
                    Pulse.READ);
        }
        program.addAll(cells, Pulse.SET);
        for (int round = 0; round < 5; round++) {
            for (int cell : cells) {
                program.add(cell, Pulse.WEAK_RESET, 400);
            }
            program.addAll(cells, Pulse.READ);
        }
        return program.build();
    }

    @Test
    void agreesWithTheSimulationWithinResolutionAndNoiseOfTheInstruments() {
        PulseProgram program = everythingOn(IntStream.range(0, 128).map(row -> 64 * row + (7 * row) % 64).toArray());
        Readings simulated;
        try (Bench sim = new SimBenchProvider().open(BenchUri.parse("sim:hfox-128x64?seed=5"))) {
            simulated = sim.run(program);
        }
        try (Bench wire = open(5)) {
            Readings measured = wire.run(program);
            Capabilities.ReadAccuracy accuracy = wire.capabilities().readAccuracy();
            assertEquals(simulated.size(), measured.size());
            double squares = 0;
            for (int i = 0; i < measured.size(); i++) {
                double apart = measured.amps(i) - simulated.amps(i);
                assertTrue(Math.abs(apart) < 5.5 * accuracy.noiseAmps() + accuracy.resolutionAmps(),
                        "reading " + i + ": " + measured.amps(i) + " A, simulated " + simulated.amps(i) + " A");
                squares += apart * apart;
                assertEquals(simulated.step(i), measured.step(i));
                assertEquals(simulated.volts(i), measured.volts(i));
                assertEquals(simulated.seconds(i), measured.seconds(i), 1e-9 * simulated.seconds(i));
            }
            // no better than the instruments either: the emulation adds all of the noise that the driver states
            assertEquals(accuracy.noiseAmps(), Math.sqrt(squares / measured.size()), 0.1 * accuracy.noiseAmps());
        }
    }

    @ParameterizedTest
    @CsvSource({"router-silent,router", "router-garbage,router", "generator-silent,generator",
            "generator-garbage,generator",
            "oscilloscope-silent,oscilloscope", "oscilloscope-garbage,oscilloscope"})
    void anInstrumentThatDoesNotAnswerOrTalksNonsenseIsNamedInOneLine(String fault, String named) {
        BenchException e = assertThrows(BenchException.class, () -> wire("wire:?baud=0&fault=" + fault).close());
        assertTrue(e.getMessage().contains(named), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        assertEquals(BenchException.Firing.NONE, e.firing());
    }

    @Test
    void aLostReplyToFireFiresNothingTwice() {
        int[] cells = IntStream.range(0, 64).toArray();
        try (Bench whole = open(3); Bench lossy = wire("wire:?baud=0&seed=3&fault=router-drop-reply")) {
            Readings expected = whole.run(everythingOn(cells));
            Readings got = lossy.run(everythingOn(cells));
            for (int i = 0; i < got.size(); i++) {
                assertEquals(expected.amps(i), got.amps(i), 1e-12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"wire:nowhere.yaml,nowhere.yaml", "wire:?colour=red,unknown key 'colour'",
            "wire:?seed=one,seed must be a whole number",
            "wire:?fault=toaster-silent,roles are", "wire:?baud=-1,baud must be"})
    void aWrongAddressSaysWhatIsWrong(String uri, String said) {
        assertTrue(assertThrows(ConfigurationException.class, () -> wire(uri).close()).getMessage().contains(said));
    }

    @Test
    void aLaboratoryFileDecidesLimitsAndDrivers() throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LabFile.builtInText().replace("bit-line: 2.5 V", "bit-line: 2.2 V"));
        try (Bench bench = wire("wire:" + file + "?baud=0")) {
            assertEquals(2.2, bench.capabilities().limits().bitLineVoltsMax());
            assertThrows(BenchException.class, () -> bench.run(PulseProgram.of(Pulse.FORMING, 0)));
        }
        Files.writeString(file, LabFile.builtInText().replace("agilent-81160a", "agilent-99999x"));
        BenchException e = assertThrows(BenchException.class, () -> wire("wire:" + file + "?baud=0").close());
        assertTrue(e.getMessage().contains("no emulated generator 'agilent-99999x'"), e.getMessage());
    }

    private static final String SUPPLIES = """
            instruments:
              supplies:
                - { role: supply-5v, driver: keysight-e36312a, resource: "TCPIP0::h::inst0::INSTR", on: true, feeds: { 1: [VDD5] } }
                - { role: supply-1v2, driver: agilent-e3631a, resource: "GPIB0::5::INSTR", on: true, feeds: { 1: [VDD, VDDR, VDDC] } }
            """;

    private String lab(String supplies, String faults) throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LabFile.builtInText().replace("instruments:\n", supplies) + faults);
        return "wire:" + file + "?baud=0&seed=5";
    }

    @Test
    void suppliesAndFaultsOfTheFileAreFelt() throws Exception {
        int[] cells = {0, 1, 2};
        PulseProgram program = everythingOn(cells);
        Readings ideal;
        try (Bench bench = open(5)) {
            ideal = bench.run(program);
        }
        try (Bench bench = wire(lab(SUPPLIES, ""))) {
            Readings fed = bench.run(program);
            for (int i = 0; i < fed.size(); i++) {
                assertEquals(ideal.amps(i), fed.amps(i), 1e-12);
            }
        }
        try (Bench bench = wire(lab(SUPPLIES.replace("on: true", "on: false"), ""))) {
            Readings switchedOn = bench.run(program);
            assertEquals(ideal.amps(3), switchedOn.amps(3), 1e-12);
        }
    }

    @Test
    void instrumentsThatTakeTheirTimeMoveTheClockAndNotTheReadings() throws Exception {
        PulseProgram program = everythingOn(0, 1);
        try (Bench fast = wire(lab(SUPPLIES, "")); Bench slow = wire(lab(SUPPLIES, "") + "&latency=simulated")) {
            Readings soon = fast.run(program);
            Readings late = slow.run(program);
            assertTrue(late.seconds(0) > soon.seconds(0) + 0.1, "supplies, generator and oscilloscope were set up");
            // the cells relax and fluctuate in the time between; that they are formed does not change
            assertEquals(soon.amps(3), late.amps(3), 0.1 * soon.amps(3));
        }
        assertTrue(assertThrows(ConfigurationException.class, () -> wire("wire:?latency=slow").close()).getMessage()
                .contains("there are off, simulated, real"));
    }

    @Test
    void aSupplyWhoseCableIsOffIsFeltThoughItsTerminalsLookSound() throws Exception {
        try (Bench bench = wire(
                lab(SUPPLIES, "faults:\n  - { instrument: supply-1v2, fault: unplugged, from: 50 us }\n"))) {
            Readings readings = bench.run(everythingOn(0, 1, 2));
            assertTrue(IntStream.range(6, readings.size()).allMatch(i -> Math.abs(readings.amps(i)) < 3e-6),
                    "no line is driven without VDD");
        }
    }

    @Test
    void aSupplyThatTripsStopsTheBenchForGood() throws Exception {
        int[] cells = IntStream.range(0, 8192).toArray();
        try (Bench bench = wire(lab(SUPPLIES,
                "faults:\n  - { instrument: supply-5v, fault: supply-trip, occasion: 100 }\n"))) {
            bench.run(PulseProgram.of(Pulse.READ, cells)); // 0.9 s: it was looked at before, and is due after
            InstrumentException e = assertThrows(InstrumentException.class, () -> {
                bench.run(PulseProgram.of(Pulse.READ, cells));
                bench.run(PulseProgram.of(Pulse.READ, cells));
            });
            assertTrue(e.getMessage().contains("supply-5v at TCPIP0") && e.getMessage().contains("tripped"),
                    e.getMessage());
            assertTrue(assertThrows(IllegalStateException.class, () -> bench.run(PulseProgram.of(Pulse.READ, 0)))
                    .getMessage().contains("open the bench again"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"VDD5]|VDD6]|how many volts pin 'VDD6' needs is not known",
                    "agilent-e3631a|e9|no emulated supply 'e9'",
                    "role: supply-5v,||supplies[0].role is missing", "1: [VDD5]|4: [VDD5]|has outputs 1 to 3"})
    void aWrongSupplyIsNamed(String from, String to, String said) throws Exception {
        String uri = lab(SUPPLIES.replace(from, to == null ? "" : to), "");
        String message = assertThrows(ConfigurationException.class, () -> wire(uri).close()).getMessage();
        assertTrue(message.contains(said), message);
    }

    @ParameterizedTest
    @CsvSource({"toaster,silent,no instrument 'toaster'", "router,sleepy,no fault 'sleepy'"})
    void aWrongFaultIsNamed(String role, String fault, String said) throws Exception {
        String uri = lab("instruments:\n", "faults:\n  - { instrument: " + role + ", fault: " + fault + " }\n");
        String message = assertThrows(ConfigurationException.class, () -> wire(uri).close()).getMessage();
        assertTrue(message.contains(said), message);
    }
}
