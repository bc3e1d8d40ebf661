package org.memloop.sim.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Have instruments on the loopback interface found: it has no broadcast address of its own, so that programs in search
 * of instruments (lxi-tools) ask 127.0.0.1 there. Each instrument answers from its own address.
 */
public final class LoopbackDiscovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackDiscovery.class);
    private static final InetSocketAddress WHERE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 111);
    private static final int DATAGRAM_BYTES_MAX = 1500;

    private final List<LanInstrument> instruments;
    private final DatagramSocket socket;
    private final Thread thread;

    /**
     * Listen from now on.
     *
     * @param instruments which are to be found
     * @throws java.io.UncheckedIOException when the port is taken, by a portmapper of this machine say, or not allowed
     */
    public LoopbackDiscovery(List<LanInstrument> instruments) {
        this.instruments = List.copyOf(instruments);
        try {
            socket = new DatagramSocket(WHERE);
        } catch (SocketException e) {
            throw TcpListener.refused("discovery on the loopback interface", WHERE, e);
        }
        thread = Thread.ofVirtual().name("loopback discovery").start(this::serve);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        while (!socket.isClosed()) {
            try {
                packet.setLength(DATAGRAM_BYTES_MAX);
                socket.receive(packet);
                byte[] call = Arrays.copyOf(packet.getData(), packet.getLength());
                for (LanInstrument instrument : instruments) {
                    instrument.vxi11().portmapper().answer(call, packet.getSocketAddress());
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.debug("loopback discovery: {}", e.getMessage());
                }
            }
        }
    }

    /** Stop listening. */
    @Override
    public void close() {
        socket.close();
        TcpListener.join(thread);
    }
}
