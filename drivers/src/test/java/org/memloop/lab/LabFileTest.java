package org.memloop.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.instrument.GeneratorWiring;
import org.memloop.instrument.OscilloscopeWiring;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.SupplyTarget;
import org.memloop.instrument.UnitWiring;
import org.memloop.link.LinkOptions;

class LabFileTest {
    /** Everything a file may say, with a pulse-measure unit. */
    static final String UNIT_BENCH = """
            format: 2
            name: probe station
            die: leti-7
            array: { technology: resistor-board, rows: 8, columns: 8, board: { least: 10 kohm, most: 100 kohm } }
            instruments:
              router: { driver: nucleo-router, resource: "ASRL/dev/ttyACM0::INSTR", options: { baud: 921600 } }
              pulse-measure-unit:
                driver: keysight-b1530a
                resource: "GPIB0::17::INSTR"
                options: { library: /opt/wgfmu.so, timeout: 5 s, core-port: 1024 }
              source-measure-unit: { driver: keysight-b1500a, resource: "GPIB0::17::INSTR" }
              supplies:
                - role: supply-5v
                  driver: agilent-e3631a
                  resource: "GPIB0::5::INSTR"
                  feeds: { 1: [VDD5] }
                - role: supply-1v2
                  driver: keysight-e36312a
                  resource: "TCPIP0::192.168.0.14::inst0::INSTR"
                  on: true
                  outputs:
                    1: { feeds: [VDD, VDDR], tolerance: 20 mV }
                    2: { feeds: [VBB], volts: 0.4 V, tolerance: 10 mV, current: 20 mA, over-voltage: 0.5 V }
            wiring:
              pulse-measure-unit: { column: 201, gate: 202 }
              source-measure-unit: { column: 3, gate: 4 }
            timing: { settle: 5 us, recovery: 10 us }
            limits:
              bit-line: 2.5 V
              source-line: 2.5 V
              word-line: 5 V
              shortest-pulse: 100 ns
              longest-pulse: 1 ms
              pulses-per-cell: 1000000
              current: 500 uA
              least-path: 5 kohm
              energy: 100 nJ
              duty: 0.5
              pulses-per-second: 1e5
              least-target: 5 kohm
              most-target: 200 kohm
            faults:
              - { wiring: rows-reversed }
              - { instrument: router, fault: slow, delay: 10 ms, probability: 0.5 }
            notes: the cable to the gate is new
            tags: [resistors, spring]
            """;

    static LabFile parse(String text) {
        return LabReader.parse("lab.yaml", text, Path.of(""));
    }

    @Test
    void builtInLaboratoryIsTheThesisBench() {
        LabFile lab = LabFile.builtIn();
        assertEquals(new Geometry(128, 64), lab.geometry());
        assertEquals(new Limits(2.5, 2.5, 5, 100e-9, 1e-3, 1_000_000), lab.limits());
        assertEquals(new StepTiming(5e-6, 5e-6), lab.timing());
        assertEquals("ASRL/dev/ttyACM0::INSTR", lab.router().resource());
        var two = assertInstanceOf(LabFile.GeneratorAndOscilloscope.class, lab.pulsing());
        assertEquals(GeneratorWiring.USUAL, two.outputs());
        assertEquals(OscilloscopeWiring.USUAL, two.input());
        assertEquals(Optional.empty(), lab.die());
    }

    @Test
    void aFileOfFormatOneIsReadAsItAlwaysWas() {
        LabFile lab = LabFile.builtIn();
        String wiring = LabFile.builtInText().replaceAll("(?s)\nwiring:.*?\ntiming:", "\ntiming:");
        assertEquals(lab, parse(wiring.replace("format: 2", "format: 1")));
    }

