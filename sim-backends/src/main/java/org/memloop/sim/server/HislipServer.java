package org.memloop.sim.server;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.HislipMessage.Fatal;
import org.memloop.link.wire.HislipMessage.Refused;
import org.memloop.sim.instrument.EmulatedInstrument;

/**
 * Serve an emulated instrument by HiSLIP 1.0 in synchronized mode (IVI-6.1). A client opens two connections, the second
 * of which names the session that the first was given.
 *
 * <pre>
 *   synchronous     Initialize    Data, DataEnd, Trigger: messages and responses
 *   asynchronous    AsyncInitialize    locks, status, service requests, device clear, remote and local
 * </pre>
 */
public final class HislipServer implements AutoCloseable {
    /** The name of the only device. */
    static final String DEVICE = "hislip0";

    private static final int VERSION = 0x0100;
    private static final int VENDOR = 0x5858;
    private static final int SESSIONS_MAX = 16;

    private final EmulatedInstrument instrument;
    private final Locks locks;
    private final Map<Integer, HislipSession> sessions = new ConcurrentHashMap<>();
    private final TcpListener listener;
    private int lastSession;

    /** Serve from now on. */
    HislipServer(EmulatedInstrument instrument, Locks locks, InetAddress address, int port) {
        this.instrument = instrument;
        this.locks = locks;
        listener = new TcpListener("HiSLIP", new InetSocketAddress(address, port), this::serve);
    }

    /** {@return its port} */
    public int port() {
        return listener.port();
    }

    /** {@return how many clients are connected} */
    public int connections() {
        return sessions.size();
    }

    private void serve(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
        HislipLine line = new HislipLine(connection, in);
        try {
            HislipMessage first = HislipMessage.read(in);
            switch (first.type()) {
                case HislipMessage.INITIALIZE -> synchronous(first, line);
                case HislipMessage.ASYNC_INITIALIZE -> asynchronous(first, line);
                case HislipMessage.DATA, HislipMessage.DATA_END, HislipMessage.TRIGGER -> throw new Fatal(
                        Fatal.NOT_ESTABLISHED, "both connections have to be initialized first");
                default -> throw new Fatal(Fatal.INVALID_INITIALIZATION, "a connection begins with Initialize");
            }
        } catch (Fatal e) {
            line.send(e.message());
        } catch (Refused e) {
            line.send(e.message());
        }
    }

    private void synchronous(HislipMessage first, HislipLine line) throws IOException, Fatal {
        String device = new String(first.payload(), StandardCharsets.US_ASCII);
        if (!device.isEmpty() && !device.equalsIgnoreCase(DEVICE)) {
            throw new Fatal(Fatal.INVALID_INITIALIZATION, "there is no device but " + DEVICE);
        }
        HislipSession session = open(line);
        try {
            int version = Math.min(VERSION, first.parameter() >>> 16);
            line.send(new HislipMessage(HislipMessage.INITIALIZE_RESPONSE, 0, version << 16 | session.id()));
            session.serveSynchronous();
        } finally {
            sessions.remove(session.id());
            session.close();
        }
    }

    private synchronized HislipSession open(HislipLine line) throws Fatal {
        if (sessions.size() == SESSIONS_MAX) {
            throw new Fatal(Fatal.MAXIMUM_CLIENTS, "at most " + SESSIONS_MAX + " clients at a time");
        }
        do {
            lastSession = lastSession % 0xffff + 1;
        } while (sessions.containsKey(lastSession));
        HislipSession session = new HislipSession(lastSession, instrument, locks, line);
        sessions.put(lastSession, session);
        return session;
    }

    private void asynchronous(HislipMessage first, HislipLine line) throws IOException, Fatal {
        HislipSession session = Optional.ofNullable(sessions.get(first.parameter())).orElseThrow(
                () -> new Fatal(Fatal.INVALID_INITIALIZATION, "there is no session " + first.parameter()));
        session.serveAsynchronous(line, new HislipMessage(HislipMessage.ASYNC_INITIALIZE_RESPONSE, 0, VENDOR));
    }

    /** Stop serving. */
    @Override
    public void close() {
        sessions.values().forEach(HislipSession::stop);
        listener.close();
    }
}
