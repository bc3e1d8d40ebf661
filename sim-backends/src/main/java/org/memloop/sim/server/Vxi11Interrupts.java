package org.memloop.sim.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;

/**
 * Tell a client that an instrument requests service, by a call in the other direction (VXI-11, B.6.13 to B.6.15). Nobody
 * answers that call.
 */
final class Vxi11Interrupts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Vxi11Interrupts.class);
    private static final int CONNECT_MILLIS = 2000;
    private static final int WAITING_MAX = 256;
    private static final int TCP = 0;
    private static final int UDP = 1;

    /** Send one call. */
    private interface Line extends AutoCloseable {
        void send(byte[] call) throws IOException;

        @Override
        void close() throws IOException;
    }

    private record Channel(Line line, int program, int version, Thread sender) {}

    private final InetAddress client;
    private final Map<Integer, byte[]> handles = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private Optional<Channel> channel = Optional.empty();

    /**
     * Get ready for one client.
     *
     * @param client its address, the only one that will be called
     */
    Vxi11Interrupts(InetAddress client) {
        this.client = client;
    }

    /** Carry out create_intr_chan. */
    void connect(XdrReader in) throws XdrReader.Malformed, Vxi11Error {
        InetAddress host = address(in.integer());
        long port = in.unsigned();
        int program = in.integer();
        int version = in.integer();
        int family = in.integer();
        if (channel.isPresent()) {
            throw new Vxi11Error(Vxi11.CHANNEL_ESTABLISHED);
        }
        if (port < 1 || port > 65535 || family != TCP && family != UDP) {
            throw new Vxi11Error(Vxi11.PARAMETER);
        }
        if (!host.equals(client) && !(host.isLoopbackAddress() && client.isLoopbackAddress())) {
            throw new Vxi11Error(Vxi11.INVALID_ADDRESS);
        }
        try {
            InetSocketAddress where = new InetSocketAddress(host, (int) port);
            Line line = family == TCP ? stream(where) : datagrams(where);
            channel = Optional.of(new Channel(line, program, version,
                    Thread.ofVirtual().name("VXI-11 service requests").start(() -> send(line, program, version))));
        } catch (IOException _) {
            throw new Vxi11Error(Vxi11.CHANNEL_NOT_ESTABLISHED);
        }
    }

    private static InetAddress address(int ipv4) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(ipv4).array());
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an IPv4 address", e);
        }
    }

    private static Line stream(InetSocketAddress where) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(where, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new Line() {
            @Override
            public void send(byte[] call) throws IOException {
                socket.getOutputStream().write(RpcMessage.marked(call));
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    private static Line datagrams(InetSocketAddress where) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        return new Line() {
            @Override
            public void send(byte[] call) throws IOException {
                socket.send(new DatagramPacket(call, call.length, where));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private void send(Line line, int program, int version) {
        try {
            for (int xid = 1;; xid++) {
                line.send(RpcMessage.call(xid, program, version, Vxi11.DEVICE_INTR_SRQ).opaque(waiting.take()).bytes());
            }
        } catch (IOException e) {
            LOG.debug("a client takes no service requests any more: {}", e.getMessage());
        } catch (InterruptedException _) {
            // the channel is closed
        }
    }

    /** Carry out destroy_intr_chan. */
    void disconnect() throws Vxi11Error {
        if (channel.isEmpty()) {
            throw new Vxi11Error(Vxi11.CHANNEL_NOT_ESTABLISHED);
        }
        close();
    }

    /** Carry out device_enable_srq. */
    void enable(int link, boolean enable, byte[] handle) throws Vxi11Error {
        if (enable && channel.isEmpty()) {
            throw new Vxi11Error(Vxi11.CHANNEL_NOT_ESTABLISHED);
        }
        if (enable) {
            handles.put(link, handle);
        } else {
            handles.remove(link);
        }
    }

    /** Tell the client, if it wants to know, that the instrument requests service. Returns at once. */
    void request(int link) {
        Optional.ofNullable(handles.get(link)).ifPresent(waiting::offer);
    }

    void forget(int link) {
        handles.remove(link);
    }

    @Override
    public void close() {
        handles.clear();
        channel.ifPresent(open -> {
            open.sender().interrupt();
            try {
                open.line().close();
            } catch (IOException e) {
                LOG.debug("a channel for service requests did not close: {}", e.getMessage());
            }
            TcpListener.join(open.sender());
        });
        channel = Optional.empty();
        waiting.clear();
    }
}
