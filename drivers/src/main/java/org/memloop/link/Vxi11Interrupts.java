package org.memloop.link;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;

/**
 * Be called by an instrument that requests service (VXI-11, B.6.15): a program of one procedure, which nobody answers.
 * Some instruments send calls that are cut short; those count as well, since a poll tells what is true.
 */
final class Vxi11Interrupts implements AutoCloseable {
    private static final int RECORD_BYTES_MAX = 1 << 12;

    private final byte[] handle;
    private final Runnable listener;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /**
     * Wait for calls.
     *
     * @param address where the instrument reaches this computer
     * @param handle what the instrument was told to say
     * @param listener told of each request
     */
    Vxi11Interrupts(InetAddress address, byte[] handle, Runnable listener) {
        this.handle = handle.clone();
        this.listener = listener;
        try {
            server = new ServerSocket(0, 1, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("VXI-11 service requests on " + server.getLocalPort()).start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().name("VXI-11 service requests").start(() -> serve(connection));
            } catch (IOException _) {
                // closed, or a connection that broke at once
            }
        }
    }

    private void serve(Socket connection) {
        try (connection; DataInputStream in = new DataInputStream(connection.getInputStream())) {
            while (true) {
                int length = in.readInt() & ~RpcMessage.LAST_FRAGMENT;
                if (length > RECORD_BYTES_MAX) {
                    return;
                }
                byte[] call = in.readNBytes(length);
                if (concerns(call)) {
                    listener.run();
                }
            }
        } catch (IOException _) {
            // the instrument has hung up
        } finally {
            connections.remove(connection);
        }
    }

    private boolean concerns(byte[] call) {
        XdrReader in = new XdrReader(call);
        try {
            in.integer();
            if (in.integer() != RpcMessage.CALL || in.integer() != RpcMessage.RPC_VERSION
                    || in.integer() != Vxi11.INTERRUPT || in.integer() != Vxi11.VERSION
                    || in.integer() != Vxi11.DEVICE_INTR_SRQ) {
                return false;
            }
            for (int i = 0; i < 2; i++) {
                in.integer();
                in.opaque(RpcMessage.AUTHENTICATION_BYTES_MAX);
            }
            return Arrays.equals(handle, in.opaque(Vxi11.HANDLE_BYTES_MAX));
        } catch (XdrReader.Malformed _) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException _) {
            // it is being given up
        }
    }
}
