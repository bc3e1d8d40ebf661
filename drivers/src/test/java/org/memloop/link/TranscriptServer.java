package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Be the server of a recorded exchange over one connection: wait for exactly the recorded bytes of the client, answer
 * with the recorded ones of the server. {@code .} stands for a hexadecimal digit that the client may choose.
 */
final class TranscriptServer implements AutoCloseable {
    private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|((?:[0-9a-f.]{2})+)|\\s+");

    private record Step(String sent, String answer) {}

    private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.ofLiteral("127.0.0.1"));
    private final Deque<Step> steps = new ArrayDeque<>();
    private final AtomicReference<String> problem = new AtomicReference<>("");
    private Thread thread;

    TranscriptServer() throws IOException {}

    int port() {
        return listener.getLocalPort();
    }

    TranscriptServer then(String sent, String answer) {
        steps.add(new Step(digits(sent), digits(answer)));
        return this;
    }

    /** Hexadecimal digits without spaces; text in quotes becomes such. */
    static String digits(String text) {
        StringBuilder out = new StringBuilder();
        Matcher part = PART.matcher(text);
        for (int end = 0; end < text.length(); end = part.end()) {
            assertTrue(part.find() && part.start() == end, "at " + end + " of " + text);
            if (part.group(1) != null) {
                byte[] bytes = part.group(1).replace("\\n", "\n").replace("\\r", "\r")
                        .getBytes(StandardCharsets.US_ASCII);
                out.append(HexFormat.of().formatHex(bytes));
            } else if (part.group(2) != null) {
                out.append(part.group(2));
            }
        }
        return out.toString();
    }

    TranscriptServer start() {
        thread = Thread.ofVirtual().start(() -> {
            try (Socket socket = listener.accept()) {
                for (Step step : steps) {
                    byte[] came = socket.getInputStream().readNBytes(step.sent().length() / 2);
                    String hex = HexFormat.of().formatHex(came);
                    if (!hex.matches(step.sent())) {
                        problem.set("sent " + hex + " instead of " + step.sent());
                        return;
                    }
                    socket.getOutputStream().write(HexFormat.of().parseHex(step.answer()));
                }
                ByteArrayOutputStream more = new ByteArrayOutputStream();
                socket.getInputStream().transferTo(more);
                if (more.size() > 0) {
                    problem.set("sent more: " + HexFormat.of().formatHex(more.toByteArray()));
                }
            } catch (IOException e) {
                problem.set(e.toString() + " " + Arrays.toString(e.getStackTrace()));
            }
        });
        return this;
    }

    /** {@return what went otherwise than recorded, once the client has hung up; empty when nothing did} */
    String problem() throws InterruptedException {
        thread.join(java.time.Duration.ofSeconds(5));
        return thread.isAlive() ? "the client has not hung up" : problem.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
