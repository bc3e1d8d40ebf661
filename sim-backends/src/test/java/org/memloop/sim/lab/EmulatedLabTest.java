package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.lab.LabAddresses;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.RackProvider;
import org.memloop.lab.RunningLab;
import org.memloop.sim.server.PseudoTerminal;

/** A laboratory that outlives the programs that use it. */
class EmulatedLabTest {
    private static final String INSTRUMENTS = """
            instruments:
              source-measure-unit: { driver: keysight-b1500a, resource: "GPIB0::17::INSTR" }
              supplies:
                - { role: supply-5v, driver: keysight-e36312a, resource: "TCPIP0::127.0.0.1::inst0::INSTR", on: true, feeds: { 1: [VDD5] } }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsPseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    private static LabEmulation.Terms terms(LabEmulation.Ports ports) {
        return new LabEmulation.Terms(5, 6, "", ports, false, 0, "off");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Bench rack(Path file) {
        return new RackProvider().open(BenchUri.parse("rack:" + file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(RunningLab lab, String key) {
        return (Map<String, Object>) lab.status().get(key);
    }

    private static String ask(String resource, String message) throws Exception {
        String[] parts = resource.split("::");
        try (Socket socket = new Socket(parts[1], Integer.parseInt(parts[2]))) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((message + "\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine().strip();
        }
    }

    @Test
    void dieAndCountersOutliveTheProgramsOfTheHost() throws Exception {
        try (RunningLab lab = new EmulatedLab().start(LabFile.builtIn(), folder, terms(LabEmulation.Ports.FREE))) {
            Path bench = write("bench.yaml", LabAddresses.move(LabFile.builtInText(), folder, lab.addresses()));
            int[] cells = IntStream.range(0, 20).toArray();
            try (Bench first = rack(bench)) {
                first.run(PulseProgram.builder().addAll(cells, Pulse.FORMING).addAll(cells, Pulse.READ).build());
            }
            assertEquals("done", part(lab, "router").get("state"));
            assertEquals("6", part(lab, "router").get("boot"), "what tells this start from others");
            assertEquals(20L, part(lab, "router").get("triggersSinceLoad"));
            double before;
            try (Bench second = rack(bench)) {
                assertEquals(40L, part(lab, "router").get("triggersSinceBoot"), "HELLO forgets nothing that counts");
                before = second.run(PulseProgram.of(Pulse.READ, 3)).amps(0);
            }
            assertTrue(before > 5e-6, "the cell that another program has formed conducts: " + before);
            assertEquals(2L, lab.cells().get("pulses").get(0));
            assertEquals(3L, lab.cells().get("pulses").get(3));
            assertEquals(0L, lab.cells().get("pulses").get(20));
            Map<String, Object> lines = part(lab, "lines");
            assertEquals(41L, lines.get("pulses"));
            assertEquals(Pulse.FORMING.columnVolts(), (double) lines.get("bitLineVoltsMax"), 2e-3);
            assertEquals(0.0, lines.get("sourceLineVoltsMax"));
            assertEquals(0L, lines.get("overLimit"));
            assertEquals("", lines.get("firstOverLimit"));
        }
    }

    @Test
    void theDiaryTellsInWhichOrderThingsWereMadeSafe() throws Exception {
        try (RunningLab lab = new EmulatedLab().start(LabFile.builtIn(), folder, terms(LabEmulation.Ports.FREE))) {
            Path bench = write("bench.yaml", LabAddresses.move(LabFile.builtInText(), folder, lab.addresses()));
            try (Bench rack = rack(bench)) {
                rack.run(PulseProgram.of(Pulse.READ, 0));
            }
            List<?> diary = (List<?>) lab.status().get("diary");
            List<String> did = diary.stream().map(entry -> (Map<?, ?>) entry)
                    .map(entry -> entry.get("instrument") + ": " + entry.get("did")).toList();
            int driven = did.indexOf("router: lines driven");
            int off = did.lastIndexOf("generator: output 1 off");
            assertTrue(did.indexOf("generator: output 1 on") >= 0 && driven >= 0, did.toString());
            assertTrue(off > driven && did.lastIndexOf("router: lines grounded") > driven, did.toString());
            assertTrue(diary.stream().allMatch(entry -> ((Map<?, ?>) entry).containsKey("time")));
        }
    }

    @Test
    void whatExceedsALimitIsSeenWhoeverDoesIt() throws Exception {
        try (RunningLab lab = new EmulatedLab().start(LabFile.builtIn(), folder, terms(LabEmulation.Ports.FREE))) {
            Path bench = write("bench.yaml", LabAddresses.move(
                    LabFile.builtInText().replace("bit-line: 2.5 V", "bit-line: 4.5 V"), folder, lab.addresses()));
            try (Bench careless = rack(bench)) {
                careless.run(PulseProgram.of(new Pulse("HIGH", Pulse.Polarity.SET, 3, 2, 1e-6, false), 0));
            }
            assertEquals(1L, part(lab, "lines").get("overLimit"));
            assertTrue(part(lab, "lines").get("firstOverLimit").toString().startsWith("bit line 3.000 V"),
                    part(lab, "lines").toString());
        }
    }

    @Test
    void servesWhereTheFileSaysSoThatOneFileDoesForBoth() throws Exception {
        int[] ports = new int[2];
        for (int i = 0; i < 2; i++) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports[i] = free.getLocalPort();
            }
        }
        Path router = folder.resolve("dev/router");
        Path file = write("lab.yaml", LabFile.builtInText().replace("/dev/ttyACM0", router.toString())
                .replace("192.168.0.11::5025", "127.0.0.1::" + ports[0])
                .replace("192.168.0.12::5025::SOCKET", "127.0.0.1::" + ports[1] + "::SOCKET"));
        try (RunningLab lab = new EmulatedLab().start(LabFile.read(file), folder, terms(LabEmulation.Ports.FILE))) {
            assertEquals("TCPIP0::127.0.0.1::" + ports[0] + "::SOCKET", lab.addresses().get("generator"));
            for (int i = 0; i < 2; i++) {
                try (Bench bench = rack(file)) {
                    assertEquals(1, bench.run(PulseProgram.of(Pulse.READ, i)).size());
                }
            }
        }
        assertFalse(Files.exists(router, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        String elsewhere = Files.readString(file).replace("127.0.0.1::" + ports[0], "192.0.2.1::5025");
        LabFile wrong = LabFile.read(write("wrong.yaml", elsewhere));
        BenchException e = assertThrows(BenchException.class,
                () -> new EmulatedLab().start(wrong, folder, terms(LabEmulation.Ports.FILE)).close());
        assertTrue(e.getMessage().contains("192.0.2.1 port 5025"), e.getMessage());
    }

    @Test
    void everyRoleIsServedAndTheAnalyzerSweepsTheDie() throws Exception {
        LabFile file = LabFile.read(write("lab.yaml", LabFile.builtInText().replace("instruments:\n", INSTRUMENTS)));
        try (RunningLab lab = new EmulatedLab().start(file, folder, terms(LabEmulation.Ports.FREE))) {
            assertEquals(List.of("router", "generator", "oscilloscope", "source-measure-unit", "supply-5v"),
                    lab.instruments().stream().map(RunningLab.Instrument::role).toList());
            String analyzer = lab.addresses().get("source-measure-unit");
            assertEquals("Agilent Technologies,B1500A,0,A.04.03.2010.0130", ask(analyzer, "*IDN?"));
            assertEquals("+100,\"Undefined GPIB command.\"", ask(analyzer, "FLY\nERRX?"));
            Object settings = ((Map<?, ?>) ((List<?>) lab.status().get("instruments")).get(3)).get("settings");
            assertEquals("CL", settings);
            lab.fault(new LabFile.FaultEntry("source-measure-unit", "wrong-identity", 1, 0, 0, 1));
            assertEquals("Unknown Maker,UM-1,0,0.0", ask(analyzer, "*IDN?"));
            lab.fault(new LabFile.FaultEntry("source-measure-unit", "none", 1, 0, 0, 1));
            assertTrue(ask(analyzer, "*IDN?").startsWith("Agilent"));
        }
    }

    @Test
    void aDriverWithoutAnEmulationAndAWrongChannelAreNamed() throws Exception {
        for (String[] wrong : new String[][]{
                {"keysight-b1500a", "keithley-4200", "no emulated source-measure-unit 'keithley-4200'"},
                {"wiring:\n", "wiring:\n  source-measure-unit: { column: 3, gate: 1 }\n", "there is no unit 3"}}) {
            Path path = write("lab.yaml", LabFile.builtInText().replace("instruments:\n", INSTRUMENTS)
                    .replace(wrong[0], wrong[1]));
            String message = assertThrows(ConfigurationException.class, () -> new EmulatedLab()
                    .start(LabFile.read(path), folder, terms(LabEmulation.Ports.FREE)).close()).getMessage();
            assertTrue(message.contains(wrong[2]), message);
        }
    }
}
