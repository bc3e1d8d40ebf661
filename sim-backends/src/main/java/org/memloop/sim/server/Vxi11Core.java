package org.memloop.sim.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;
import org.memloop.sim.instrument.RemoteState;

/**
 * Answer one client's calls on the core channel (VXI-11, B.6). Its links end with its connection.
 *
 * <p>Mind the order of the two time-outs: {@code io, lock} in write, read and docmd, {@code lock, io} in the others.
 */
final class Vxi11Core implements RpcProgram {
    private static final int RECEIVE_BYTES_MAX = 1024;
    private static final int DATA_BYTES_MAX = 1 << 22;
    private static final int NAME_BYTES_MAX = 256;
    private static final int LINKS_MAX = 16;
    private static final Map<Integer, Integer> RESULTS_AFTER_ERROR = Map.of(Vxi11.CREATE_LINK, 3,
            Vxi11.DEVICE_WRITE, 1, Vxi11.DEVICE_READ, 2, Vxi11.DEVICE_READSTB, 1, Vxi11.DEVICE_DOCMD, 1);

    /** Hold what a device_read asks for. */
    record ReadCall(int bytesMax, long ioMillis, long lockMillis, int flags, Optional<Byte> stop) {}

    private final Vxi11Server server;
    private final Map<Integer, Vxi11Link> links = new HashMap<>();
    private final Vxi11Interrupts interrupts;

    Vxi11Core(Vxi11Server server, InetAddress client) {
        this.server = server;
        interrupts = new Vxi11Interrupts(client);
    }

    @Override
    public int number() {
        return Vxi11.CORE;
    }

    @Override
    public XdrWriter call(int procedure, XdrReader arguments)
            throws ProcedureUnavailable, XdrReader.Malformed, IOException {
        XdrWriter results = new XdrWriter();
        try {
            run(procedure, arguments, results.integer(Vxi11.NONE));
            return results;
        } catch (Vxi11Error e) {
            XdrWriter refusal = new XdrWriter().integer(e.number());
            for (int i = 0; i < RESULTS_AFTER_ERROR.getOrDefault(procedure, 0); i++) {
                refusal.integer(0); // empty results keep their places
            }
            return refusal;
        }
    }

    private void run(int procedure, XdrReader in, XdrWriter out)
            throws ProcedureUnavailable, XdrReader.Malformed, Vxi11Error, IOException {
        switch (procedure) {
            case Vxi11.CREATE_LINK -> createLink(in, out);
            case Vxi11.DEVICE_WRITE -> write(in, out);
            case Vxi11.DEVICE_READ -> read(in, out);
            case Vxi11.DEVICE_READSTB -> out.integer(generic(in, (exchange, _) -> exchange.poll()));
            case Vxi11.DEVICE_TRIGGER -> generic(in, (exchange, _) -> done(exchange::trigger));
            case Vxi11.DEVICE_CLEAR -> generic(in, (exchange, _) -> done(exchange::clear));
            case Vxi11.DEVICE_REMOTE -> generic(in, (exchange, _) -> done(() -> exchange.remote(RemoteState.REMOTE)));
            case Vxi11.DEVICE_LOCAL -> generic(in, (exchange, _) -> done(() -> exchange.remote(RemoteState.LOCAL)));
            case Vxi11.DEVICE_LOCK -> lock(in);
            case Vxi11.DEVICE_UNLOCK -> link(in).unlock();
            case Vxi11.DEVICE_ENABLE_SRQ -> enableServiceRequests(in);
            case Vxi11.DEVICE_DOCMD -> {
                link(in);
                throw new Vxi11Error(Vxi11.NOT_SUPPORTED); // commands to a bus, which an instrument has not
            }
            case Vxi11.DESTROY_LINK -> destroyLink(in);
            case Vxi11.CREATE_INTR_CHAN -> interrupts.connect(in);
            case Vxi11.DESTROY_INTR_CHAN -> interrupts.disconnect();
            default -> throw new ProcedureUnavailable(procedure);
        }
    }

    private static int done(Runnable operation) {
        operation.run();
        return 0;
    }

