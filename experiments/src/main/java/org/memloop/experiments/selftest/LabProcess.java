package org.memloop.experiments.selftest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import org.memloop.experiments.LabControl;
import org.memloop.link.ResourceName;
import org.memloop.link.SocketLink;

import tools.jackson.databind.JsonNode;

/** Run a virtual laboratory in a process of its own, which holds the die while programs come and go. */
final class LabProcess implements AutoCloseable {
    /** The router grounds the lines after 5 s of silence; a busy machine may take its time. */
    private static final long WATCHDOG_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Cells of its die. */
    static final int CELLS = 32 * 32;

    private final Path folder;
    private final Path control;
    private final Child child;

    /** Start one; it writes {@code bench.yaml}, with which a program finds it. */
    LabProcess(Path folder, long seed) {
        this.folder = folder;
        // a local socket's path must be short
        control = Path.of(System.getProperty("java.io.tmpdir"), "memloop-selftest-" + ProcessHandle.current().pid()
                + "-" + Integer.toHexString(folder.hashCode()) + ".sock");
        try (InputStream file = LabProcess.class.getResourceAsStream("lab.yaml")) {
            Files.write(folder.resolve("lab.yaml"), file.readAllBytes());
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

    /** Put a laboratory file with the addresses of the instruments into a folder. */
    void tellAddresses(Path into) {
        try {
            Files.copy(folder.resolve("bench.yaml"), into.resolve("bench.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Do what a person does at the front panel of a supply that has tripped, once the reason is known. */
    void clearTrip(String role) {
        String resource = control().state().path("instruments").valueStream()
                .filter(instrument -> instrument.path("role").asString().equals(role))
                .flatMap(instrument -> instrument.path("resources").valueStream()).map(JsonNode::asString)
                .filter(name -> ResourceName.parse(name) instanceof ResourceName.Socket).findFirst().orElseThrow();
        try (SocketLink link = new SocketLink((ResourceName.Socket) ResourceName.parse(resource))) {
            link.write("OUTP:PROT:CLE (@1,2)\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Wait until the router has noticed that its host is gone. */
    void awaitGrounded() {
        long deadline = System.nanoTime() + WATCHDOG_NANOS;
        while (!control().state().path("grounded").asBoolean() && System.nanoTime() - deadline < 0) {
            pause();
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
