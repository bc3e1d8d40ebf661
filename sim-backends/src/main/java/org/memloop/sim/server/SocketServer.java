package org.memloop.sim.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Reply;
import org.memloop.sim.instrument.Session;

/**
 * Serve an emulated instrument on a raw TCP socket of the loopback interface, as port 5025 of a real one: messages and
 * answers end with a line feed. Every connection has a virtual thread of its own.
 */
public final class SocketServer implements AutoCloseable {
    private final EmulatedInstrument instrument;
    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /**
     * Serve on any free port.
     *
     * @param instrument what answers
     */
    public SocketServer(EmulatedInstrument instrument) {
        this(instrument, 0);
    }

    /**
     * Serve on one port.
     *
     * @param instrument what answers
     * @param port the port, 0 for any that is free
     * @throws UncheckedIOException when the port is taken
     */
    public SocketServer(EmulatedInstrument instrument, int port) {
        this.instrument = instrument;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve on 127.0.0.1 port " + port + ": " + e.getMessage(), e);
        }
        Thread.ofVirtual().name("scpi-listener-" + listener.getLocalPort()).start(this::listen);
    }

    /** {@return the VISA resource name under which it is reached} */
    public String resource() {
        return "TCPIP0::127.0.0.1::" + listener.getLocalPort() + "::SOCKET";
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                connections.add(connection);
                if (listener.isClosed()) {
                    connection.close();
                }
                Thread.ofVirtual().name("scpi-connection").start(() -> serve(connection));
            }
        } catch (IOException _) {
            // closed: the listener's work is done
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            MessageReader messages = new MessageReader(connection.getInputStream());
            Semaphore ready = new Semaphore(0);
            try (Session session = instrument.open(signal(ready))) {
                Thread late = Thread.ofVirtual().name("scpi-late-answers")
                        .start(() -> sendLate(session, ready, connection));
                for (Optional<byte[]> message = messages.next(); message.isPresent(); message = messages.next()) {
                    session.write(message.get());
                    send(session, connection);
                }
                late.interrupt();
            }
        } catch (IOException _) {
            // the client is gone, or the server is closing
        } finally {
            connections.remove(connection);
        }
    }

    private static Session.Listener signal(Semaphore ready) {
        return new Session.Listener() {
            @Override
            public void onReply() {
                ready.release();
            }
        };
    }

    /** Send what was asked for earlier and could not be answered at once. */
    private static void sendLate(Session session, Semaphore ready, Socket connection) {
        try {
            while (true) {
                ready.acquire();
                send(session, connection);
            }
        } catch (IOException | InterruptedException _) {
            // the connection is gone
        }
    }

    private static void send(Session session, Socket connection) throws IOException {
        synchronized (session) {
            while (session.available()) {
                Reply reply = session.read();
                LockSupport.parkNanos((long) (reply.delaySeconds() * 1e9));
                connection.getOutputStream().write(reply.bytes());
                if (reply.hangsUp()) {
                    connection.close();
                }
            }
        }
    }

    /** Stop listening and end every connection. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + resource() + ": " + e.getMessage(), e);
        }
    }
}
