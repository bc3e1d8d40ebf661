package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.BenchUri;
import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrWriter;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Wiring;

/**
 * Send random and mutated messages to every server: none may break it, hold it up, leave anything behind, or reach the
 * die. {@code -Dfuzz.messages=1000000} sends more of them.
 */
@Timeout(3600)
class FuzzTest {
    private static final int MESSAGES = FuzzMessages.COUNT;
    private static final int PER_CONNECTION = 200;
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int DEADLINE_MILLIS = 30_000;
    private static final String IDN = "Agilent Technologies,81160A,";
    /** Write one message in a protocol's form, given what a client means to say. */
    private interface Frame {
        byte[] of(SplittableRandom random, byte[] text);
    }

    private final SimulatedDie die = SimBenchProvider.die(new BenchUri("sim", "hfox-16x16", Map.of("seed", "3")));
    private final Wiring wiring = new Wiring(die);
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final LanInstrument lan = new LanInstrument(generator, HOST, LanPorts.FREE, false);

    private final Footprint before = Footprint.now();

    private int link;

    FuzzTest() {
        wiring.connect((Wiring.Source) generator);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        assertTrue(
                new String(generator.handle(FuzzMessages.ascii("*IDN?")), StandardCharsets.ISO_8859_1).startsWith(IDN));
        for (int i = 0; i < 100 && lan.connections() > 0; i++) {
            Thread.sleep(20);
        }
        assertEquals(0, lan.connections());
        before.requireNothingLeft();
        lan.close();
        assertEquals(0, wiring.pulses());
    }

    /** Do what a sound client does first. */
    private interface Opening {
        void open(Socket socket) throws IOException;
    }

    /** Take what a server sends; say when the answer to the last message has come, or that none can any more. */
    private interface Drain {
        void read(DataInputStream in, CountDownLatch answered) throws IOException;
    }

