package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.memloop.experiments.OwnProgram;

/** Run this program in a process of its own, which can be killed. */
final class Child implements AutoCloseable {
    /** Exit code of a program that was interrupted. */
    static final int INTERRUPTED = 130;
    private static final int SIGINT = 2;
    private static final String FAILURE = "memloop: ";
    private static final long PATIENCE_SECONDS = 900;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Start a command of this program in a folder; what it says goes to a file there. */
    static Child start(Path folder, String... words) {
        List<String> command = OwnProgram.command(List.of("--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
                List.of(words));
        Path log = folder.resolve(words[0] + ".log");
        try {
            return new Child(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the exit code, once it has come to its end} */
    int end() {
        if (!until(() -> false)) {
            throw new SelftestException("a program did not end within " + PATIENCE_SECONDS + " s: " + log);
        }
        return process.exitValue();
    }

    /** Kill it, as {@code kill -9} does, as soon as something is so. {@return false when it had ended by then} */
    boolean killWhen(BooleanSupplier isSo) {
        if (until(isSo)) {
            return false;
        }
        process.destroyForcibly();
        until(() -> false);
        return true;
    }

    /** Refuse a program that does not come to a good end. */
    void requireSuccess() {
        if (end() != 0) {
            throw new SelftestException("a program failed: " + said());
        }
    }

    /** Wait until something is so, or it has ended. */
    void await(BooleanSupplier isSo) {
        until(isSo);
    }

    /** {@return whether programs started here pass over Ctrl-C, as behind a shell's {@code &}} */
    static boolean passOverInterrupts() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("SigIgn:")).map(line -> line.substring("SigIgn:".length()).strip())
                    .anyMatch(signals -> (Long.parseUnsignedLong(signals, 16) & 1L << (SIGINT - 1)) != 0);
        } catch (IOException _) {
            return false;
        }
    }

    /** Ask it to end, as Ctrl-C does. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-" + SIGINT, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** {@return the last failure it told, in brackets; empty when it told none} */
    String told() {
        return said().lines().filter(line -> line.startsWith(FAILURE)).reduce((_, last) -> last)
                .map(line -> " (" + line.substring(FAILURE.length()) + ")").orElse("");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end or for something. {@return whether it has ended} */
    private boolean until(BooleanSupplier isSo) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!isSo.getAsBoolean() && System.nanoTime() - deadline < 0) {
                if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new CancellationException();
        }
        return !process.isAlive();
    }

    /** {@return what it said} */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
