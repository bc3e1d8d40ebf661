package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.experiments.Console;

/** Run every command of the guide to the first hour at the bench, with the file that stands in it. */
class FirstHourTest {
    private static final Path GUIDE = Path.of("..", "docs", "first-hour.md");

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheGuideRuns() throws Exception {
        String guide = Files.readString(GUIDE);
        Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(guide);
        assertTrue(yaml.find());
        Files.writeString(folder.resolve("room-12.yaml"), yaml.group(1));
        List<String> commands = guide.lines().filter(line -> line.startsWith("    ./memloop ")).map(String::strip)
                .toList();
        assertTrue(commands.size() >= 7, commands.toString());
        for (String command : commands) {
            int wanted = command.endsWith("# exit code 1") ? 1 : 0;
            run(command.replaceAll("#.*", "").replaceAll(">.*", "").replace("'", "").strip(), wanted);
        }
    }

    private void run(String command, int wanted) {
        List<String> words = new ArrayList<>();
        for (String word : Arrays.stream(command.split("\\s+")).skip(1).toList()) {
            words.add(switch (word) {
                case "room-12.yaml", "proof", "wrong" -> folder.resolve(word).toString();
                default -> word;
            });
        }
        if (words.getFirst().equals("train")) {
            words.addAll(List.of("--out", folder.resolve("runs").toString()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, InstantSource.system());
        int code = Memloop.commandLine(console, Memloop.commands(console)).execute(words.toArray(String[]::new));
        assertEquals(wanted, code, command + "\n" + out.toString(StandardCharsets.UTF_8));
    }
}
