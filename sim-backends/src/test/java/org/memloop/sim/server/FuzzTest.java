package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.BenchUri;
import org.memloop.sim.array.Die;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Wiring;

/**
 * Send random and mutated messages to every server: none may break it, hold it up, leave anything behind, or reach the
 * die. {@code -Dfuzz.messages=1000000} sends more of them.
 */
@Timeout(3600)
class FuzzTest {
    private static final int MESSAGES = Integer.getInteger("fuzz.messages", 20_000);
    private static final int PER_CONNECTION = 200;
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final String IDN = "Agilent Technologies,81160A,";
    private static final List<String> SCPI = List.of("*IDN?", "*RST;*CLS", ":PULS:WIDT1 600NS", ":VOLT1:HIGH 0.9",
            ":OUTP1 ON;:OUTP2 ON", ":SYST:ERR?", "*ESE 255;*SRE 32", ":ARM:SOUR1 EXT;:ARM:SENS1 EDGE", "*STB?;*ESR?",
            "*TRG", "*LRN?", ":PULS:DEL2 #15hello", ":VOLT1:HIGH?;LOW?", "*OPC?", ":FUNC1 'PULS'");

    /** Write one message in a protocol's form, given what a client means to say. */
    private interface Frame {
        byte[] of(SplittableRandom random, byte[] text);
    }

    private final Die die = SimBenchProvider.die(new BenchUri("sim", "hfox-16x16", Map.of("seed", "3")));
    private final Wiring wiring = new Wiring(die);
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final LanInstrument lan = new LanInstrument(generator, HOST, LanPorts.FREE, false);

    FuzzTest() {
        wiring.connect((Wiring.Source) generator);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        assertTrue(new String(generator.handle(ascii("*IDN?")), StandardCharsets.ISO_8859_1).startsWith(IDN));
        for (int i = 0; i < 100 && lan.connections() > 0; i++) {
            Thread.sleep(20);
        }
        assertEquals(0, lan.connections());
        lan.close();
        assertEquals(0, wiring.pulses());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Make what a client says: sound, mutated, or random. */
    private static byte[] text(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        return mutated(random, ascii(SCPI.get(random.nextInt(SCPI.size()))));
    }

    private static byte[] mutated(SplittableRandom random, byte[] sound) {
        byte[] bytes = sound.clone();
        for (int flips = random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 40)) : bytes;
    }

