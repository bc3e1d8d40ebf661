package org.memloop.sim.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.memloop.sim.instrument.EmulatedInstrument;

/**
 * Serve an emulated instrument on a raw TCP socket, as port 5025 of a real one: messages and answers end with a line
 * feed. There is no END, poll, clear or trigger here, and no lock; to hang up clears what a client has begun.
 */
public final class SocketServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int CHUNK_BYTES = 1 << 16;

    private final EmulatedInstrument instrument;
    private final TcpListener listener;

    /**
     * Serve on any free port of the loopback interface.
     *
     * @param instrument what answers
     */
    public SocketServer(EmulatedInstrument instrument) {
        this(instrument, new InetSocketAddress(LOOPBACK, 0));
    }

    /**
     * Serve at one address.
     *
     * @param instrument what answers
     * @param where the address, and the port or 0 for any that is free
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public SocketServer(EmulatedInstrument instrument, InetSocketAddress where) {
        this.instrument = instrument;
        listener = new TcpListener("SCPI socket", where, this::serve);
    }

    /** {@return the VISA resource name under which it is reached} */
    public String resource() {
        return "TCPIP0::" + listener.address().getHostAddress() + "::" + listener.port() + "::SOCKET";
    }

    /** {@return its port} */
    public int port() {
        return listener.port();
    }

    /** {@return how many clients are connected} */
    public int connections() {
        return listener.connections();
    }

    private void serve(Socket connection) throws IOException {
        try (Exchange exchange = new Exchange(instrument, () -> {})) {
            Conversation conversation = new Conversation(exchange, connection);
            Thread late = Thread.ofVirtual().name("SCPI socket, late answers").start(conversation::sendLate);
            try {
                conversation.run();
            } finally {
                late.interrupt();
                TcpListener.join(late);
            }
        }
    }

    /** Hold what one client and the instrument say. */
    private final class Conversation {
        private final Exchange exchange;
        private final Socket connection;
        private final MessageSplitter input = new MessageSplitter();

        Conversation(Exchange exchange, Socket connection) {
            this.exchange = exchange;
            this.connection = connection;
        }

        /** Carry out messages until the client hangs up, or sends one that is longer than any instrument takes. */
        void run() throws IOException {
            InputStream in = connection.getInputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = in.read(chunk); count >= 0 && !input.overrun(); count = in.read(chunk)) {
                List<byte[]> messages = input.accept(chunk, count, false);
                for (byte[] message : messages) {
                    exchange.run(message);
                    send();
                }
            }
        }

        /** Send what there is to say, each answer when its time has come. */
        private synchronized void send() throws IOException {
            OutputStream out = connection.getOutputStream();
            while (exchange.available()) {
                long patience = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
                Optional<Exchange.Part> part = exchange.read(CHUNK_BYTES, Optional.empty(), patience,
                        connection::isClosed);
                if (part.isEmpty()) {
                    return;
                }
                out.write(part.get().bytes());
                if (part.get().hangsUp()) {
                    connection.close();
                }
            }
        }

        /** Send what was asked for earlier and could not be answered at once. */
        void sendLate() {
            try {
                while (true) {
                    exchange.awaitReply();
                    send();
                }
            } catch (IOException | InterruptedException _) {
                // the connection is gone
            }
        }
    }

    /** Stop listening and end every connection. */
    @Override
    public void close() {
        listener.close();
    }
}
