package org.memloop.sim.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accept TCP connections and serve each from a virtual thread of its own, up to a number that bounds what they cost. */
final class TcpListener implements AutoCloseable {
    static final int CONNECTIONS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final long STOP_MILLIS = 2000;

    /** Serve one connection until its end; it is closed afterwards. */
    interface Service {
        void serve(Socket connection) throws IOException;
    }

    private final String name;
    private final Service service;
    private final ServerSocket listener;
    private final Map<Thread, Socket> connections = new ConcurrentHashMap<>();
    private final Thread thread;

    /**
     * Listen from now on.
     *
     * @param name what is served, for threads and messages
     * @param where address, and port or 0 for any that is free
     * @throws UncheckedIOException when the address is not this machine's or the port is taken or not allowed
     */
    TcpListener(String name, InetSocketAddress where, Service service) {
        this.name = name;
        this.service = service;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(where);
        } catch (IOException e) {
            throw refused(name, where, e);
        }
        thread = Thread.ofVirtual().name(name + " listener on " + listener.getLocalPort()).start(this::listen);
    }

    /** Say what to do about a port that cannot be had. */
    static UncheckedIOException refused(String name, InetSocketAddress where, IOException e) {
        boolean privileged = where.getPort() > 0 && where.getPort() < 1024;
        return new UncheckedIOException(new IOException("cannot serve " + name + " on "
                + where.getAddress().getHostAddress() + " port " + where.getPort() + ": " + e.getMessage()
                + (privileged
                        ? "; ports below 1024 need root or CAP_NET_BIND_SERVICE"
                        : "; choose another port, or 0 for one that is free"),
                e));
    }

    int port() {
        return listener.getLocalPort();
    }

    InetAddress address() {
        return listener.getInetAddress();
    }

    int connections() {
        return connections.size();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                if (connections.size() >= CONNECTIONS_MAX) {
                    connection.close();
                    continue;
                }
                Thread client = Thread.ofVirtual().name(name + " connection").unstarted(() -> serve(connection));
                connections.put(client, connection);
                client.start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("{} on port {} could not accept a connection: {}", name, port(), e.getMessage());
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (!listener.isClosed()) {
                connection.setTcpNoDelay(true);
                service.serve(connection);
            }
        } catch (SocketException _) {
            // the client is gone, or this server is closing
        } catch (IOException e) {
            LOG.debug("{} connection ended: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a connection of {} failed", name, e);
        } finally {
            connections.remove(Thread.currentThread());
        }
    }

    /** Stop listening, end every connection, and wait until nobody serves any more. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections.values()) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name + " on port " + port() + ": " + e.getMessage(), e);
        }
        join(thread);
        connections.keySet().forEach(TcpListener::join);
    }

    /** Wait for a thread, but not for ever, nor for oneself. */
    static void join(Thread other) {
        if (other == Thread.currentThread()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!other.join(java.time.Duration.ofMillis(STOP_MILLIS))) {
                LOG.warn("{} did not stop within {} s", other.getName(), TimeUnit.MILLISECONDS.toSeconds(STOP_MILLIS));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