    /** Send messages over many connections, reading whatever comes back, each connection ended from this side. */
    private void fuzz(long seed, int port, List<byte[]> greeting, Frame frame) throws IOException {
        double[] before = IntStream.range(0, 256).mapToDouble(die::conductanceSiemens).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int sent = 0; sent < MESSAGES; sent += PER_CONNECTION) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, port), 5000);
                socket.setSoTimeout(5000);
                Thread drain = Thread.ofVirtual().start(() -> drain(socket));
                for (byte[] first : greeting) {
                    socket.getOutputStream().write(first);
                }
                send(socket, random, frame);
                socket.shutdownOutput();
                drain.join(5000);
                assertTrue(!drain.isAlive(), "the server did not end a connection that its client had ended");
            } catch (IOException _) {
                // the server may drop who breaks its protocol
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertArrayEquals(before, IntStream.range(0, 256).mapToDouble(die::conductanceSiemens).toArray());
    }

    private static void send(Socket socket, SplittableRandom random, Frame frame) throws IOException {
        // drawn before anything is sent, so that the same seed sends the same wherever the server hangs up
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < PER_CONNECTION; i++) {
            messages.add(frame.of(random, text(random)));
        }
        for (byte[] message : messages) {
            socket.getOutputStream().write(message);
        }
    }

    private static void drain(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[1 << 16];
            while (in.read(some) >= 0) {
                continue;
            }
        } catch (IOException _) {
            // the server has ended the connection, its right
        }
    }

    @Test
    void rawSocket() throws IOException {
        fuzz(1, lan.socket().port(), List.of(), (random, text) -> {
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            return line;
        });
    }

    @Test
    void vxi11() throws IOException {
        byte[] create = RpcServer.marked(RpcServer.call(1, Vxi11Server.CORE_PROGRAM, 1, 10).integer(1).bool(false)
                .integer(0).opaque(ascii("inst0")).bytes());
        fuzz(2, lan.vxi11().corePort(), List.of(create), FuzzTest::call);
    }

    /** A call on a link there may be, mostly sound; waits are kept short, since a client may ask for days. */
    private static byte[] call(SplittableRandom random, byte[] text) {
        int[] procedures = {10, 11, 11, 11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 25, 26, 99};
        int procedure = procedures[random.nextInt(procedures.length)];
        XdrWriter call = RpcServer.call(random.nextInt(), Vxi11Server.CORE_PROGRAM, 1, procedure);
        int link = 201 + random.nextInt(3) + random.nextInt(MESSAGES / PER_CONNECTION + 1);
        if (procedure == 10) {
            call.integer(1).bool(random.nextBoolean()).integer(1).opaque(ascii("inst0"));
        } else if (procedure == 11) {
            call.integer(link).integer(1).integer(1).integer(random.nextInt(256)).opaque(text);
        } else if (procedure == 12) {
            call.integer(link).integer(random.nextInt(2000)).integer(1).integer(1).integer(random.nextInt(256))
                    .integer('\n');
        } else {
            call.integer(link).integer(random.nextInt(2)).integer(random.nextInt(3)).integer(1).integer(0);
        }
        byte[] message = random.nextInt(10) == 0 ? mutated(random, call.bytes()) : call.bytes();
        return random.nextInt(500) == 0 ? mutated(random, RpcServer.marked(message)) : RpcServer.marked(message);
    }

    @Test
    void hislip() throws IOException {
        // the session's number is the server's choice; a second connection is opened by chance of guessing it
        byte[] initialize = new HislipMessage(HislipMessage.INITIALIZE, 0, 0x01007878, ascii("hislip0")).bytes();
        fuzz(3, lan.hislip().port(), List.of(initialize), FuzzTest::message);
    }

    @Test
    void hislipWithBothConnections() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        for (int sent = 0; sent < MESSAGES; sent += PER_CONNECTION) {
            try (Socket s = new Socket(HOST, lan.hislip().port()); Socket a = new Socket(HOST, lan.hislip().port())) {
                s.setSoTimeout(5000);
                a.setSoTimeout(5000);
                s.getOutputStream().write(
                        new HislipMessage(HislipMessage.INITIALIZE, 0, 0x01007878, ascii("hislip0")).bytes());
                int session = ByteBuffer.wrap(s.getInputStream().readNBytes(16)).getInt(4) & 0xffff;
                a.getOutputStream().write(new HislipMessage(HislipMessage.ASYNC_INITIALIZE, 0, session).bytes());
                assertEquals(16, a.getInputStream().readNBytes(16).length);
                Thread.ofVirtual().start(() -> drain(s));
                Thread.ofVirtual().start(() -> drain(a));
                for (int i = 0; i < PER_CONNECTION; i++) {
                    (random.nextInt(3) == 0 ? a : s).getOutputStream().write(message(random, text(random)));
                }
            } catch (IOException _) {
                // the server may drop who breaks its protocol
            }
        }
    }

    private static byte[] message(SplittableRandom random, byte[] text) {
        int type = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(26);
        int control = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(2);
        boolean fatal = type == HislipMessage.FATAL_ERROR;
        byte[] message = new HislipMessage(fatal ? HislipMessage.DATA_END : type, control, random.nextInt(200),
                random.nextBoolean() ? text : new byte[0]).bytes();
        return random.nextInt(300) == 0 ? mutated(random, message) : message;
    }

    @Test
    void portmapper() throws IOException {
        fuzz(5, lan.vxi11().portmapperPort(), List.of(), (random, text) -> {
            byte[] call = RpcServer.call(random.nextInt(), Portmapper.PROGRAM, 2, random.nextInt(6))
                    .integer(Vxi11Server.CORE_PROGRAM).integer(1).integer(6).integer(0).bytes();
            byte[] message = random.nextBoolean() ? mutated(random, call) : call;
            return random.nextInt(500) == 0 ? text : RpcServer.marked(message);
        });
    }
}
