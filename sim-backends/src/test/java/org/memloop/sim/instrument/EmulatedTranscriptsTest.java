package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    static List<DriverExercises.Exercise<?>> exercises() {
        return DriverExercises.all();
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void theEmulationAnswersAsWritten(DriverExercises.Exercise<?> exercise) throws Exception {
        List<String> lines = new ArrayList<>(List.of("# " + exercise + " with its emulation. CONTRIBUTING.md says how"
                + " transcripts are written."));
        ExercisedEmulation emulation = new ExercisedEmulation();
        if (exercise.toString().equals("NucleoRouter")) {
            exercise.run(new RecordingLink(ExercisedEmulation.router(), lines::add), emulation.triggers());
        } else {
            try (SocketServer server = new SocketServer(emulation.emulator(exercise.toString()))) {
                Link link = new SocketLink((ResourceName.Socket) ResourceName.parse(server.resource()));
                exercise.run(new RecordingLink(link, lines::add), emulation.triggers());
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
}
