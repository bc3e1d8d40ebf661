package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.bench.Geometry;
import org.memloop.instrument.DriverExercises;
import org.memloop.link.Link;
import org.memloop.link.RecordingLink;
import org.memloop.link.ResourceName;
import org.memloop.link.SocketLink;
import org.memloop.sim.server.SocketServer;

/**
 * The transcripts of the drivers are what the emulations answer today, byte for byte. After a change that is meant, write
 * them anew: {@code -Dmemloop.transcripts=drivers/src/test/resources/org/memloop/instrument/transcripts}.
 */
@Timeout(30)
class EmulatedTranscriptsTest {
    private static final String FOLDER = "/org/memloop/instrument/transcripts/";

    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final KeysightMsos204AEmulator oscilloscope = new KeysightMsos204AEmulator(wiring, 1);

    static List<DriverExercises.Exercise<?>> exercises() {
        return DriverExercises.all();
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void theEmulationAnswersAsWritten(DriverExercises.Exercise<?> exercise) throws Exception {
        List<String> lines = new ArrayList<>(List.of("# " + exercise + " with its emulation. CONTRIBUTING.md says how"
                + " transcripts are written."));
        wiring.connect((Wiring.Recorder) oscilloscope);
        wiring.connect(() -> new Wiring.Drive(0.2, 3, 100e-6));
        BitSet register = new BitSet();
        register.set(0); // word line 0
        register.set(2); // bit line 0, after two rows
        wiring.latch(register);
        DriverExercises.Triggers triggers = count -> {
            for (int i = 0; i < count; i++) {
                wiring.trigger();
                wiring.advance(110e-6);
            }
        };
        if (exercise.toString().equals("NucleoRouter")) {
            CountingDevice device = new CountingDevice(new Geometry(128, 64));
            exercise.run(new RecordingLink(new DirectLink(new Wiring(device), device), lines::add), triggers);
        } else {
            try (SocketServer server = new SocketServer(emulator(exercise.toString()))) {
                Link link = new SocketLink((ResourceName.Socket) ResourceName.parse(server.resource()));
                exercise.run(new RecordingLink(link, lines::add), triggers);
            }
        }
        String written = String.join("\n", lines) + "\n";
        String folder = System.getProperty("memloop.transcripts");
        if (folder != null) {
            Files.writeString(Path.of(folder, exercise + ".txt"), written);
            return;
        }
        try (InputStream in = DriverExercises.class.getResourceAsStream(FOLDER + exercise + ".txt")) {
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), written);
        }
    }

    private EmulatedInstrument emulator(String driver) {
        return switch (driver) {
            case "Agilent81160A" -> generator;
            case "KeysightMsos204A" -> oscilloscope;
            case "KeysightE36312A" -> {
                KeysightE36312AEmulator supply = new KeysightE36312AEmulator(wiring, "supply-5v", 1);
                wiring.connect(SupplyPin.VDD5, supply.output(1));
                yield supply;
            }
            case "AgilentE3631A" -> {
                AgilentE3631AEmulator supply = new AgilentE3631AEmulator(wiring, "supply-5v", 1);
                wiring.connect(SupplyPin.VDD5, supply.output(1));
                yield supply;
            }
            case "KeysightB1500A" -> {
                KeysightB1500AEmulator analyzer = new KeysightB1500AEmulator(wiring, 1);
                analyzer.connect(1, Net.COLUMN);
                analyzer.connect(2, Net.GATE);
                yield analyzer;
            }
            default -> throw new IllegalArgumentException("no emulation for " + driver);
        };
    }
}
