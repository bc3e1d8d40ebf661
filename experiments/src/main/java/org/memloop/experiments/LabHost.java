package org.memloop.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.lab.LabAddresses;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.RunningLab;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Run a virtual laboratory until it is stopped, and let other shells of the same person ask for its state through a
 * local socket: one JSON object as a line each way.
 *
 * <pre>
 *   {"do": "status"}    {"do": "cells"}    {"do": "stop"}
 *   {"do": "fault", "role": R, "fault": F, "probability": P, "occasion": N, "at": SECONDS, "after": SECONDS, "delay": SECONDS}
 * </pre>
 */
public final class LabHost {
    private static final int REQUEST_CHARS_MAX = 10_000;

    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Say which laboratory to run.
     *
     * @param file the laboratory file; empty for the built-in one
     * @param terms where it is reached
     * @param control path of the local socket
     * @param write where to write a laboratory file with the addresses of the instruments; empty for nowhere
     * @param json whether standard output is for a program
     */
    public record Plan(String file, LabEmulation.Terms terms, Path control, String write, boolean json) {}

    /** Get ready to run one laboratory. */
    public LabHost() {}

    /**
     * Run a laboratory until Ctrl-C or {@code lab stop}.
     *
     * @param plan which
     * @param console who is told where its instruments are
     */
    public void run(Plan plan, Console console) {
        LabFile file = plan.file().isEmpty() ? LabFile.builtIn() : LabFile.read(Path.of(plan.file()));
        Console told = console.withJson(plan.json());
        Path folder = plan.file().isEmpty() ? Path.of("") : Path.of(plan.file()).toAbsolutePath().getParent();
        try (RunningLab lab = LabEmulation.find().start(file, folder, plan.terms());
                ServerSocketChannel control = listen(plan.control())) {
            Thread ending = Thread.ofPlatform().unstarted(() -> end(lab, plan.control()));
            Runtime.getRuntime().addShutdownHook(ending);
            Thread.ofVirtual().name("lab control").start(() -> serve(control, lab));
            write(plan, folder, lab, told);
            tell(lab, told);
            told.remark("running; Ctrl-C or 'memloop lab stop' ends it");
            stopped.await();
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(plan.control());
        }
    }

    private static void end(RunningLab lab, Path control) {
        lab.close();
        forget(control);
    }

    private static void forget(Path control) {
        try {
            Files.deleteIfExists(control);
        } catch (IOException _) {
            // the next laboratory replaces it
        }
    }

    private static void write(Plan plan, Path folder, RunningLab lab, Console console) throws IOException {
        if (plan.write().isEmpty()) {
            return;
        }
        String text = plan.file().isEmpty() ? LabFile.builtInText() : Files.readString(Path.of(plan.file()));
        Path file = Path.of(plan.write());
        Files.writeString(file, "# The virtual laboratory that 'memloop lab start' runs, until it is stopped.\n"
                + LabAddresses.move(text, folder, lab.addresses()));
        console.remark("its addresses are in " + file + ": rack:" + file);
    }

    private static void tell(RunningLab lab, Console console) {
        for (RunningLab.Instrument instrument : lab.instruments()) {
            console.result(instrument.role() + "  " + instrument.identity());
            instrument.resources().forEach(resource -> console.result("  " + resource));
            if (!instrument.page().isEmpty()) {
                console.result("  " + instrument.page());
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("role", instrument.role());
            object.put("identity", instrument.identity());
            object.put("resources", instrument.resources());
            object.put("page", instrument.page());
            console.object(object);
        }
    }

    private static ServerSocketChannel listen(Path control) throws IOException {
        if (LabControl.answers(control)) {
            throw new ConfigurationException("a laboratory runs already, with its control socket at " + control
                    + "; stop it with 'memloop lab stop', or choose another --control");
        }
        Files.createDirectories(control.toAbsolutePath().getParent());
        Files.deleteIfExists(control);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(control));
        if (Files.getFileStore(control.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rw-------"));
        }
        return channel;
    }

    private void serve(ServerSocketChannel control, RunningLab lab) {
        while (control.isOpen()) {
            try (SocketChannel client = control.accept()) {
                BufferedReader in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8),
                        REQUEST_CHARS_MAX);
                String line = in.readLine();
                if (line != null) {
                    ByteBuffer answer = ByteBuffer.wrap((JsonMapper.shared().writeValueAsString(answer(line, lab))
                            + "\n").getBytes(StandardCharsets.UTF_8));
                    while (answer.hasRemaining()) {
                        client.write(answer);
                    }
                }
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                // a client that went away without waiting
            }
        }
    }

    private static LabFile.FaultEntry entry(JsonNode request, RunningLab lab) {
        double from = request.has("after")
                ? (double) lab.status().get("simulatedSeconds") + request.path("after").asDouble(0)
                : request.path("at").asDouble(0);
        return new LabFile.FaultEntry(request.path("role").asString(""), request.path("fault").asString(""),
                request.path("probability").asDouble(1), request.path("occasion").asLong(0), from,
                request.path("delay").asDouble(1));
    }

    private Map<String, Object> answer(String line, RunningLab lab) {
        try {
            JsonNode request = JsonMapper.shared().readTree(line);
            switch (request.path("do").asString("")) {
                case "status" -> {
                    return lab.status();
                }
                case "cells" -> {
                    return Map.copyOf(lab.cells());
                }
                case "fault" -> lab.fault(entry(request, lab));
                case "stop" -> stopped.countDown();
                default -> throw new ConfigurationException("do is status, cells, fault or stop");
            }
            return Map.of("done", true);
        } catch (BenchException | JacksonException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }
}
