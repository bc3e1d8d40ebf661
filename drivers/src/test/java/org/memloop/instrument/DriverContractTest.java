package org.memloop.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.bench.BenchException;
import org.memloop.instrument.keysight.KeysightB1530A;
import org.memloop.instrument.keysight.Wgfmu;
import org.memloop.instrument.raspberry.RaspberryRouter;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.link.Link;
import org.memloop.link.TranscriptLink;

/** What every driver is and does, whoever writes it. Finds them all. */
class DriverContractTest {
    private static final Set<Class<?>> ROLES = Set.of(ArrayRouter.class, PulseGenerator.class, Oscilloscope.class,
            PulseMeasureUnit.class, SourceMeasureUnit.class, PowerSupply.class);
    /** Drivers that no link leads to, and what they are tested against instead of a transcript. */
    private static final Map<Class<?>, Class<?>> WITHOUT_LINK = Map.of(KeysightB1530A.class, Wgfmu.class,
            RaspberryRouter.class, RegisterPins.class);
    private static final String IDN = "> *IDN?";

    static List<Class<?>> drivers() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(ArrayRouter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> drivers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("org/memloop/instrument"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace(".class", "").replace(file.getFileSystem()
                        .getSeparator(), ".");
                Class<?> type = Class.forName(name);
                if (!type.isInterface() && ROLES.stream().anyMatch(role -> role.isAssignableFrom(type))
                        && !standsBeforeADriver(type)) {
                    drivers.add(type);
                }
            }
        }
        return drivers;
    }

    private static boolean standsBeforeADriver(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .anyMatch(constructor -> ROLES.contains(constructor.getParameterTypes()[0]));
    }

    static List<DriverExercises.Exercise<?>> exercises() {
        return DriverExercises.all();
    }

    private static String transcript(Class<?> driver) throws IOException {
        String name = "transcripts/" + driver.getSimpleName() + ".txt";
        try (InputStream in = DriverContractTest.class.getResourceAsStream(name)) {
            assertTrue(in != null, name + " is missing: record a conversation, see CONTRIBUTING.md");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyDriverHasAnExerciseOrIsReachedOtherwise() throws Exception {
        List<Class<?>> drivers = drivers();
        assertTrue(drivers.size() >= 8, drivers.toString());
        Set<Class<?>> exercised = new java.util.HashSet<>(WITHOUT_LINK.keySet());
        exercises().forEach(exercise -> exercised.add(exercise.type()));
        assertEquals(Set.copyOf(drivers), exercised);
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void hasTheShapeOfADriver(Class<?> driver) {
        assertTrue(Modifier.isFinal(driver.getModifiers()) && Modifier.isPublic(driver.getModifiers()),
                "a driver is public and final");
        assertEquals(1, ROLES.stream().filter(role -> role.isAssignableFrom(driver)).count(), "it has one role");
        Class<?> way = WITHOUT_LINK.getOrDefault(driver, Link.class);
        for (Constructor<?> constructor : driver.getConstructors()) {
            List<Class<?>> parameters = Arrays.asList(constructor.getParameterTypes());
            assertEquals(way, parameters.getFirst(), "it is handed the way to its instrument");
            assertTrue(parameters.contains(String.class), "it is told its role, for messages");
        }
        assertTrue(driver.getPackageName().matches("org\\.memloop\\.instrument\\.[a-z]+"), "one package a maker");
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void saysByteForByteWhatItsTranscriptSays(DriverExercises.Exercise<?> exercise) throws Exception {
        TranscriptLink link = new TranscriptLink(transcript(exercise.type()));
        exercise.run(link, _ -> {});
        link.assertFinished();
        assertTrue(link.closed(), "it lets go of its link");
    }

    @ParameterizedTest
    @MethodSource("exercises")
    void namesBothModelsWhenAnotherInstrumentAnswers(DriverExercises.Exercise<?> exercise) throws Exception {
        String opening = transcript(exercise.type());
        if (!opening.contains(IDN)) {
            return; // the router greets in a protocol of its own; see NucleoRouterTest
        }
        String other = opening.lines().takeWhile(line -> !line.startsWith(IDN)).reduce("", (a, b) -> a + b + "\n")
                + opening.lines().filter(line -> line.startsWith(IDN)).findFirst().orElseThrow()
                + "\n< ACME,PULSATRON 3,7,1.0\n";
        BenchException e = assertThrows(BenchException.class,
                () -> exercise.opening().apply(new TranscriptLink(other)));
        assertTrue(e.getMessage().contains("'" + exercise.model() + "'") && e.getMessage().contains("PULSATRON 3"),
                e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    /** After a message that sets something come more of the kind, or a query; the error queue is one of the queries. */
    @ParameterizedTest
    @MethodSource("exercises")
    void readsTheErrorQueueAfterWhatItSets(DriverExercises.Exercise<?> exercise) throws Exception {
        List<String> sent = transcript(exercise.type()).lines().filter(line -> line.startsWith("> ")).toList();
        if (sent.isEmpty()) {
            return; // each request of a binary protocol has its reply
        }
        boolean open = false;
        int settings = 0;
        int checks = 0;
        for (String line : sent) {
            if (line.contains("ERR?") || line.contains("ERRX?")) {
                open = false;
                checks++;
            } else if (!line.contains("?")) {
                settings++;
                open = true;
            }
        }
        assertTrue(checks >= settings / 2, checks + " looks at the error queue after " + settings + " messages");
        String last = sent.getLast();
        assertTrue(!open || last.matches("> .*(SYST:LOC|:STOP).*"),
                "nothing is left unchecked but the farewell: " + last);
    }

    @Test
    void leavesASafeStateBehind() throws Exception {
        Map<String, String> farewells = Map.of("Agilent81160A", ":OUTP1 OFF;:OUTP2 OFF", "KeysightB1500A", "> CL",
                "KeysightMsos204A", ":STOP", "KeysightE36312A", "OUTP OFF,(@1)", "AgilentE3631A", "OUTP OFF");
        for (DriverExercises.Exercise<?> exercise : exercises()) {
            List<String> sent = transcript(exercise.type()).lines().filter(line -> line.startsWith(">")).toList();
            List<String> end = sent.subList(Math.max(0, sent.size() - 4), sent.size());
            String farewell = farewells.get(exercise.toString());
            if (farewell == null) {
                assertTrue(end.getLast().startsWith(">> 00 03 07"), "GROUND is the last request: " + end);
            } else {
                assertTrue(end.stream().anyMatch(line -> line.contains(farewell)), farewell + " is not in " + end);
            }
        }
    }
}
