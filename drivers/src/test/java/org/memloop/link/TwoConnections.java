package org.memloop.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** Be the server of a recorded HiSLIP exchange: what comes on either of two connections is compared in the order of both. */
final class TwoConnections implements AutoCloseable {
    private record Step(boolean second, String sent, String answer) {}

    private final ServerSocket listener = new ServerSocket(0, 4, InetAddress.ofLiteral("127.0.0.1"));
    private final List<Step> steps = new ArrayList<>();
    private final LinkedBlockingQueue<String> problems = new LinkedBlockingQueue<>();
    private Thread thread;

    TwoConnections() throws IOException {}

    int port() {
        return listener.getLocalPort();
    }

    void one(String sent, String answer) {
        steps.add(new Step(false, TranscriptServer.digits(sent), TranscriptServer.digits(answer)));
    }

    void two(String sent, String answer) {
        steps.add(new Step(true, TranscriptServer.digits(sent), TranscriptServer.digits(answer)));
    }

    void start() {
        thread = Thread.ofVirtual().start(() -> {
            try (Socket first = listener.accept()) {
                step(first, steps.getFirst());
                try (Socket second = listener.accept()) {
                    for (Step step : steps.subList(1, steps.size())) {
                        step(step.second() ? second : first, step);
                    }
                }
            } catch (IOException e) {
                problems.add(e.toString());
            }
        });
    }

    private void step(Socket socket, Step step) throws IOException {
        String came = HexFormat.of().formatHex(socket.getInputStream().readNBytes(step.sent().length() / 2));
        if (!came.equals(step.sent())) {
            problems.add("sent " + came + " instead of " + step.sent());
        }
        socket.getOutputStream().write(HexFormat.of().parseHex(step.answer()));
    }

    String problem() throws InterruptedException {
        thread.join(java.time.Duration.ofSeconds(5));
        return thread.isAlive() ? "the client has not come to the end" : String.join("; ", problems);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
