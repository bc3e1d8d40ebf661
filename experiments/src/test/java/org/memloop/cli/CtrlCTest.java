package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.lab.LabFile;

/** Press Ctrl-C in a process of its own whose oscilloscope has fallen silent for good. */
@Timeout(180)
class CtrlCTest {
    private static final String SILENT = "faults:\n  - { instrument: oscilloscope, fault: silent, from: 10 ms }\n";

    @TempDir
    Path folder;

    private Process start(Path said) throws IOException {
        Path lab = Files.writeString(folder.resolve("lab.yaml"), LabFile.builtInText() + SILENT);
        // a shell's '&' passes a deaf ear for Ctrl-C on to its children
        return new ProcessBuilder("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "org.memloop.cli.Memloop", "traces", "measure", "--bench",
                "wire:" + lab + "?baud=0", "--devices", "20", "--pulses", "500", "--out", "t.csv")
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    private static void await(Process process, Callable<Boolean> isSo) throws Exception {
        while (!isSo.call()) {
            assertTrue(process.isAlive(), "it ended by itself");
            Thread.sleep(5);
        }
    }

    private long journalBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path journal = files.filter(path -> path.endsWith("journal.mlj")).findFirst().orElse(null);
            return journal == null ? 0 : Files.size(journal);
        }
    }

    /** {@return whether the run has begun and then written nothing for a while: it waits for an answer} */
    private boolean hangs() throws Exception {
        long bytes = journalBytes();
        Thread.sleep(700);
        return bytes > 1000 && bytes == journalBytes();
    }

    private static void interrupt(Process process) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
    }

    @Test
    void theSecondEndsAProgramThatWaitsForAnInstrument() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs env --default-signal and kill");
        Path said = folder.resolve("said.txt");
        Process process = start(said);
        try {
            await(process, this::hangs);
            interrupt(process);
            await(process, () -> Files.readString(said).contains("Ctrl-C once more ends at once"));
            assertTrue(process.isAlive(), "the first waits for the pulse under way");
            interrupt(process);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue());
            assertFalse(Files.readString(said).contains("no answer within"),
                    "it did not wait for the instrument: " + Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }
}