    /** Send messages over many connections, each ended from this side once the last message is answered. */
    private void fuzz(long seed, int port, Opening opening, List<byte[]> last, Drain drain, Frame frame)
            throws IOException, InterruptedException {
        double[] before = siemens();
        SplittableRandom random = new SplittableRandom(seed);
        for (int sent = 0; sent < MESSAGES; sent += PER_CONNECTION) {
            try (Socket socket = new Socket(HOST, port)) {
                socket.setSoTimeout(DEADLINE_MILLIS);
                socket.setTcpNoDelay(true);
                opening.open(socket);
                List<byte[]> messages = new ArrayList<>();
                for (int i = 0; i < PER_CONNECTION; i++) {
                    messages.add(frame.of(random, FuzzMessages.text(random)));
                }
                messages.addAll(last);
                CountDownLatch answered = new CountDownLatch(1);
                Thread reader = Thread.ofVirtual().start(() -> read(socket, drain, answered));
                send(socket, messages);
                if (!last.isEmpty()) {
                    assertTrue(answered.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS), "no answer: it hangs");
                }
                end(socket);
                assertTrue(reader.join(Duration.ofMillis(DEADLINE_MILLIS)), "it does not end an ended connection");
            }
        }
        assertArrayEquals(before, siemens());
    }

    private double[] siemens() {
        return IntStream.range(0, die.geometry().cells()).mapToDouble(die::conductanceSiemens).toArray();
    }

    private static void send(Socket socket, List<byte[]> messages) {
        try {
            for (byte[] message : messages) {
                socket.getOutputStream().write(message);
            }
        } catch (IOException _) {
            // the server may drop who breaks its protocol
        }
    }

    private static void end(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // the server was first
        }
    }

    private static void read(Socket socket, Drain drain, CountDownLatch answered) {
        try {
            drain.read(new DataInputStream(new BufferedInputStream(socket.getInputStream())), answered);
        } catch (IOException _) {
            // the server has ended the connection, its right
        } finally {
            answered.countDown();
        }
    }

    private static void everything(DataInputStream in, CountDownLatch answered) throws IOException {
        while (in.skip(1 << 16) > 0 || in.read() >= 0) {
            continue;
        }
    }

    private static void replies(DataInputStream in, CountDownLatch answered) throws IOException {
        while (true) {
            byte[] reply = in.readNBytes(in.readInt() & Integer.MAX_VALUE);
            if (ByteBuffer.wrap(reply).getInt() == FuzzMessages.LAST_XID) {
                answered.countDown();
            }
        }
    }

    @Test
    void rawSocket() throws Exception {
        fuzz(1, lan.socket().port(), _ -> {}, List.of(), FuzzTest::everything, (random, text) -> {
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            return line;
        });
    }

    @Test
    void vxi11() throws Exception {
        fuzz(2, lan.vxi11().corePort(), this::createLink, List.of(RpcMessage.marked(FuzzMessages.ping(Vxi11.CORE, 1))),
                FuzzTest::replies, this::call);
    }

    /** Learns the number of a first link, so that most calls reach the instrument. */
    private void createLink(Socket socket) throws IOException {
        socket.getOutputStream().write(RpcMessage.marked(RpcMessage.call(1, Vxi11.CORE, 1, 10).integer(1)
                .bool(false).integer(0).opaque(FuzzMessages.ascii("inst0")).bytes()));
        link = ByteBuffer.wrap(socket.getInputStream().readNBytes(4 + 24 + 16)).getInt(4 + 24 + 4);
    }

    /** A call on a link there may be, mostly sound; waits are kept short, since a client may ask for days. */
    private byte[] call(SplittableRandom random, byte[] text) {
        int[] procedures = {10, 11, 11, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 25, 26, 99};
        int procedure = procedures[random.nextInt(procedures.length)];
        XdrWriter call = RpcMessage.call(random.nextInt(), Vxi11.CORE, 1, procedure);
        int link = this.link + (random.nextInt(5) == 0 ? random.nextInt(-1, 3) : 0);
        if (procedure == 10) {
            call.integer(1).bool(random.nextBoolean()).integer(1).opaque(FuzzMessages.ascii("inst0"));
        } else if (procedure == 11) {
            call.integer(link).integer(1).integer(1).integer(random.nextInt(256)).opaque(text);
        } else if (procedure == 12) {
            call.integer(link).integer(random.nextInt(2000)).integer(1).integer(1).integer(random.nextInt(256))
                    .integer('\n');
        } else {
            // a link is rarely destroyed, so that there is mostly one
            call.integer(procedure == 23 && random.nextInt(10) > 0 ? -1 : link).integer(random.nextInt(2))
                    .integer(random.nextInt(3)).integer(1).integer(0);
        }
        return FuzzMessages.record(random,
                random.nextInt(4) == 0 ? impatient(FuzzMessages.mutated(random, call.bytes())) : call.bytes());
    }

    /** Take the high bytes from the time-outs of a call that was mutated: a client that asks for days gets them. */
    private static byte[] impatient(byte[] call) {
        for (int i = 48; i < Math.min(55, call.length); i++) {
            call[i] = i % 4 == 3 ? call[i] : 0;
        }
        return call;
    }

    @Test
    void hislip() throws Exception {
        double[] before = siemens();
        SplittableRandom random = new SplittableRandom(4);
        for (int sent = 0; sent < MESSAGES; sent += PER_CONNECTION) {
            try (Socket s = new Socket(HOST, lan.hislip().port()); Socket a = new Socket(HOST, lan.hislip().port())) {
                s.setSoTimeout(DEADLINE_MILLIS);
                a.setSoTimeout(DEADLINE_MILLIS);
                s.getOutputStream().write(
                        new HislipMessage(HislipMessage.INITIALIZE, 0, 0x01007878, FuzzMessages.ascii("hislip0"))
                                .bytes());
                int session = ByteBuffer.wrap(s.getInputStream().readNBytes(16)).getInt(4) & 0xffff;
                a.getOutputStream().write(new HislipMessage(HislipMessage.ASYNC_INITIALIZE, 0, session).bytes());
                assertEquals(16, a.getInputStream().readNBytes(16).length);
                CountDownLatch ended = new CountDownLatch(2);
                Thread.ofVirtual().start(() -> read(s, FuzzTest::everything, ended));
                Thread.ofVirtual().start(() -> read(a, FuzzTest::everything, ended));
                for (int i = 0; i < PER_CONNECTION; i++) {
                    send(random.nextInt(3) == 0 ? a : s, List.of(message(random, FuzzMessages.text(random))));
                }
                end(s); // what came before is carried out first, then both connections end
                assertTrue(ended.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS), "it does not end an ended connection");
            }
        }
        assertArrayEquals(before, siemens());
    }

    private static byte[] message(SplittableRandom random, byte[] text) {
        int type = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(26);
        int control = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(2);
        boolean fatal = type == HislipMessage.FATAL_ERROR;
        byte[] message = new HislipMessage(fatal ? HislipMessage.DATA_END : type, control, random.nextInt(200),
                random.nextBoolean() ? text : new byte[0]).bytes();
        return random.nextInt(2000) == 0 ? FuzzMessages.mutated(random, message) : message;
    }

    @Test
    void portmapper() throws Exception {
        fuzz(5, lan.vxi11().portmapperPort(), _ -> {},
                List.of(RpcMessage.marked(FuzzMessages.ping(Vxi11.PORTMAPPER, 2))), FuzzTest::replies,
                (random, text) -> {
                    byte[] call = RpcMessage.call(random.nextInt(), Vxi11.PORTMAPPER, 2, random.nextInt(6))
                            .integer(Vxi11.CORE).integer(1).integer(6).integer(0).bytes();
                    return FuzzMessages.record(random,
                            random.nextBoolean() ? FuzzMessages.mutated(random, call) : call);
                });
    }

    @Test
    void abortChannel() throws Exception {
        fuzz(6, lan.vxi11().abortPort(), _ -> {},
                List.of(RpcMessage.marked(FuzzMessages.ping(Vxi11.ASYNC, 1))), FuzzTest::replies,
                (random, _) -> {
                    byte[] call = RpcMessage.call(random.nextInt(), Vxi11.ASYNC, 1, random.nextInt(3))
                            .integer(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(190, 300)).bytes();
                    return FuzzMessages.record(random,
                            random.nextBoolean() ? FuzzMessages.mutated(random, call) : call);
                });
    }
}
