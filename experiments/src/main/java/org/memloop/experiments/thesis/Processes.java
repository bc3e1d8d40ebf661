package org.memloop.experiments.thesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.memloop.bench.ConfigurationException;

/** Run programs for what they print; they are to print little, for several at a time are read one after the other. */
final class Processes implements LearningSpeed.Programs {
    @Override
    public List<String> lastLines(List<List<String>> commands) {
        List<Process> started = new ArrayList<>();
        try {
            for (List<String> command : commands) {
                started.add(new ProcessBuilder(command).redirectErrorStream(true).start());
            }
            List<String> lines = new ArrayList<>();
            for (Process process : started) {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (process.waitFor() != 0) {
                    throw new ConfigurationException(commands.getFirst().getFirst() + " failed with exit code "
                            + process.exitValue() + ": " + said);
                }
                lines.add(said.lines().reduce("", (_, last) -> last));
            }
            return lines;
        } catch (IOException e) {
            throw new ConfigurationException(commands.getFirst().getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while measuring how fast learning is");
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }
}