    @Test
    void everythingAFileSaysArrives() {
        LabFile lab = parse(UNIT_BENCH);
        var one = assertInstanceOf(LabFile.PulseMeasure.class, lab.pulsing());
        assertEquals(new UnitWiring(201, 202), one.channels());
        assertEquals(new LinkOptions(Optional.of("/opt/wgfmu.so"), OptionalInt.of(1024), OptionalDouble.of(5),
                OptionalInt.empty()), one.unit().options());
        assertEquals(OptionalInt.of(921600), lab.router().options().baud());
        assertEquals(new UnitWiring(3, 4), lab.sourceMeasure().orElseThrow().channels());
        assertEquals(new SupplyTarget(1, List.of("VDD5"), 5, 0.25, 0.1, 5.5),
                lab.supplies().getFirst().targets().getFirst());
        assertEquals(List.of(new SupplyTarget(1, List.of("VDD", "VDDR"), 1.2, 0.02, 0.1, 1.1 * 1.2),
                new SupplyTarget(2, List.of("VBB"), 0.4, 0.01, 0.02, 0.5)), lab.supplies().get(1).targets());
        assertEquals(List.of("router", "pulse-measure-unit", "source-measure-unit", "supply-5v", "supply-1v2"),
                List.copyOf(lab.stations().keySet()));
        assertEquals(List.of("rows-reversed"), lab.wiringFaults());
        assertEquals(new Limits.Stress(500e-6, 5e3, 100e-9, 0.5, 1e5, 5e3, 200e3), lab.limits().stress());
        assertEquals(1, lab.faults().size());
        assertEquals("leti-7", lab.die().orElseThrow());
        assertEquals(List.of("resistors", "spring"), lab.tags());
    }

