package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.BenchUri;
import org.memloop.bench.LinkException;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterMessage;
import org.memloop.link.SerialLink;
import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;

/**
 * Send random and mutated messages to what stands beside the instruments' servers: portmapper datagrams, the LXI page, the
 * router's serial line and its console.
 */
@Timeout(3600)
class FuzzOthersTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int DEADLINE_MILLIS = 30_000;
    private static final int BATCH = 400;
    private static final int BROWSERS = 4;
    private static final int REQUESTS = 19;
    private static final byte[] STATUS_LINE = FuzzMessages.ascii("HTTP/1.1 ");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW");
    private static final List<String> PATHS = List.of("lxi", "lxi/identification", "identification", "..", "../",
            "?", "x=1&", ";", ":", "@", "%3cscript%3e", "%2e%2e%2f");
    /** So few under way fit in any system's socket buffers, so that none is lost for want of room. */
    private static final int DATAGRAMS = 50;
    private static final List<String> HTTP = List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /lxi/identification HTTP/1.1\r\nHost: x\r\n\r\n", "HEAD /lxi/identification HTTP/1.0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
            "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /%00%ff?x=<script> HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "DELETE / HTTP/9.9\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n");
    private static final List<String> CONSOLE = List.of("help\r\n", "version\r\n", "status\r\n", "map\r\n",
            "map 2 5 set\r\n", "map 200 5 set\r\n", "map 2 5 reset\r\n", "fire\r\n", "ground\n");

    private final SimulatedDie die = SimBenchProvider.die(new BenchUri("sim", "hfox-16x16", Map.of("seed", "3")));
    private final Wiring wiring = new Wiring(die);
    private final double[] before = siemens();

    private double[] siemens() {
        return IntStream.range(0, die.geometry().cells()).mapToDouble(die::conductanceSiemens).toArray();
    }

    @AfterEach
    void nothingReachedTheDie() {
        assertEquals(0, wiring.pulses());
        assertTrue(wiring.grounded());
        assertArrayEquals(before, siemens());
    }

    private LanInstrument generator() {
        Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
        wiring.connect((Wiring.Source) generator);
        return new LanInstrument(generator, HOST, LanPorts.FREE, false);
    }

    @Test
    void portmapperDatagrams() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        byte[] ping = FuzzMessages.ping(Vxi11.PORTMAPPER, 2);
        try (LanInstrument lan = generator(); DatagramSocket client = new DatagramSocket()) {
            client.connect(HOST, lan.vxi11().portmapperPort());
            client.setSoTimeout(DEADLINE_MILLIS);
            for (int sent = 0; sent < FuzzMessages.COUNT; sent += DATAGRAMS) {
                int due = 0;
                for (int i = 0; i < DATAGRAMS; i++) {
                    byte[] datagram = datagram(random);
                    due += isCall(datagram) ? 1 : 0;
                    client.send(new DatagramPacket(datagram, datagram.length));
                }
                client.send(new DatagramPacket(ping, ping.length));
                assertEquals(due, answersBeforeLast(client), "a call was lost, or answered though it is none");
            }
        }
    }

    private static byte[] datagram(SplittableRandom random) {
        byte[] call = RpcMessage.call(random.nextInt(), Vxi11.PORTMAPPER, 2, random.nextInt(6)).integer(Vxi11.CORE)
                .integer(1).integer(6).integer(0).bytes();
        return random.nextInt(4) == 0 ? FuzzMessages.text(random) : FuzzMessages.mutated(random, call);
    }

    /** A call, however garbled behind its first two words, is due an answer; nothing else is. */
    private static boolean isCall(byte[] datagram) {
        return datagram.length >= 8 && ByteBuffer.wrap(datagram).getInt(4) == RpcMessage.CALL;
    }

    /** Count the answers that come before the one to the last call. */
    private static int answersBeforeLast(DatagramSocket client) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        for (int answers = 0;; answers++) {
            client.receive(answer);
            if (ByteBuffer.wrap(answer.getData()).getInt() == FuzzMessages.LAST_XID) {
                return answers;
            }
        }
    }

    @Test
    void lxiPage() throws Exception {
        try (LanInstrument lan = generator()) {
            int port = lan.page().port();
            assertTrue(identifies(port));
            Footprint before = Footprint.now();
            List<Thread> clients = new ArrayList<>();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            for (int client = 0; client < BROWSERS; client++) {
                SplittableRandom random = new SplittableRandom(12 + client);
                clients.add(Thread.ofVirtual().uncaughtExceptionHandler((_, e) -> failure.set(e))
                        .start(() -> browse(port, random)));
            }
            for (Thread client : clients) {
                client.join();
            }
            if (failure.get() != null) {
                throw new AssertionError(failure.get());
            }
            assertTrue(identifies(port));
            before.requireNothingLeft();
            assertTrue(asked(lan.socket().port(), "*IDN?\n").startsWith("Agilent Technologies,81160A,"));
        }
    }

    /** Send requests that keep to the form, which have to be answered every one, and then what may keep to none. */
    private static void browse(int port, SplittableRandom random) {
        for (int sent = 0; sent < FuzzMessages.COUNT / BROWSERS; sent += REQUESTS + 1) {
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int i = 0; i < REQUESTS; i++) {
                requests.writeBytes(request(random));
            }
            try (Socket socket = connected(port)) {
                socket.getOutputStream().write(requests.toByteArray());
                assertEquals(REQUESTS, responses(new BufferedInputStream(socket.getInputStream())),
                        "responses to sound requests");
                socket.getOutputStream().write(FuzzMessages.text(random, HTTP));
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (SocketTimeoutException e) {
                throw new AssertionError("no answer: it hangs, or does not end an ended connection", e);
            } catch (IOException _) {
                // the server has ended the connection, its right after what kept to no form
            }
        }
    }

    /** Make a request of any method, path, field and content, all of them well formed. */
    private static byte[] request(SplittableRandom random) {
        StringBuilder path = new StringBuilder("/");
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
            path.append(random.nextInt(3) == 0
                    ? "%%%02x".formatted(random.nextInt(256))
                    : PATHS.get(random.nextInt(PATHS.size())));
        }
        StringBuilder field = new StringBuilder();
        random.ints(random.nextInt(100), ' ', '~' + 1).forEach(field::appendCodePoint);
        byte[] content = new byte[random.nextInt(4) == 0 ? random.nextInt(100) : 0];
        random.nextBytes(content);
        byte[] head = FuzzMessages.ascii(METHODS.get(random.nextInt(METHODS.size())) + " " + path
                + " HTTP/1.1\r\nHost: x\r\nX-Noise: " + field + "\r\nContent-Length: " + content.length + "\r\n\r\n");
        return ByteBuffer.allocate(head.length + content.length).put(head).put(content).array();
    }

    /** Count responses until as many have begun as there were requests, or the server ends. */
    private static int responses(InputStream in) throws IOException {
        int count = 0;
        int matched = 0;
        while (count < REQUESTS) {
            int next = in.read();
            if (next < 0) {
                return count;
            }
            matched = next == STATUS_LINE[matched] ? matched + 1 : next == STATUS_LINE[0] ? 1 : 0;
            if (matched == STATUS_LINE.length) {
                count++;
                matched = 0;
            }
        }
        return count;
    }

    private static Socket connected(int port) {
        try {
            Socket socket = new Socket(HOST, port);
            socket.setSoTimeout(DEADLINE_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new AssertionError("it takes no connection any more", e);
        }
    }

    private static boolean identifies(int port) throws IOException {
        String page = asked(port, "GET /lxi/identification HTTP/1.0\r\n\r\n");
        return page.startsWith("HTTP/1.1 200") && page.contains("<Model>81160A</Model>");
    }

    /** Ask over a connection of its own; return all that came. */
    private static String asked(int port, String text) throws IOException {
        try (Socket socket = connected(port)) {
            socket.getOutputStream().write(FuzzMessages.ascii(text));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void routerFrames() throws Exception {
        serial(13, random -> {
            byte[] frame = frame(random);
            return random.nextInt(3) == 0 ? FuzzMessages.mutated(random, frame) : frame;
        });
    }

    @Test
    void routerConsole() throws Exception {
        serial(14, random -> FuzzMessages.text(random, CONSOLE));
    }

    /** Make a request that is sound as a frame; what it says is a matter of chance. */
    private static byte[] frame(SplittableRandom random) {
        RouterMessage[] messages = RouterMessage.values();
        RouterMessage message = messages[random.nextInt(messages.length)];
        int code = random.nextInt(8) == 0 ? random.nextInt(256) : message.code();
        ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        switch (message) {
            case HELLO -> body.putInt(RouterFrames.MAGIC).putShort((short) 1).putInt(random.nextInt()).putInt(5000);
            case STATUS -> body.putShort((short) random.nextInt(2));
            case LOAD_BEGIN -> body.putInt(random.nextInt(3)).putInt(random.nextInt(4))
                    .put((byte) random.nextInt(3)).putInt(5000).putInt(600).putInt(5000);
            case LOAD_STEPS -> body.putInt(random.nextInt(3)).putInt(random.nextInt(3)).put((byte) random.nextInt(20))
                    .put((byte) random.nextInt(20)).put((byte) random.nextInt(4));
            // never the checksum of the steps that are there: such a program might be fired, and soundly so
            case LOAD_COMMIT -> body.putInt(random.nextInt(3)).putLong(random.nextInt(4)).putInt(random.nextInt() | 1);
            default -> body.putInt(random.nextInt(3)).putInt(random.nextInt());
        }
        int length = random.nextInt(6) == 0 ? random.nextInt(40) : body.position();
        return RouterFrames
                .frame(new RouterFrames.Message(code, random.nextInt(4), Arrays.copyOf(body.array(), length)));
    }

    /** Make one message. */
    private interface Making {
        byte[] next(SplittableRandom random);
    }

    private void serial(long seed, Making making) throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        RouterEmulator router = new RouterEmulator(wiring, die.geometry(), System::nanoTime, 4);
        try (RouterServer server = new RouterServer(router, new Faults(1), wiring::nowSeconds, 3, 0);
                SerialLink link = SerialLink.open(server.devicePath(), RouterFrames.BAUD,
                        Duration.ofMillis(DEADLINE_MILLIS))) {
            BlockingQueue<RouterFrames.Message> replies = new LinkedBlockingQueue<>();
            Thread reader = Thread.ofPlatform().daemon().start(() -> read(link, replies));
            SplittableRandom random = new SplittableRandom(seed);
            for (int sent = 0; sent < FuzzMessages.COUNT; sent += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    link.write(making.next(random));
                }
                assertTrue(answersHello(link, replies, 1000 + sent % 60000), "no answer: it hangs");
            }
            assertTrue(reader.isAlive());
        }
    }

    /** Say hello until the answer comes: what stands before it may have eaten it. */
    private static boolean answersHello(SerialLink link, BlockingQueue<RouterFrames.Message> replies, int sequence)
            throws InterruptedException {
        byte[] hello = RouterFrames.frame(new RouterFrames.Message(RouterMessage.HELLO.code(), sequence,
                ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN).putInt(RouterFrames.MAGIC).putShort((short) 1)
                        .putInt(sequence).putInt(5000).array()));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MILLIS);
        while (System.nanoTime() - deadline < 0) {
            link.write(hello);
            RouterFrames.Message reply = replies.poll(20, TimeUnit.MILLISECONDS);
            while (reply != null) {
                if (reply.code() == RouterMessage.HELLO.replyCode() && reply.sequence() == sequence) {
                    return true;
                }
                reply = replies.poll(20, TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private static void read(SerialLink link, BlockingQueue<RouterFrames.Message> replies) {
        RouterFrames.Splitter splitter = new RouterFrames.Splitter();
        byte[] chunk = new byte[1 << 16];
        try {
            while (true) {
                int count = link.read(chunk, 0, chunk.length, TimeUnit.HOURS.toNanos(1));
                for (int i = 0; i < count; i++) {
                    if (splitter.accept(chunk[i]) == RouterFrames.Splitter.Found.MESSAGE
                            && splitter.message().code() == RouterMessage.HELLO.replyCode()) {
                        replies.add(splitter.message());
                    }
                }
            }
        } catch (LinkException _) {
            // the line is gone: the test has ended
        }
    }
}
