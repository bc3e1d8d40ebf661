package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.link.wire.HislipMessage;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;

/** Use an emulated generator as HiSLIP lets clients use it: locks, service requests, interruption, errors. */
@Timeout(20)
class HislipServerTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

    private final HislipServer server = new HislipServer(
            new Agilent81160AEmulator(new Wiring(new Resistor(10e3))), new Locks(), HOST, 0);
    private final Client one = new Client();
    private final Client other = new Client();

    /** Hold the two connections of one client. */
    private final class Client {
        private final Line s = new Line();
        private final Line a = new Line();

        Client() {
            HislipMessage response = s.ask(HislipMessage.INITIALIZE, 0, 0x02007878, "hislip0");
            assertEquals(0x0100, response.parameter() >>> 16, "the smaller of both versions");
            a.ask(HislipMessage.ASYNC_INITIALIZE, 0, response.parameter() & 0xffff, "");
        }

        int lock(int control, int parameter, String key) {
            return a.ask(HislipMessage.ASYNC_LOCK, control, parameter, key).control();
        }
    }

    /** Hold one connection. */
    private final class Line {
        private final Socket socket;
        private final DataInputStream in;

        Line() {
            try {
                socket = new Socket(HOST, server.port());
                in = new DataInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void send(int type, int control, int parameter, String payload) {
            try {
                socket.getOutputStream().write(new HislipMessage(type, control, parameter,
                        payload.getBytes(StandardCharsets.US_ASCII)).bytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        HislipMessage next() {
            try {
                return HislipMessage.read(in);
            } catch (IOException | HislipMessage.Fatal | HislipMessage.Refused e) {
                throw new AssertionError(e);
            }
        }

        HislipMessage ask(int type, int control, int parameter, String payload) {
            send(type, control, parameter, payload);
            return next();
        }
    }

    @AfterEach
    void close() throws IOException {
        for (Line line : new Line[]{one.s, one.a, other.s, other.a}) {
            line.socket.close();
        }
        server.close();
    }

    @Test
    void anExclusiveLockKeepsOthersWaiting() {
        assertEquals(1, one.lock(1, 0, ""));
        assertEquals(3, one.lock(1, 0, ""), "it is held already");
        assertEquals(0, other.lock(1, 20, ""), "time-out");
        HislipMessage info = other.a.ask(HislipMessage.ASYNC_LOCK_INFO, 0, 0, "");
        assertEquals(1, info.control());
        assertEquals(1, info.parameter());
        other.s.send(HislipMessage.DATA_END, 0, 0xffffff00, "*IDN?\n");
        assertEquals(0, other.a.ask(HislipMessage.ASYNC_STATUS_QUERY, 0, 0xffffff00, "").control() & 16,
                "it waits, and status is told all the same");
        assertEquals(1, one.lock(0, 0xffffff00, ""));
        assertEquals(0xffffff00, other.s.next().parameter());
    }

    @Test
    void aSharedLockIsForThoseWhoKnowItsKey() {
        assertEquals(1, one.lock(1, 0, "key"));
        assertEquals(0, other.lock(1, 20, "another"));
        assertEquals(1, other.lock(1, 0, "key"));
        assertEquals(0, one.lock(1, 20, ""), "not alone");
        assertEquals(2, other.lock(0, 0, ""));
        assertEquals(1, one.lock(1, 0, ""));
        assertEquals(1, one.lock(0, 0, ""), "the exclusive one first");
        assertEquals(2, one.lock(0, 0, ""));
        assertEquals(3, one.lock(0, 0, ""));
    }

    @Test
    void aLockGoesWithItsHolder() throws IOException {
        assertEquals(1, one.lock(1, 0, ""));
        one.s.socket.close();
        assertEquals(1, other.lock(1, 10_000, ""));
    }

    @Test
    void serviceIsRequestedOnceUntilTheStatusIsAsked() {
        one.s.send(HislipMessage.DATA_END, 0, 0xffffff00, "*CLS;*ESE 32;*SRE 32;:NONSENSE");
        HislipMessage request = one.a.next();
        assertEquals(HislipMessage.ASYNC_SERVICE_REQUEST, request.type());
        assertEquals(64 + 32 + 4, request.control());
        assertEquals(64 + 32 + 4, one.a.ask(HislipMessage.ASYNC_STATUS_QUERY, 0, 0xffffff00, "").control());
        assertEquals(32 + 4, one.a.ask(HislipMessage.ASYNC_STATUS_QUERY, 0, 0xffffff00, "").control());
    }

    @Test
    void anUndeliveredResponseIsInterrupted() {
        assertEquals(HislipMessage.DATA_END, one.s.ask(HislipMessage.DATA_END, 0, 0xffffff00, "*IDN?").type());
        HislipMessage told = one.s.ask(HislipMessage.DATA_END, 0, 0xffffff02, "*STB?");
        assertEquals(HislipMessage.INTERRUPTED, told.type());
        assertEquals(HislipMessage.ASYNC_INTERRUPTED, one.a.next().type());
        assertEquals(0xffffff02, one.s.next().parameter());
    }

    @Test
    void aLongResponseComesInThePartsTheClientTakes() {
        one.a.send(HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE, 0, 0, "\0\0\0\0\0\0\0\u0064");
        assertEquals(HislipMessage.ASYNC_MAXIMUM_MESSAGE_SIZE_RESPONSE, one.a.next().type());
        one.s.send(HislipMessage.DATA_END, 0, 0xffffff00, "*IDN?;*IDN?;*IDN?");
        HislipMessage part = one.s.next();
        assertEquals(HislipMessage.DATA, part.type());
        assertEquals(100 - HislipMessage.HEADER_BYTES, part.payload().length);
        assertEquals(HislipMessage.DATA_END, one.s.next().type());
    }

    @Test
    void errorsAreToldByTheirNumbers() {
        assertEquals(1, one.s.ask(99, 0, 0, "").control(), "unrecognized type");
        assertEquals(3, one.a.ask(200, 0, 0, "").control(), "unrecognized vendor message");
        assertEquals(2, one.a.ask(HislipMessage.ASYNC_LOCK, 9, 0, "").control(), "unrecognized control code");
        HislipMessage fatal = new Line().ask(HislipMessage.DATA_END, 0, 0, "*IDN?");
        assertEquals(HislipMessage.FATAL_ERROR, fatal.type());
        assertEquals(2, fatal.control(), "used before both channels were there");
        assertEquals(3, new Line().ask(HislipMessage.INITIALIZE, 0, 0x01007878, "hislip9").control());
    }
}
