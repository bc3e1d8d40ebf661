package org.memloop.sim.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;

/**
 * Tell clients at which port a program is (portmapper version 2, RFC 1833), over TCP and UDP. A real one is at port 111.
 *
 * <p>Calls that are broadcast, as clients in search of instruments do, are answered from the instrument's own address,
 * since that is where they look for it next. Ports are entered by this program alone, not by calls.
 */
final class Portmapper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Portmapper.class);
    private static final int SET = 1;
    private static final int UNSET = 2;
    private static final int DUMP = 4;
    private static final int DATAGRAM_BYTES_MAX = 1500;
    private static final InetAddress LOOPBACK_BROADCAST = InetAddress.ofLiteral("127.255.255.255");

    private final InetAddress address;
    private final Map<Integer, Integer> ports;
    private final RpcServer tcp;
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Serve from now on.
     *
     * @param where address, and port or 0 for any that is free
     * @param ports TCP ports of programs of version 1, by program number
     */
    Portmapper(InetSocketAddress where, Map<Integer, Integer> ports) {
        this.address = where.getAddress();
        this.ports = new TreeMap<>(ports);
        tcp = new RpcServer("portmapper", where, _ -> new Program());
        try {
            listen(address, false);
            for (InetAddress broadcast : broadcasts()) {
                listen(broadcast, true);
            }
        } catch (SocketException e) {
            close();
            throw TcpListener.refused("portmapper (UDP)", where, e);
        }
    }

    int port() {
        return tcp.port();
    }

    private void listen(InetAddress at, boolean shared) throws SocketException {
        DatagramSocket socket = new DatagramSocket(null);
        sockets.add(socket);
        // several laboratories, or instruments, hear the same broadcasts
        socket.setReuseAddress(shared);
        socket.bind(new InetSocketAddress(at, port()));
        threads.add(Thread.ofVirtual().name("portmapper on UDP " + at.getHostAddress())
                .start(() -> serve(socket)));
    }

    /** Where broadcasts that mean this machine's address go; Linux alone lets one listen there. */
    private List<InetAddress> broadcasts() throws SocketException {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return List.of();
        }
        if (address.isLoopbackAddress()) {
            return List.of(LOOPBACK_BROADCAST);
        }
        NetworkInterface network = NetworkInterface.getByInetAddress(address);
        return network == null
                ? List.of()
                : network.getInterfaceAddresses().stream().filter(a -> a.getAddress().equals(address))
                        .map(InterfaceAddress::getBroadcast).filter(Objects::nonNull).toList();
    }

    private void serve(DatagramSocket asked) {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        while (!asked.isClosed()) {
            try {
                packet.setLength(DATAGRAM_BYTES_MAX);
                asked.receive(packet);
                answer(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
            } catch (IOException e) {
                if (!asked.isClosed()) {
                    LOG.debug("portmapper: {}", e.getMessage()); // an answer nobody can be sent
                }
            }
        }
    }

    /** Answer a datagram from the instrument's own address, wherever it was sent to. */
    void answer(byte[] call, SocketAddress client) throws IOException {
        Optional<byte[]> answer = RpcServer.answer(new Program(), call);
        if (answer.isPresent()) {
            sockets.getFirst().send(new DatagramPacket(answer.get(), answer.get().length, client));
        }
    }

    /** Answer calls; every client sees the same. */
    private final class Program implements RpcProgram {
        @Override
        public int number() {
            return Vxi11.PORTMAPPER;
        }

        @Override
        public int version() {
            return Vxi11.PORTMAPPER_VERSION;
        }

        @Override
        public XdrWriter call(int procedure, XdrReader arguments) throws ProcedureUnavailable, XdrReader.Malformed {
            return switch (procedure) {
                case SET, UNSET -> new XdrWriter().bool(false);
                case Vxi11.GETPORT -> new XdrWriter().integer(portOf(arguments));
                case DUMP -> dump();
                default -> throw new ProcedureUnavailable(procedure);
            };
        }
    }

    /** A mapping is program | version | protocol | port; the port of a question means nothing. */
    private int portOf(XdrReader mapping) throws XdrReader.Malformed {
        int program = mapping.integer();
        int version = mapping.integer();
        int protocol = mapping.integer();
        mapping.integer();
        if (program == Vxi11.PORTMAPPER && version == Vxi11.PORTMAPPER_VERSION
                && (protocol == Vxi11.TCP || protocol == Vxi11.UDP)) {
            return port();
        }
        return version == 1 && protocol == Vxi11.TCP ? ports.getOrDefault(program, 0) : 0;
    }

    /** A list in XDR: each entry follows a 1, the end is a 0. */
    private XdrWriter dump() {
        XdrWriter list = new XdrWriter();
        for (int protocol : new int[]{Vxi11.TCP, Vxi11.UDP}) {
            list.integer(1).integer(Vxi11.PORTMAPPER).integer(Vxi11.PORTMAPPER_VERSION).integer(protocol)
                    .integer(port());
        }
        ports.forEach((program, port) -> list.integer(1).integer(program).integer(1).integer(Vxi11.TCP).integer(port));
        return list.integer(0);
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
        tcp.close();
        threads.forEach(TcpListener::join);
    }
}
