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

import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;

/** Serve remote procedures over TCP (ONC-RPC version 2 with record marking, RFC 5531), several programs at one port. */
final class RpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
    private static final int CALLS_WAITING_MAX = 256;
    private static final int AHEAD_SECONDS = 10;
    private static final int RECORD_BYTES_MAX = 1 << 18;

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
                    connection.getOutputStream().write(RpcMessage.marked(reply.get()));
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

    /** Answer one message; empty when it is no call at all. */
    static Optional<byte[]> answer(RpcProgram program, byte[] message) throws IOException {
        XdrReader call = new XdrReader(message);
        int xid;
        try {
            xid = call.integer();
            if (call.integer() != RpcMessage.CALL) {
                return Optional.empty();
            }
        } catch (XdrReader.Malformed _) {
            return Optional.empty();
        }
        XdrWriter accepted = RpcMessage.accepted(xid);
        try {
            if (call.integer() != RpcMessage.RPC_VERSION) {
                return Optional.of(new XdrWriter().integer(xid).integer(RpcMessage.REPLY).integer(1).integer(0)
                        .integer(RpcMessage.RPC_VERSION).integer(RpcMessage.RPC_VERSION).bytes());
            }
            return Optional.of(run(program, call, accepted).bytes());
        } catch (XdrReader.Malformed _) {
            return Optional.of(accepted.integer(RpcMessage.GARBAGE_ARGUMENTS).bytes());
        } catch (RpcProgram.ProcedureUnavailable _) {
            return Optional.of(accepted.integer(RpcMessage.PROCEDURE_UNAVAILABLE).bytes());
        }
    }

    private static XdrWriter run(RpcProgram program, XdrReader call, XdrWriter accepted)
            throws XdrReader.Malformed, RpcProgram.ProcedureUnavailable, IOException {
        int number = call.integer();
        int version = call.integer();
        int procedure = call.integer();
        for (int i = 0; i < 2; i++) { // credentials and verifier, whatever their flavour
            call.integer();
            call.opaque(RpcMessage.AUTHENTICATION_BYTES_MAX);
        }
        if (number != program.number()) {
            return accepted.integer(RpcMessage.PROGRAM_UNAVAILABLE);
        }
        if (version != program.version()) {
            return accepted.integer(RpcMessage.PROGRAM_MISMATCH).integer(program.version()).integer(program.version());
        }
        XdrWriter results = procedure == 0 ? new XdrWriter() : program.call(procedure, call);
        return accepted.integer(RpcMessage.SUCCESS).encoded(results.bytes());
    }

    @Override
    public void close() {
        listener.close();
    }
}