    private Vxi11Link link(XdrReader in) throws XdrReader.Malformed, Vxi11Error {
        Vxi11Link link = links.get(in.integer());
        if (link == null) {
            throw new Vxi11Error(Vxi11.INVALID_LINK);
        }
        return link;
    }

    /** Carry out a call with the arguments link | flags | lock time-out | io time-out. */
    private int generic(XdrReader in, Vxi11Link.Operation<Integer> operation) throws XdrReader.Malformed, Vxi11Error {
        Vxi11Link link = link(in);
        int flags = in.integer();
        long lockMillis = in.unsigned();
        in.unsigned();
        return link.operate(flags, lockMillis, operation);
    }

    private void createLink(XdrReader in, XdrWriter out) throws XdrReader.Malformed, Vxi11Error {
        in.integer(); // the client's own number, of which nothing follows
        boolean lock = in.bool();
        long lockMillis = in.unsigned();
        String device = in.text(NAME_BYTES_MAX);
        if (!server.knows(device)) {
            throw new Vxi11Error(Vxi11.NOT_ACCESSIBLE);
        }
        if (links.size() == LINKS_MAX) {
            throw new Vxi11Error(Vxi11.OUT_OF_RESOURCES);
        }
        int[] id = new int[1];
        Vxi11Link link = server.open(() -> interrupts.request(id[0]));
        id[0] = link.id();
        links.put(link.id(), link);
        if (lock) {
            try {
                link.lock(1, lockMillis);
            } catch (Vxi11Error e) {
                forget(link);
                throw e;
            }
        }
        out.integer(link.id()).integer(server.abortPort()).integer(RECEIVE_BYTES_MAX);
    }

    private void write(XdrReader in, XdrWriter out) throws XdrReader.Malformed, Vxi11Error {
        Vxi11Link link = link(in);
        in.unsigned();
        long lockMillis = in.unsigned();
        int flags = in.integer();
        byte[] data = in.opaque(DATA_BYTES_MAX);
        boolean taken = link.operate(flags, lockMillis,
                (exchange, _) -> exchange.write(data, (flags & Vxi11.END) != 0));
        if (!taken) {
            throw new Vxi11Error(Vxi11.OUT_OF_RESOURCES);
        }
        out.integer(data.length);
    }

    private void read(XdrReader in, XdrWriter out) throws XdrReader.Malformed, Vxi11Error, IOException {
        Vxi11Link link = link(in);
        int bytesMax = (int) Math.min(in.unsigned(), Integer.MAX_VALUE / 2);
        long ioMillis = in.unsigned();
        long lockMillis = in.unsigned();
        int flags = in.integer();
        byte stop = (byte) in.integer();
        Exchange.Part part = link.read(new ReadCall(bytesMax, ioMillis, lockMillis, flags,
                (flags & Vxi11.TERMINATOR_SET) != 0 ? Optional.of(stop) : Optional.empty()));
        if (part.hangsUp()) {
            throw new EOFException("the instrument hangs up");
        }
        out.integer((part.bytes().length == bytesMax ? Vxi11.REASON_COUNT : 0)
                | (part.character() ? Vxi11.REASON_CHARACTER : 0) | (part.end() ? Vxi11.REASON_END : 0))
                .opaque(part.bytes());
    }

    private void lock(XdrReader in) throws XdrReader.Malformed, Vxi11Error {
        Vxi11Link link = link(in);
        int flags = in.integer();
        link.lock(flags, in.unsigned());
    }

    private void enableServiceRequests(XdrReader in) throws XdrReader.Malformed, Vxi11Error {
        Vxi11Link link = link(in);
        boolean enable = in.bool();
        interrupts.enable(link.id(), enable, in.opaque(Vxi11.HANDLE_BYTES_MAX));
    }

    private void destroyLink(XdrReader in) throws XdrReader.Malformed, Vxi11Error {
        forget(link(in));
    }

    private void forget(Vxi11Link link) {
        links.remove(link.id());
        interrupts.forget(link.id());
        server.forget(link);
    }

    @Override
    public void close() {
        List.copyOf(links.values()).forEach(this::forget);
        interrupts.close();
    }
}
