package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;

/** Call an emulated generator as VXI-11 lets clients call: locks, status, aborts, service requests. */
@Timeout(20)
class Vxi11ServerTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final int END = 8;

    private final Vxi11Server server = new Vxi11Server(new Agilent81160AEmulator(new Wiring(new Resistor(10e3))),
            new Locks(), HOST, Vxi11Server.Ports.FREE);
    private final Client one = new Client();
    private final Client other = new Client();

    /** Call over one connection and read the results. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final int link;

        Client() {
            try {
                socket = new Socket(HOST, server.corePort());
                in = new DataInputStream(socket.getInputStream());
                XdrReader created = call(10, new XdrWriter().integer(7).bool(false).integer(0).opaque(ascii("inst0")));
                assertEquals(0, created.integer());
                link = created.integer();
            } catch (IOException | XdrReader.Malformed e) {
                throw new AssertionError(e);
            }
        }

        XdrReader call(int procedure, XdrWriter arguments) throws IOException {
            socket.getOutputStream().write(RpcMessage.marked(
                    RpcMessage.call(9, Vxi11.CORE, 1, procedure).encoded(arguments.bytes()).bytes()));
            byte[] reply = in.readNBytes(in.readInt() & Integer.MAX_VALUE);
            return new XdrReader(Arrays.copyOfRange(reply, 24, reply.length));
        }

        int error(int procedure, XdrWriter arguments) throws Exception {
            return call(procedure, arguments).integer();
        }

        XdrWriter generic() {
            return new XdrWriter().integer(link).integer(0).integer(0).integer(0);
        }

        int write(String text, int flags) throws Exception {
            return error(11, new XdrWriter().integer(link).integer(1000).integer(0).integer(flags).opaque(ascii(text)));
        }

        XdrReader read(int bytesMax, int ioMillis) throws Exception {
            return call(12, new XdrWriter().integer(link).integer(bytesMax).integer(ioMillis).integer(0).integer(0)
                    .integer(0));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
        server.close();
    }

    @Test
    void aMessageMayComeAndGoInParts() throws Exception {
        assertEquals(0, one.write("*ID", 0));
        assertEquals(0, one.write("N?", END));
        XdrReader part = one.read(7, 1000);
        assertEquals(0, part.integer());
        assertEquals(1, part.integer(), "the size asked for was reached");
        assertArrayEquals(ascii("Agilent"), part.opaque(100));
        XdrReader rest = one.read(1000, 1000);
        assertEquals(0, rest.integer());
        assertEquals(4, rest.integer(), "END");
        assertEquals(" Technologies,81160A,MY00000001,1.0.3.0-2.6\n", rest.text(100));
    }

    @Test
    void aLockKeepsOthersOutUntilItsHolderHangsUp() throws Exception {
        assertEquals(Vxi11.NO_LOCK_HELD, one.error(19, new XdrWriter().integer(one.link)));
        assertEquals(0, one.error(18, new XdrWriter().integer(one.link).integer(0).integer(0)));
        assertEquals(Vxi11.LOCKED, other.write("*IDN?", END));
        assertEquals(Vxi11.LOCKED, other.error(13, other.generic()));
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return other.error(18, new XdrWriter().integer(other.link).integer(1).integer(15_000));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        one.close();
        assertEquals(0, waiting.get());
        assertEquals(0, other.write("*IDN?", END));
    }

    @Test
    void aWaitingReadIsAborted() throws Exception {
        CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return one.read(100, 15_000).integer();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        try (Socket abort = new Socket(HOST, server.abortPort())) {
            DataInputStream in = new DataInputStream(abort.getInputStream());
            while (!waiting.isDone()) { // until the read has begun, there is nothing to abort
                abort.getOutputStream().write(RpcMessage.marked(
                        RpcMessage.call(1, Vxi11.ASYNC, 1, 1).integer(one.link).bytes()));
                in.readNBytes(4 + 24 + 4);
                Thread.sleep(10);
            }
        }
        assertEquals(Vxi11.ABORTED, waiting.get());
    }

    @Test
    void aReadOfNothingTimesOutAndIsNoted() throws Exception {
        assertEquals(Vxi11.TIMED_OUT, one.read(100, 20).integer());
        assertEquals(0, one.write(":SYST:ERR?", END));
        XdrReader error = one.read(100, 1000);
        error.integer();
        error.integer();
        assertTrue(error.text(100).startsWith("-420,"));
    }

    @Test
    void serviceIsRequestedOverTheInterruptChannel() throws Exception {
        byte[] handle = {1, 2, 3, 4, 5};
        XdrWriter enable = new XdrWriter().integer(one.link).bool(true).opaque(handle);
        assertEquals(Vxi11.CHANNEL_NOT_ESTABLISHED, one.error(20, enable));
        try (ServerSocket client = new ServerSocket(0, 1, HOST)) {
            XdrWriter channel = new XdrWriter().integer(0x7f000001).integer(client.getLocalPort()).integer(0x0607B1)
                    .integer(1).integer(0);
            assertEquals(0, one.error(25, channel));
            assertEquals(Vxi11.CHANNEL_ESTABLISHED, one.error(25, channel));
            assertEquals(0, one.error(20, enable));
            assertEquals(0, one.write("*CLS;*ESE 32;*SRE 32;:NONSENSE", END));
            try (Socket interrupts = client.accept()) {
                DataInputStream in = new DataInputStream(interrupts.getInputStream());
                byte[] call = in.readNBytes(in.readInt() & Integer.MAX_VALUE);
                assertEquals(30, ByteBuffer.wrap(call).getInt(20));
                assertArrayEquals(handle, new XdrReader(Arrays.copyOfRange(call, 40, call.length)).opaque(40));
            }
            XdrReader polled = one.call(13, one.generic());
            assertEquals(0, polled.integer());
            assertEquals(64 + 32 + 4, polled.integer());
            assertEquals(0, one.error(26, new XdrWriter()));
        }
    }

    @Test
    void nobodyElseIsCalled() throws Exception {
        assertEquals(Vxi11.INVALID_ADDRESS, one.error(25, new XdrWriter().integer(0xC0000201).integer(80)
                .integer(0x0607B1).integer(1).integer(0)));
    }

    @Test
    void whatAnInstrumentHasNotIsRefused() throws Exception {
        assertEquals(Vxi11.INVALID_LINK, one.error(13, other.generic()));
        assertEquals(Vxi11.NOT_SUPPORTED, one.error(22, new XdrWriter().integer(one.link)));
        assertEquals(Vxi11.NOT_ACCESSIBLE, one.error(10,
                new XdrWriter().integer(7).bool(false).integer(0).opaque(ascii("gpib0,12"))));
        assertEquals(0, one.error(15, one.generic()));
        assertEquals(0, one.error(23, new XdrWriter().integer(one.link)));
        assertEquals(Vxi11.INVALID_LINK, one.write("*CLS", END));
    }
}
