package org.memloop.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.memloop.bench.ConfigurationException;
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

    /**
     * Let something go wrong, or right again.
     *
     * @param role whose instrument
     * @param fault what, or {@code none}
     * @param probability at how large a share of its occasions, 0 to 1
     * @param occasion at which occasion alone; 0 for all
     */
    public void fault(String role, String fault, double probability, long occasion) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("do", "fault");
        request.put("role", role);
        request.put("fault", fault);
        request.put("probability", probability);
        request.put("occasion", occasion);
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
