package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.LinkException;

@Timeout(10)
class SocketLinkTest {
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private static ServerSocket listener() throws Exception {
        return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static ResourceName.Socket name(int port) {
        return new ResourceName.Socket(0, "127.0.0.1", port);
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        try (ServerSocket listener = listener();
                SocketLink link = new SocketLink(name(listener.getLocalPort()));
                Socket there = listener.accept()) {
            link.write(new byte[]{1, 2, 3});
            assertArrayEquals(new byte[]{1, 2, 3}, there.getInputStream().readNBytes(3));
            there.getOutputStream().write(new byte[]{9, 8});
            byte[] into = new byte[8];
            int count = link.read(into, 1, 7, SHORT_NANOS);
            assertArrayEquals(Arrays.copyOf(new byte[]{0, 9, 8}, 1 + count), Arrays.copyOf(into, 1 + count));
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket listener = listener()) {
            port = listener.getLocalPort();
        }
        LinkException e = assertThrows(LinkException.class, () -> new SocketLink(name(port)));
        assertEquals("TCPIP0::127.0.0.1::" + port + "::SOCKET: cannot connect: connection refused; is the instrument on"
                + " and its SCPI socket enabled?", e.getMessage());
    }

    @Test
    void doesNotWaitLongerThanTold() throws Exception {
        try (ServerSocket listener = listener();
                SocketLink link = new SocketLink(name(listener.getLocalPort()));
                Socket _ = listener.accept()) {
            long start = System.nanoTime();
            LinkException e = assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, SHORT_NANOS));
            long took = System.nanoTime() - start;
            assertTrue(e.getMessage().endsWith("no answer within 0.150 s"), e.getMessage());
            assertTrue(took >= SHORT_NANOS && took < 10 * SHORT_NANOS, "took " + took);
        }
    }

    @Test
    void doesNotHangOnAnInstrumentThatTakesNothing() throws Exception {
        try (ServerSocket listener = listener();
                SocketLink link = new SocketLink(name(listener.getLocalPort()), new Patience(SHORT_NANOS, SHORT_NANOS));
                Socket _ = listener.accept()) {
            LinkException e = assertThrows(LinkException.class, () -> link.write(new byte[1 << 24]));
            assertTrue(e.getMessage().contains("did not take 16777216 bytes within 0.150 s"), e.getMessage());
        }
    }

    @Test
    void noticesThatTheInstrumentWentAway() throws Exception {
        try (ServerSocket listener = listener();
                SocketLink link = new SocketLink(name(listener.getLocalPort()))) {
            listener.accept().close();
            LinkException e = assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, SHORT_NANOS));
            assertTrue(e.getMessage().contains("closed the connection"), e.getMessage());
        }
    }

    @Test
    void answersAnInterrupt() throws Exception {
        try (ServerSocket listener = listener();
                SocketLink link = new SocketLink(name(listener.getLocalPort()));
                Socket there = listener.accept()) {
            Thread.currentThread().interrupt();
            LinkException e = assertThrows(LinkException.class,
                    () -> link.read(new byte[1], 0, 1, TimeUnit.SECONDS.toNanos(5)));
            assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
            link.write(new byte[]{7}); // an output must still be switched off
            assertTrue(Thread.interrupted(), "the interrupt is kept");
            assertEquals(7, there.getInputStream().read());
        }
    }

    @Test
    void isClosedOnceAndForAll() throws Exception {
        try (ServerSocket listener = listener()) {
            SocketLink link = new SocketLink(name(listener.getLocalPort()));
            link.close();
            link.close();
            LinkException e = assertThrows(LinkException.class, () -> link.write(new byte[1]));
            assertTrue(e.getMessage().endsWith("the link is closed"), e.getMessage());
            assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, SHORT_NANOS));
        }
    }
}
