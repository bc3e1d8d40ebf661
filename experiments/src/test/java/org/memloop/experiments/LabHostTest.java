package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.run.JournalReader;
import org.memloop.run.RunHeader;
import org.memloop.run.Session;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run a virtual laboratory, use it over a socket, and look at it as another shell does. */
@Timeout(60)
class LabHostTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), false, InstantSource.system());

    private static String ask(JsonNode generator, String message) throws Exception {
        String resource = generator.path("resources").path(1).asString();
        String[] parts = resource.split("::");
        try (Socket socket = new Socket(parts[1], Integer.parseInt(parts[2]))) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((message + "\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[1000];
            return new String(answer, 0, Math.max(0, socket.getInputStream().read(answer)), StandardCharsets.US_ASCII);
        }
    }

    private JsonNode status(LabControl control) {
        out.reset();
        control.status(console, true);
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private Thread start(Path socket, Path bench) throws InterruptedException {
        Thread lab = Thread.ofVirtual().start(() -> new LabHost().run(
                new LabHost.Plan("", new LabEmulation.Terms(7, 7, "", LabEmulation.Ports.FREE, false, 0, "off"), socket,
                        bench.toString(), true),
                console));
        while (!err.toString(StandardCharsets.UTF_8).contains("running")) {
            assertTrue(lab.isAlive(), err.toString(StandardCharsets.UTF_8));
            Thread.sleep(10);
        }
        return lab;
    }

    private static Session session(Path bench, Session.Place place) {
        BenchUri uri = new BenchUri("rack", bench.toString(), Map.of());
        return Session.open(new Session.Request(uri, place, capabilities -> new RunHeader("test",
                List.of("memloop", "test"), Map.of(), 3, uri.toString(), capabilities, List.of())));
    }

    private static void form(Session session) {
        for (int cell = 0; cell < 6; cell++) {
            session.bench().run(PulseProgram.of(Pulse.FORMING, 100 + cell));
            session.bench().run(PulseProgram.of(Pulse.READ, 100 + cell));
        }
        session.run().finish();
    }

    private List<String> cells(LabControl control) throws Exception {
        Path cells = folder.resolve("cells.csv");
        control.cells(cells);
        return Files.readAllLines(cells);
    }

    @Test
    void aJournalThatLostWholeRecordsFiresNothingTwiceAtALiveDie() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no pseudo-terminals");
        Path socket = folder.resolve("lab.sock");
        LabControl control = new LabControl(socket);
        Path bench = folder.resolve("bench.yaml");
        Thread lab = start(socket, bench);
        try (Session session = session(bench, new Session.Place.New(folder.resolve("runs")))) {
            form(session);
        }
        Path run = folder.resolve("runs/0001-test");
        Path described = run.resolve("run.json"); // as a kill before the end leaves it
        Files.writeString(described, Files.readString(described).replace("\"finished\"", "\"running\"")
                .replaceAll(",\\s*\"journalBytes\" : \\d+", ""));
        Path journal = run.resolve("journal.mlj");
        byte[] whole = Files.readAllBytes(journal);
        List<JournalReader.Entry> entries = JournalReader.read(journal).entries();
        int last = entries.size() - 1;
        while (!(entries.get(last) instanceof JournalReader.Entry.Loaded)) {
            last--;
        }
        List<String> cells = cells(control);
        assertTrue(cells.stream().anyMatch(line -> line.startsWith("1,41,2,")), "cell 105 had two pulses");
        for (int keep : new int[]{1, 2, last / 2, last}) {
            Files.write(journal, Arrays.copyOf(whole, (int) JournalReader.end(journal, keep)));
            String refused = assertThrows(ConfigurationException.class,
                    () -> session(bench, new Session.Place.Again(run))).getMessage();
            assertTrue(refused.contains("could fire pulses a second time"), refused);
            Files.write(journal, whole);
        }
        assertEquals(cells, cells(control), "the die saw nothing");
        Files.write(journal, Arrays.copyOf(whole, (int) JournalReader.end(journal, entries.size() - 1)));
        try (Session session = session(bench, new Session.Place.Again(run))) {
            form(session); // the outcome of the last load alone is gone, and the router remembers that load
        }
        String read = "1,41,";
        assertEquals(cells.stream().filter(line -> !line.startsWith(read)).toList(),
                cells(control).stream().filter(line -> !line.startsWith(read)).toList());
        assertTrue(cells(control).stream().anyMatch(line -> line.startsWith("1,41,3,")), "one reading more");
        control.stop();
        assertTrue(lab.join(Duration.ofSeconds(20)));
    }

    @Test
    void anotherShellSeesTheDieSetsFaultsAndEndsIt() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no pseudo-terminals");
        Path socket = folder.resolve("lab.sock");
        LabControl control = new LabControl(socket);
        assertTrue(assertThrows(ConfigurationException.class, control::stop).getMessage()
                .contains("no laboratory runs at"));
        Path bench = folder.resolve("bench.yaml");
        Thread lab = start(socket, bench);
        JsonNode status = status(control);
        assertEquals(8192, status.path("die").path("virgin").asInt() + status.path("die").path("stuck-low").asInt()
                + status.path("die").path("stuck-high").asInt());
        assertEquals(0, status.path("pulses").asInt());
        JsonNode generator = status.path("instruments").path(1);
        assertEquals("4\n", ask(generator, ":PULS:WIDT1 300NS;*CLS;:VOLT1:HIGH 99;*STB?"));

        control.fault(new LabFile.FaultEntry("generator", "wrong-identity", 1, 0, 0, 1), true);
        assertEquals("Unknown Maker,UM-1,0,0.0\n", ask(generator, "*IDN?"));
        generator = status(control).path("instruments").path(1);
        assertEquals("wrong-identity", generator.path("faults").path(0).asString());
        assertTrue(generator.path("errorsWaiting").asBoolean());
        assertTrue(generator.path("settings").asString().contains(":PULS:WIDT1 +3.000000E-07"),
                generator.path("settings").asString());
        control.fault(new LabFile.FaultEntry("generator", "none", 1, 0, 0, 1), true);
        assertTrue(ask(generator, "*IDN?").startsWith("Agilent Technologies,81160A,"));
        assertTrue(assertThrows(ConfigurationException.class,
                () -> control.fault(new LabFile.FaultEntry("toaster", "silent", 1, 0, 0, 1), true))
                .getMessage().contains("there are router, generator, oscilloscope"));

        control.fault(new LabFile.FaultEntry("generator", "wrong-identity", 1, 0, 5, 1), true);
        assertTrue(ask(generator, "*IDN?").startsWith("Agilent Technologies,81160A,"), "not yet");

        Path cells = folder.resolve("cells.csv");
        control.cells(cells);
        List<String> lines = Files.readAllLines(cells);
        assertEquals(8193, lines.size());
        assertEquals("row,column,pulses,state,siemens", lines.getFirst());
        assertTrue(lines.get(1).startsWith("0,0,0,virgin,"), lines.get(1));
        assertTrue(Files.readString(bench).contains(
                generator.path("resources").path(generator.path("resources").size() - 1).asString()), "rack: finds it");
        LabFile.read(bench);

        control.stop();
        assertTrue(lab.join(Duration.ofSeconds(20)));
        assertFalse(Files.exists(socket));
    }
}
