package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

import org.memloop.experiments.Console;

/** Say words to the whole program within this process, and hear what it says. */
final class Words {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Run one command, which has to end as expected. */
    void run(int expected, String... words) {
        out.reset();
        err.reset();
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(told, new PrintStream(err, true, StandardCharsets.UTF_8), false,
                InstantSource.system());
        int code = Memloop.commandLine(console, Memloop.commands(console)).setOut(new PrintWriter(told, true))
                .execute(words);
        assertEquals(expected, code, () -> String.join(" ", words) + "\n" + out() + err());
    }

    /** {@return what the last command said} */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** {@return what it said on standard error} */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
