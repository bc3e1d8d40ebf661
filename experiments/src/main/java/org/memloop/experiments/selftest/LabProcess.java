package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.memloop.experiments.LabControl;
import org.memloop.lab.LabFile;

/** Run a virtual laboratory in a process of its own, which holds the die while programs come and go. */
final class LabProcess implements AutoCloseable {
    private static final int SIZE = 32;
    /** Cells of its die. */
    static final int CELLS = SIZE * SIZE;

    private final Path folder;
    private final Path control;
    private final Child child;

    /** Start one; it writes {@code bench.yaml}, with which a program finds it. */
    LabProcess(Path folder, long seed) {
        this.folder = folder;
        // a local socket's path must be short
        control = Path.of(System.getProperty("java.io.tmpdir"), "memloop-selftest-" + ProcessHandle.current().pid()
                + ".sock");
        try {
            Files.writeString(folder.resolve("lab.yaml"), LabFile.builtInText().replace("rows: 128", "rows: " + SIZE)
                    .replace("columns: 64", "columns: " + SIZE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        child = Child.start(folder, "lab", "--control", control.toString(), "start", "lab.yaml", "--seed", "" + seed,
                "--baud", "0", "--no-mdns", "--write", "bench.yaml");
        while (child.isAlive() && !child.said().contains("running; Ctrl-C")) {
            pause();
        }
        if (!child.isAlive()) {
            throw new SelftestException("the virtual laboratory did not start: " + child.said());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    LabControl control() {
        return new LabControl(control);
    }

    /** {@return how many pulses each cell of the die has received, readings among them} */
    long[] pulses() {
        Path cells = folder.resolve("cells.csv");
        control().cells(cells);
        try {
            List<String> lines = Files.readAllLines(cells);
            List<String> header = Arrays.asList(lines.getFirst().split(","));
            return lines.stream().skip(1).mapToLong(line -> Long.parseLong(line.split(",")[header.indexOf("pulses")]))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
        try {
            Files.deleteIfExists(control);
        } catch (IOException _) {
            // a socket nobody listens at harms nobody
        }
    }
}
