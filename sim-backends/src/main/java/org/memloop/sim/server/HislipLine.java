package org.memloop.sim.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

import org.memloop.link.wire.HislipMessage;

/** Hold one of the two connections of a HiSLIP client. Any thread may send; one receives. */
final class HislipLine {
    private final Socket socket;
    private final DataInputStream in;

    HislipLine(Socket socket, DataInputStream in) {
        this.socket = socket;
        this.in = in;
    }

    synchronized void send(HislipMessage message) throws IOException {
        socket.getOutputStream().write(message.bytes());
    }

    HislipMessage receive() throws IOException, HislipMessage.Fatal, HislipMessage.Refused {
        return HislipMessage.read(in);
    }

    /** {@return whether the client has sent more already} */
    boolean more() throws IOException {
        return in.available() > 0;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it was broken before
        }
    }
}
