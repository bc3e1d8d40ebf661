package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.lab.LabFile;
import org.memloop.sim.server.PseudoTerminal;

/** Lead the same drivers over raw sockets, over VXI-11 and HiSLIP, and through a VISA library: the die is the same. */
@Timeout(60)
class WireLinksTest {
    private static final int[] CELLS = IntStream.range(0, 40).map(row -> 64 * row + row).toArray();

    @TempDir
    Path folder;

    @BeforeEach
    void requirePseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
    }

    private record Outcome(Readings readings, Capabilities capabilities) {}

    private Outcome over(String generator, String oscilloscope) throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file,
                LabFile.builtInText().replace("TCPIP0::192.168.0.11::5025::SOCKET", generator)
                        .replace("TCPIP0::192.168.0.12::5025::SOCKET", oscilloscope));
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0&seed=5"))) {
            return new Outcome(bench.run(PulseProgram.builder().addAll(CELLS, Pulse.FORMING).addAll(CELLS, Pulse.SET)
                    .addAll(CELLS, Pulse.WEAK_RESET).addAll(CELLS, Pulse.READ).build()), bench.capabilities());
        }
    }

    @Test
    void theLinkChangesNothingOfWhatIsRead() throws Exception {
        Outcome sockets = over("TCPIP0::192.168.0.11::5025::SOCKET", "TCPIP0::192.168.0.12::5025::SOCKET");
        Outcome messages = over("TCPIP0::192.168.0.11::inst0::INSTR", "TCPIP0::192.168.0.12::hislip0::INSTR");
        Outcome library = over("GPIB0::10::INSTR", "USB0::0x2A8D::0x9045::MY1::INSTR");
        same(sockets, messages);
        same(sockets, library);
        assertTrue(messages.capabilities().toString().contains("::inst0,")
                && messages.capabilities().toString().contains("::hislip0,"), messages.capabilities().toString());
        assertTrue(library.capabilities().toString().contains("GPIB0::10::INSTR")
                && library.capabilities().toString().contains("USB0::0x2A8D::0x9045::MY1::INSTR"),
                library.capabilities().toString());
    }

    private static void same(Outcome expected, Outcome got) {
        assertEquals(expected.readings().size(), got.readings().size());
        for (int i = 0; i < got.readings().size(); i++) {
            assertEquals(expected.readings().amps(i), got.readings().amps(i),
                    5.5 * Math.sqrt(2) * expected.capabilities().readAccuracy().noiseAmps(), "reading " + i);
        }
    }
}
