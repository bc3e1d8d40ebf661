package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.SymbolLookup;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.instrument.DriverExercises;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.lab.Outside;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;
import org.memloop.link.Links;
import org.memloop.link.MessageLink;
import org.memloop.link.ResourceName;
import org.memloop.link.TranscriptLink;
import org.memloop.sim.server.LanInstrument;
import org.memloop.sim.server.LanPorts;

/**
 * Record a session of each driver as a laboratory does, by each link that leads to its instrument, and hold the driver to
 * the record: it says the same again, and the record holds what the instrument is known to answer.
 */
@Timeout(30)
class RecordedSessionsTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final String DIRECT = "ASRL/direct::INSTR";

    static Stream<Arguments> sessions() {
        return DriverExercises.all().stream().flatMap(exercise -> exercise.toString().equals("NucleoRouter")
                ? Stream.of(Arguments.of(exercise, DIRECT))
                : Stream.of("TCPIP0::h::1::SOCKET", "TCPIP0::h::inst0::INSTR", "TCPIP0::h::hislip0::INSTR")
                        .map(kind -> Arguments.of(exercise, kind)));
    }

    /** What is outside, with the router's emulation at {@link #DIRECT}. */
    private static Outside outside() {
        Outside real = Outside.over(new Links());
        return new Outside() {
            @Override
            public Link link(String resource, LinkOptions options, int usualBaud) {
                return resource.equals(DIRECT)
                        ? ExercisedEmulation.router()
                        : real.link(resource, options, usualBaud);
            }

            @Override
            public SymbolLookup wgfmu(LinkOptions options) {
                return real.wgfmu(options);
            }

            @Override
            public RegisterPins pins(String resource) {
                return real.pins(resource);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void theRecordCanBeReplayed(DriverExercises.Exercise<?> exercise, String kind, @TempDir Path folder)
            throws Exception {
        if (kind.equals(DIRECT)) {
            record(exercise, DIRECT, new ExercisedEmulation(), folder);
        } else {
            ExercisedEmulation emulation = new ExercisedEmulation();
            try (LanInstrument lan = new LanInstrument(emulation.emulator(exercise.toString()), HOST, LanPorts.FREE,
                    false)) {
                record(exercise, lan.like(ResourceName.parse(kind)).toString(), emulation, folder);
            }
        }
        List<Path> files = files(folder);
        assertEquals(1, files.size(), "one instrument, one transcript");
        String text = Files.readString(files.getFirst());
        assertEquals(said(golden(exercise)), said(text));
        TranscriptLink replay = new TranscriptLink(text);
        exercise.run(replay, _ -> {});
        replay.assertFinished();
        assertRising(text);
    }

    private static void record(DriverExercises.Exercise<?> exercise, String resource, ExercisedEmulation emulation,
            Path folder) throws Exception {
        try (Link link = outside().recorded(folder).link(resource, LinkOptions.USUAL, 115_200)) {
            assertEquals(resource.endsWith("::INSTR") && !resource.equals(DIRECT), link instanceof MessageLink);
            exercise.run(link, emulation.triggers());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String golden(DriverExercises.Exercise<?> exercise) throws IOException {
        try (InputStream in = DriverExercises.class
                .getResourceAsStream("/org/memloop/instrument/transcripts/" + exercise + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> said(String transcript) {
        return transcript.lines().filter(line -> !line.startsWith("#")).toList();
    }

    /** Every message and answer is dated, and nothing before what went before it. */
    private static void assertRising(String transcript) {
        List<Double> times = transcript.lines().filter(line -> line.matches("# \\d+\\.\\d{6} s"))
                .map(line -> Double.valueOf(line.substring(2, line.length() - 2))).toList();
        assertEquals(times.stream().sorted().toList(), times);
        assertFalse(times.isEmpty());
        assertTrue(Collections.max(times) < 30, "seconds: " + times.getLast());
    }
}
