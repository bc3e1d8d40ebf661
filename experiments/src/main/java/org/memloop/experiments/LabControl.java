package org.memloop.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.memloop.bench.ConfigurationException;
import org.memloop.lab.LabFile;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ask a virtual laboratory that another process runs, as {@link LabHost} says. */
public final class LabControl {
    private final Path control;

    /**
     * Address a laboratory.
     *
     * @param control path of its local socket
     */
    public LabControl(Path control) {
        this.control = control;
    }

    /** {@return where the local socket of this person's laboratory usually is} */
    public static Path usual() {
        String folder = System.getenv("XDG_RUNTIME_DIR");
        return folder == null || folder.isEmpty()
                ? Path.of(System.getProperty("java.io.tmpdir"), "memloop-" + System.getProperty("user.name"),
                        "lab.sock")
                : Path.of(folder, "memloop", "lab.sock");
    }

    static boolean answers(Path control) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control))) {
            return channel.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Ask for the state of die and instruments and say it.
     *
     * @param console who is told
     * @param json whether a program is told
     */
    public void status(Console console, boolean json) {
        JsonNode status = ask(Map.of("do", "status"));
        Console told = console.withJson(json);
        told.object(JsonMapper.shared().convertValue(status, new TypeReference<Map<String, Object>>() {
        }));
        JsonNode die = status.path("die");
        told.result("%s: %s %s".formatted(status.path("laboratory").asString(), die.path("technology").asString(),
                die.path("geometry").asString()));
        told.result("die: %d virgin, %d formed (%d LRS, %d HRS), %d stuck; %d pulses so far".formatted(
                die.path("virgin").asLong(), die.path("formed").asLong(), die.path("lrs").asLong(),
                die.path("hrs").asLong(), die.path("stuck-low").asLong() + die.path("stuck-high").asLong(),
                status.path("pulses").asLong()));
        lines(status, told);
        for (JsonNode instrument : status.path("instruments")) {
            told.result(instrument.path("role").asString() + "  " + instrument.path("identity").asString());
            if (instrument.has("connections")) {
                told.result("  %d connections; errors %s".formatted(instrument.path("connections").asLong(),
                        instrument.path("errorsWaiting").asBoolean() ? "wait in its queue" : "none"));
                told.result("  " + instrument.path("settings").asString());
            }
            if (!instrument.path("faults").isEmpty()) {
                told.result("  faults " + instrument.path("faults"));
            }
        }
    }

    private static void lines(JsonNode status, Console told) {
        JsonNode lines = status.path("lines");
        told.result("lines: at most %.4g V on bit lines, %.4g V on source lines, %.4g V on word lines; %s".formatted(
                lines.path("bitLineVoltsMax").asDouble(), lines.path("sourceLineVoltsMax").asDouble(),
                lines.path("wordLineVoltsMax").asDouble(),
                lines.path("overLimit").asLong() == 0
                        ? "never more than the limits"
                        : lines.path("overLimit").asLong() + " pulses over a limit, first "
                                + lines.path("firstOverLimit").asString()));
        JsonNode router = status.path("router");
        told.result("router: %s, load %d, %d triggers since then, %d since start".formatted(
                router.path("state").asString(), router.path("load").asLong(),
                router.path("triggersSinceLoad").asLong(), router.path("triggersSinceBoot").asLong()));
    }

    /**
     * Write the state of every cell into a file of comma-separated values.
     *
     * @param file its path
     */
    public void cells(Path file) {
        JsonNode columns = ask(Map.of("do", "cells"));
        if (columns.isEmpty()) {
            throw new ConfigurationException("there is no die in the socket of this laboratory");
        }
        List<String> names = List.of("row", "column", "pulses", "state", "siemens");
        StringBuilder text = new StringBuilder(String.join(",", names)).append('\n');
        for (int cell = 0; cell < columns.path("row").size(); cell++) {
            int at = cell;
            text.append(String.join(",", names.stream().map(name -> columns.path(name).path(at).asString()).toList()))
                    .append('\n');
        }
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ConfigurationException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@return the state of die and instruments, as a program reads it} */
    public JsonNode state() {
        return ask(Map.of("do", "status"));
    }

    /**
     * Let something go wrong, or right again.
     *
     * @param entry what and when
     * @param fromNow whether its moment counts from now, instead of from the start of the laboratory
     */
    public void fault(LabFile.FaultEntry entry, boolean fromNow) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("do", "fault");
        request.put("role", entry.instrument());
        request.put("fault", entry.fault());
        request.put("probability", entry.probability());
        request.put("occasion", entry.occasion());
        request.put(fromNow ? "after" : "at", entry.fromSeconds());
        request.put("delay", entry.delaySeconds());
        ask(request);
    }

    /** End the laboratory. */
    public void stop() {
        ask(Map.of("do", "stop"));
    }

    private JsonNode ask(Map<String, Object> request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control))) {
            channel.write(ByteBuffer.wrap(
                    (JsonMapper.shared().writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8)));
            String line = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            JsonNode answer = JsonMapper.shared().readTree(line == null ? "{}" : line);
            if (answer.has("error")) {
                throw new ConfigurationException(answer.path("error").asString());
            }
            return answer;
        } catch (java.net.SocketException e) {
            throw new ConfigurationException(
                    "no laboratory runs at " + control + "; start one with 'memloop lab start'",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