    @Test
    void instrumentsMoveByRole() {
        LabFile lab = parse(UNIT_BENCH).at(Map.of("supply-1v2", "TCPIP0::127.0.0.1::5::SOCKET", "router",
                "ASRL/dev/pts/3::INSTR", "pulse-measure-unit", "GPIB0::18::INSTR"));
        assertEquals("TCPIP0::127.0.0.1::5::SOCKET", lab.stations().get("supply-1v2").resource());
        assertEquals("ASRL/dev/pts/3::INSTR", lab.router().resource());
        assertEquals("GPIB0::18::INSTR", lab.stations().get("pulse-measure-unit").resource());
        assertEquals("GPIB0::17::INSTR", lab.stations().get("source-measure-unit").resource());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    bit-line: 2.5 V           | bitline: 2.5 V                | unknown key 'limits.bitline'
                    bit-line: 2.5 V           | bit-line: 2.5                 | limits.bit-line: '2.5' is not a quantity in V
                    bit-line: 2.5 V           | bit-line: -2.5 V              | limits.bit-line must not be negative
                    settle: 5 us              | settle: 5 ms V                | timing.settle
                    rows: 128                 | rows: many                    | array.rows
                    rows: 128                 | rows: 0                       | at least one row
                    name: thesis bench        | notes: none                   | name is missing
                    pulses-per-cell: 1000000  | pulses-per-cell: 0            | limits.pulses-per-cell must be at least 1
                    format: 2                 | format: 7                     | format 7 is not known
                    format: 2                 | format: 1: {                  | is not YAML
                    column: 1, gate: 2        | column: 2, gate: 2            | wiring.generator: column and gate need an output each
                    column: 1, gate: 2        | column: 2                     | wiring.generator.gate is missing
                    input: 50 ohm             | input: 50 ohm, shunt: 1 kohm  | both an input and a shunt
                    input: 50 ohm             | input: 0 ohm                  | wiring.oscilloscope.input must be more than 0
                    current: 1                | current: 0                    | channels are counted from 1
                    generator:    { driver    | pulse-measure-unit: { driver  | both a pulse-measure-unit and a generator or an oscilloscope
                    technology: hfox-leti     | technology: resistor-board    | array.board is missing
                    """)
    void everyMistakeNamesFileAndKey(String right, String wrong, String said) {
        refuses(LabFile.builtInText(), right, wrong, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    pulse-measure-unit: { column: 201 | generator: { column: 201      | wiring.generator says how a generator is wired, but instruments has none
                    feeds: [VBB], volts: 0.4 V        | feeds: [VBB]                  | how many volts pin 'VBB' needs is not known
                    feeds: [VDD, VDDR]                | feeds: [VDD, VDD5]            | do not need one and the same voltage
                    over-voltage: 0.5 V               | over-voltage: 0.3 V           | must be above the 0.4 V
                    role: supply-1v2                  | role: supply-5v               | another supply 'supply-5v'
                    on: true                          | feeds: { 1: [VDD] }           | both feeds and outputs
                    most: 100 kohm                    | most: 1 kohm                  | array.board.most must be more
                    least: 10 kohm                    | least: 10 kohm, map: b.csv    | both a map and least, most
                    wiring: rows-reversed             | wiring: rows-reversed, fault: slow | either one of the wiring or one of an instrument
                    core-port: 1024                   | core-port: 99999              | options.core-port must be 1 to 65535
                    duty: 0.5                         | duty: 1.5                     | limits.duty is a share of the time
                    energy: 100 nJ                    | energy: 100 V                 | limits.energy: '100 V' is not a quantity in J
                    most-target: 200 kohm             | most-target: 1 kohm           | highest target resistance is above the least
                    timeout: 5 s                      | time-out: 5 s                 | unknown key 'instruments.pulse-measure-unit.options.time-out'
                    """)
    void everyMistakeOfALargerFileIsNamed(String right, String wrong, String said) {
        refuses(UNIT_BENCH, right, wrong, said);
    }

    @Test
    void somebodyMustPulse() {
        refuses(UNIT_BENCH.replaceAll("(?s)  pulse-measure-unit:\n.*?  source-measure", "  source-measure"), "", "",
                "instruments has nobody who pulses");
    }

    private static void refuses(String text, String right, String wrong, String said) {
        assertTrue(text.contains(right), right);
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> parse(text.replace(right, wrong)));
        assertTrue(e.getMessage().startsWith("lab.yaml"), e.getMessage());
        assertTrue(e.getMessage().contains(said), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void missingFileIsNamed() {
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> LabFile.read(Path.of("nowhere/lab.yaml")));
        assertTrue(e.getMessage().contains("nowhere/lab.yaml"));
    }

    @Test
    void theMapOfABoardIsReadBesideTheFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("board.csv"),
                "row,column,set_ohms,reset_ohms\n0,0,10 kohm,open\n7,7,33000,47e3\n");
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, UNIT_BENCH.replace("least: 10 kohm, most: 100 kohm", "map: board.csv"));
        ResistorBoard board = LabFile.read(file).board().orElseThrow();
        assertEquals(10e3, board.ohms(0, Pulse.Polarity.SET));
        assertEquals(Double.POSITIVE_INFINITY, board.ohms(0, Pulse.Polarity.RESET));
        assertEquals(47e3, board.ohms(63, Pulse.Polarity.RESET));
        Files.writeString(folder.resolve("board.csv"), "row,column,set_ohms,reset_ohms\n8,0,10 kohm,open\n");
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> LabFile.read(file));
        assertTrue(e.getMessage().contains("board.csv, line 2: there is no cell at row 8, column 0"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"128, 64", "256, 256", "8, 8"})
    void everyRowAndColumnOfACodedBoardHasAPatternOfItsOwn(int rows, int columns) {
        Geometry geometry = new Geometry(rows, columns);
        ResistorBoard board = ResistorBoard.coded(geometry, 10e3, 100e3);
        for (int a = 0; a < rows; a++) {
            for (int b = 0; b < a; b++) {
                int same = 0;
                for (int c = 0; c < columns; c++) {
                    same += Math.abs(board.ohms(geometry.cell(a, c), Pulse.Polarity.SET)
                            / board.ohms(geometry.cell(b, c), Pulse.Polarity.SET) - 1) < 0.02 ? 1 : 0;
                }
                assertTrue(same <= Math.max(1, columns / 8), a + " and " + b + ": " + same);
            }
        }
    }
}
