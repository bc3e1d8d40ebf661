package org.memloop.link.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;

/** Ask every network of this computer, by broadcast, who has a VXI-11 core channel (GETPORT, RFC 1833). */
final class Vxi11Broadcast {
    private static final int XID = 0x6d6c;
    private static final int DATAGRAM_BYTES_MAX = 1500;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /** Hold where to ask, and from which of this computer's addresses. */
    record Network(InetAddress own, List<InetAddress> targets) {}

    private Vxi11Broadcast() {}

    /** {@return the IPv4 networks of this computer; the loopback interface is asked as lxi-tools asks it} */
    static List<Network> networks() throws IOException {
        List<Network> networks = new ArrayList<>();
        Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
        while (all != null && all.hasMoreElements()) {
            NetworkInterface one = all.nextElement();
            if (!one.isUp()) {
                continue;
            }
            for (InterfaceAddress address : one.getInterfaceAddresses()) {
                if (address.getAddress() instanceof Inet4Address own) {
                    if (own.isLoopbackAddress()) {
                        networks.add(new Network(own,
                                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.255.255.255"))));
                    } else if (address.getBroadcast() != null) {
                        networks.add(new Network(own, List.of(address.getBroadcast())));
                    }
                }
            }
        }
        return networks;
    }

    /**
     * Ask one network and wait for answers.
     *
     * @param network which
     * @param deadline until when to wait, on the clock of {@link System#nanoTime()}
     * @return the addresses of those who have VXI-11
     */
    static Set<String> ask(Network network, long deadline) throws IOException {
        Set<String> addresses = new TreeSet<>();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(network.own(), 0))) {
            socket.setBroadcast(true);
            long again = System.nanoTime();
            byte[] question = Vxi11.portQuestion(XID, Vxi11.CORE);
            int asked = 0;
            DatagramPacket answer = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
            while (System.nanoTime() - deadline < 0) {
                if (asked < 2 && System.nanoTime() - again >= 0) { // a datagram may be lost
                    send(socket, question, network.targets());
                    asked++;
                    again = System.nanoTime() + AGAIN_NANOS;
                }
                long until = asked < 2 && again - deadline < 0 ? again : deadline;
                socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
                try {
                    answer.setLength(DATAGRAM_BYTES_MAX);
                    socket.receive(answer);
                    if (tellsPort(Arrays.copyOf(answer.getData(), answer.getLength()))) {
                        addresses.add(answer.getAddress().getHostAddress());
                    }
                } catch (SocketTimeoutException _) {
                    // on with asking again, or done
                }
            }
        }
        return addresses;
    }

    private static void send(DatagramSocket socket, byte[] question, List<InetAddress> targets) {
        for (InetAddress target : targets) {
            try {
                socket.send(new DatagramPacket(question, question.length, target, Vxi11.PORTMAPPER_PORT));
            } catch (IOException _) {
                // nobody listens there, or the network does not let one ask; others may
            }
        }
    }

    private static boolean tellsPort(byte[] answer) {
        XdrReader in = new XdrReader(answer);
        try {
            return in.integer() == XID && in.integer() == RpcMessage.REPLY && RpcMessage.results(in).integer() > 0;
        } catch (XdrReader.Malformed | RpcMessage.Refused _) {
            return false;
        }
    }
}
