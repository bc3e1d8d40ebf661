package org.memloop.link;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;

/** Ask an instrument's portmapper where its VXI-11 core channel is (RFC 1833, GETPORT). */
final class PortQuestion {
    private static final String ADVICE = "; is the instrument on and VXI-11 enabled?";
    private static final int REPLY_BYTES = 28;
    private static final int XID = 1;

    private PortQuestion() {}

    /**
     * Ask over TCP, and over UDP where nobody listens to TCP.
     *
     * @param resource who is asked, for messages
     * @return the port
     * @throws LinkException when there is no answer, or no VXI-11
     */
    static int ask(String resource, String host, Patience patience) {
        int port;
        try (RpcClient mapper = new RpcClient(
                new TcpConnection(resource, host, Vxi11.PORTMAPPER_PORT, patience.connectNanos(), ADVICE))) {
            XdrReader results = mapper.finish(
                    mapper.begin(Vxi11.PORTMAPPER, Vxi11.PORTMAPPER_VERSION, Vxi11.GETPORT).integer(Vxi11.CORE)
                            .integer(Vxi11.VERSION).integer(Vxi11.TCP).integer(0),
                    patience.operationNanos(), patience.operationNanos(), REPLY_BYTES);
            port = results.integer();
        } catch (LinkException e) {
            if (!(e.getCause() instanceof java.net.ConnectException)) {
                throw e;
            }
            port = overUdp(resource, host, e);
        } catch (XdrReader.Malformed e) {
            throw new LinkException(resource, "GETPORT", "answered with a message that " + e.getMessage(), e);
        }
        if (port < 1 || port > 65535) {
            throw new LinkException(resource, "GETPORT",
                    "the portmapper answers port " + port + ", so there is no VXI-11; try HiSLIP or a raw socket",
                    null);
        }
        return port;
    }

    private static int overUdp(String resource, String host, LinkException refused) {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] question = Vxi11.portQuestion(XID, Vxi11.CORE);
            socket.send(new DatagramPacket(question, question.length, InetAddress.getByName(host),
                    Vxi11.PORTMAPPER_PORT));
            socket.setSoTimeout((int) (Patience.GRACE_NANOS / 1_000_000));
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            socket.receive(packet);
            return port(Arrays.copyOf(packet.getData(), packet.getLength()), XID);
        } catch (SocketTimeoutException _) {
            throw refused;
        } catch (IOException | RpcMessage.Refused | XdrReader.Malformed e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /** {@return the port that a reply tells, 0 for none} */
    static int port(byte[] reply, int xid) throws RpcMessage.Refused, XdrReader.Malformed {
        XdrReader in = new XdrReader(reply);
        if (in.integer() != xid || in.integer() != RpcMessage.REPLY) {
            return 0;
        }
        return RpcMessage.results(in).integer();
    }
}
