package org.memloop.experiments.thesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;

class LearningSpeedTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:34:56Z"), ZoneOffset.UTC);
    /** What an epoch takes on one thread in each round; the machine is disturbed in the second. */
    private static final List<Double> SECONDS = List.of(1.0, 100.0, 2.0);

    /** In this round the cores of two threads do not share a cache, and two threads are 1.2 times as fast. */
    private static final double FAR_SECONDS = 2;
    /** In this round two threads have to do with one core. */
    private static final double ONE_CORE_SECONDS = 100;

    @TempDir
    private Path folder;
    private Path rival;
    private final Map<List<List<String>>, Integer> calls = new HashMap<>();

    @BeforeEach
    void writeRival() throws IOException {
        rival = Files.writeString(folder.resolve("rival.sh"), "#!/bin/sh\necho \"on $1\"\necho oh >&2\nexit 3\n");
        assertTrue(rival.toFile().setExecutable(true));
    }

    private LearningSpeed speed(Path program, LearningSpeed.Programs programs) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        ResultsPlan plan = new ResultsPlan(Set.of("speed"), 10, OptionalInt.empty(), 1, SECONDS.size(),
                Optional.of(program), Optional.of(Path.of("images")), Path.of("runs"), Path.of("p.md"), List.of());
        return new LearningSpeed(plan, programs, new Console(nowhere, nowhere, false, CLOCK), CLOCK);
    }

    /** Two threads are 1.6 times as fast on near cores, and each of two copies at once takes a ninth longer. */
    private List<String> answer(List<List<String>> commands, String rivalLine) {
        double alone = SECONDS.get(calls.merge(commands, 1, Integer::sum) - 1);
        List<String> command = commands.getFirst();
        if (command.getFirst().equals(rival.toString())) {
            return List.of(rivalLine);
        }
        assertTrue(command.containsAll(List.of("benchmark", "eqprop", "--json", "--data", "images")),
                command.toString());
        int threads = Integer.parseInt(command.get(command.indexOf("--threads") + 1));
        assertEquals(threads == 2, command.contains("--by-turns"), command.toString());
        double timesAsFast = alone == FAR_SECONDS ? 1.2 : alone == ONE_CORE_SECONDS ? 1 : 1.6;
        double seconds = threads == 2
                ? alone / timesAsFast
                : commands.size() == 2 ? alone / 0.9 : alone;
        return Collections.nCopies(commands.size(), String.format(Locale.ROOT,
                "{\"rule\":\"x\",\"threads\":%d,\"secondsPerEpoch\":%f,\"fastestSeconds\":%f,%s\"peakFlops\":2e11,"
                        + "\"driveFlops\":1e11,\"freeFlops\":1.5e11,\"nudgeFlops\":3e11,\"changeFlops\":9e10,"
                        + "\"peakBytes\":734003200}",
                threads, seconds, threads * seconds,
                threads == 2
                        ? "\"timesAsFast\":" + timesAsFast + ",\"meetingNanos\":"
                                + (alone == FAR_SECONDS ? "850," : alone == ONE_CORE_SECONDS ? "70," : "200,")
                        : ""));
    }

    @Test
    void medians_of_the_rounds_stand_beside_the_other_program() {
        String text = speed(rival, commands -> answer(commands, "9")).text();
        assertTrue(
                text.contains(
                        "| ternary | 2.000 (1.000 to 100.000) | 1.667 (0.625 to 100.000) | 1.20 (1.00 to 1.60) | 0.80 "
                                + "| 200 (70 to 850) | 1.60 (1) | 1.80 (1.80 to 1.80) | 9.00 (9.00 to 9.00) | 4.5 |"),
                text);
        assertTrue(
                text.contains("| % of the peak, one thread | drive | free phases | nudge phases | gradient and update "
                        + "| peak (GFLOP/s) | memory (MiB) |"),
                text);
        assertTrue(text.contains("| ternary, recorded cells | 50 | 75 | 150 | 45 | 200 | 700 |"), text);
        assertTrue(text.contains("`memloop results --only speed --rounds 3 --rival rival.sh`, 2026-03-01 12:34 to "
                + "2026-03-01 12:34, on "), text);
        // four rules, each on one thread, on two, as two copies at once, and the other program
        assertEquals(16, calls.size());
        assertEquals(Set.of(3), Set.copyOf(calls.values()));
    }

    @Test
    void what_is_not_a_time_is_refused() {
        for (String line : List.of("fast", "0", "-1", "NaN", "Infinity", "")) {
            LearningSpeed speed = speed(rival, commands -> answer(commands, line));
            calls.clear();
            var told = assertThrows(ConfigurationException.class, speed::text, line);
            assertTrue(told.getMessage().endsWith("rival.sh: with the rule 'continuous' its last line should be the "
                    + "seconds of an epoch, not '" + line + "'"), told.getMessage());
        }
        var told = assertThrows(ConfigurationException.class,
                () -> speed(rival, commands -> Collections.nCopies(commands.size(), "no object")).text());
        assertTrue(told.getMessage().endsWith("' printed: no object"), told.getMessage());
    }

    @Test
    void a_program_that_is_not_there_is_missed_before_anything_is_measured() {
        var told = assertThrows(ConfigurationException.class, () -> speed(folder.resolve("none.sh"), _ -> List.of()));
        assertTrue(told.getMessage().endsWith("none.sh: there is no such program, or it may not be run"),
                told.getMessage());
    }

    @Test
    @Timeout(60)
    void programs_run_at_the_same_time_and_a_failure_tells_what_they_said() {
        Processes programs = new Processes();
        // each waits for the other's file: one after the other they would never end
        String meet = "touch %s; while [ ! -e %s ]; do sleep 0.01; done; echo first; echo %s";
        String a = folder.resolve("a").toString();
        String b = folder.resolve("b").toString();
        assertEquals(List.of("1", "2"), programs.lastLines(List.of(
                List.of("sh", "-c", meet.formatted(a, b, "1")), List.of("sh", "-c", meet.formatted(b, a, "2")))));
        var told = assertThrows(ConfigurationException.class,
                () -> programs.lastLines(List.of(List.of(rival.toString(), "ternary"))));
        assertTrue(told.getMessage().endsWith("rival.sh failed with exit code 3: on ternary\noh"), told.getMessage());
        var missing = assertThrows(ConfigurationException.class,
                () -> programs.lastLines(List.of(List.of(folder.resolve("none").toString()))));
        assertTrue(missing.getMessage().contains("none cannot be run: "), missing.getMessage());
    }
}
