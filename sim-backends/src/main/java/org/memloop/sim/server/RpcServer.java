package org.memloop.sim.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serve remote procedures over TCP (ONC-RPC version 2 with record marking, RFC 5531), several programs at one port.
 *
 * <pre>
 *   record    { last-fragment bit | length: 31 bits | bytes }       one call or reply
 *   call      xid | 0 | 2 | program | version | procedure | credentials | verifier | arguments
 *   reply     xid | 1 | 0 | verifier: 0, 0 | accept_stat | results        or   xid | 1 | 1 | reject_stat | ...
 * </pre>
 */
final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final int CALLS_WAITING_MAX = 256;
    private static final int AHEAD_SECONDS = 10;
    private static final int RECORD_BYTES_MAX = 1 << 18;
    private static final int AUTHENTICATION_BYTES_MAX = 400;
    private static final int CALL = 0;
    private static final int REPLY = 1;
    private static final int RPC_VERSION = 2;
    private static final int SUCCESS = 0;
    private static final int PROGRAM_UNAVAILABLE = 1;
    private static final int PROGRAM_MISMATCH = 2;
    private static final int PROCEDURE_UNAVAILABLE = 3;
    private static final int GARBAGE_ARGUMENTS = 4;

    private final Function<Socket, RpcProgram> program;
    private final TcpListener listener;

    /**
     * Serve a program.
     *
     * @param name what is served, for messages
     * @param where address, and port or 0 for any that is free
     * @param program makes what one connection's client calls
     */
    RpcServer(String name, InetSocketAddress where, Function<Socket, RpcProgram> program) {
        this.program = program;
        listener = new TcpListener(name, where, this::serve);
    }

    int port() {
        return listener.port();
    }

    int connections() {
        return listener.connections();
    }

    /** Reads calls while another thread carries them out, so that a client's end is noticed while one of them waits. */
    private void serve(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
        BlockingQueue<byte[]> calls = new ArrayBlockingQueue<>(CALLS_WAITING_MAX);
        try (RpcProgram ofClient = program.apply(connection)) {
            Thread worker = Thread.ofVirtual().name(Thread.currentThread().getName() + ", calls")
                    .start(() -> work(ofClient, calls, connection));
            try {
                while (worker.isAlive()) {
                    byte[] call = record(in);
                    if (!calls.offer(call, AHEAD_SECONDS, TimeUnit.SECONDS)) {
                        throw new IOException("more than " + CALLS_WAITING_MAX + " calls wait for their turn");
                    }
                }
            } catch (EOFException | InterruptedException _) {
                // the client has hung up
            } finally {
                worker.interrupt();
                TcpListener.join(worker);
            }
        }
    }

    private static void work(RpcProgram program, BlockingQueue<byte[]> calls, Socket connection) {
        try (connection) {
            while (true) {
                Optional<byte[]> reply = answer(program, calls.take());
                if (reply.isPresent()) {
                    connection.getOutputStream().write(marked(reply.get()));
                }
            }
        } catch (InterruptedException | IOException e) {
            LOG.debug("a client's calls have ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a remote procedure failed", e);
        }
    }

    /** Join the fragments of a record; one that is too long ends the connection. */
    private static byte[] record(DataInputStream in) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        int mark;
        do {
            mark = in.readInt();
            int length = mark & Integer.MAX_VALUE;
            if (length + (long) record.size() > RECORD_BYTES_MAX) {
                throw new IOException("a record of more than " + RECORD_BYTES_MAX + " bytes");
            }
            byte[] fragment = in.readNBytes(length);
            if (fragment.length < length) {
                throw new EOFException();
            }
            record.writeBytes(fragment);
        } while (mark >= 0);
        return record.toByteArray();
    }

    /** Put the mark of a last fragment before a message. */
    static byte[] marked(byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length | Integer.MIN_VALUE).put(message).array();
    }

    /** Lay out a call without credentials. */
    static XdrWriter call(int xid, int program, int version, int procedure) {
        return new XdrWriter().integer(xid).integer(CALL).integer(RPC_VERSION).integer(program).integer(version)
                .integer(procedure).integer(0).integer(0).integer(0).integer(0);
    }

    /** Answer one message; empty when it is no call at all. */
    static Optional<byte[]> answer(RpcProgram program, byte[] message) throws IOException {
        XdrReader call = new XdrReader(message);
        int xid;
        try {
            xid = call.integer();
            if (call.integer() != CALL) {
                return Optional.empty();
            }
        } catch (XdrReader.Malformed _) {
            return Optional.empty();
        }
        XdrWriter accepted = new XdrWriter().integer(xid).integer(REPLY).integer(0).integer(0).integer(0);
        try {
            if (call.integer() != RPC_VERSION) {
                return Optional.of(new XdrWriter().integer(xid).integer(REPLY).integer(1).integer(0)
                        .integer(RPC_VERSION).integer(RPC_VERSION).bytes());
            }
            return Optional.of(run(program, call, accepted).bytes());
        } catch (XdrReader.Malformed _) {
            return Optional.of(accepted.integer(GARBAGE_ARGUMENTS).bytes());
        } catch (RpcProgram.ProcedureUnavailable _) {
            return Optional.of(accepted.integer(PROCEDURE_UNAVAILABLE).bytes());
        }
    }

    private static XdrWriter run(RpcProgram program, XdrReader call, XdrWriter accepted)
            throws XdrReader.Malformed, RpcProgram.ProcedureUnavailable, IOException {
        int number = call.integer();
        int version = call.integer();
        int procedure = call.integer();
        for (int i = 0; i < 2; i++) { // credentials and verifier, whatever their flavour
            call.integer();
            call.opaque(AUTHENTICATION_BYTES_MAX);
        }
        if (number != program.number()) {
            return accepted.integer(PROGRAM_UNAVAILABLE);
        }
        if (version != program.version()) {
            return accepted.integer(PROGRAM_MISMATCH).integer(program.version()).integer(program.version());
        }
        XdrWriter results = procedure == 0 ? new XdrWriter() : program.call(procedure, call);
        return accepted.integer(SUCCESS).encoded(results.bytes());
    }

    @Override
    public void close() {
        listener.close();
    }
}
