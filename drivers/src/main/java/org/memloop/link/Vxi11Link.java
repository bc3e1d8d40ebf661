package org.memloop.link;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;

/**
 * Speak VXI-11 (TCP/IP Instrument Protocol, VXIbus Consortium 1995): remote procedures that write and read messages.
 *
 * <pre>
 *   core channel        create_link, device_write, device_read, ...      one call at a time
 *   abort channel       device_abort          ends a call that is under way, when its time is up or its thread is
 *                                             interrupted
 *   interrupt channel   device_intr_srq       the instrument calls us
 * </pre>
 *
 * Mind the order of the two time-outs: {@code io, lock} in write and read, {@code lock, io} in the others.
 */
public final class Vxi11Link implements MessageLink {
    private static final String ADVICE = "; is the instrument on and VXI-11 enabled?";
    private static final int CLIENT_ID = 0x6d6c;
    /** Goes with every call, but counts only in those that ask to wait for a lock. */
    private static final int LOCK_MILLIS = 10_000;
    private static final int RECEIVE_BYTES_MIN = 1024;
    private static final int READ_BYTES_MAX = 1 << 20;
    private static final long EMPTY_READ_NANOS = 1_000_000;

    private final String resource;
    private final Patience patience;
    private final RpcClient core;
    private final int link;
    private final int abortPort;
    private final int receiveBytesMax;
    private final String host;
    private final Access access = new Locking();
    private Optional<Vxi11Interrupts> interrupts = Optional.empty();
    private OptionalInt terminator = OptionalInt.empty();
    private boolean ended;
    private boolean unfinished;

    /**
     * Connect, with 3 s for the connection and for each operation.
     *
     * @param name where to connect to
     * @throws LinkException when nobody answers there, or not as VXI-11 does
     */
    public Vxi11Link(ResourceName.Vxi11 name) {
        this(name, Patience.USUAL);
    }

    /**
     * Connect.
     *
     * @param name where to connect to
     * @param patience how long to wait for the connection, and for each operation
     * @throws LinkException when nobody answers there, or not as VXI-11 does
     */
    public Vxi11Link(ResourceName.Vxi11 name, Patience patience) {
        this.resource = name.toString();
        this.patience = patience;
        this.host = name.host();
        int port = name.corePort().orElseGet(() -> PortQuestion.ask(resource, host, patience));
        core = new RpcClient(new TcpConnection(resource, host, port, patience.connectNanos(), ADVICE));
        try {
            XdrWriter call = begin(Vxi11.CREATE_LINK).integer(CLIENT_ID).bool(false).integer(LOCK_MILLIS)
                    .text(name.device());
            XdrReader results = call("device " + name.device(), call, 0);
            link = results.integer();
            abortPort = (int) (results.unsigned() & 0xffff);
            receiveBytesMax = Math.max(RECEIVE_BYTES_MIN, results.integer());
        } catch (XdrReader.Malformed e) {
            core.close();
            throw core.failure("answered with a message that " + e.getMessage(), e);
        } catch (RuntimeException e) {
            core.close();
            throw e;
        }
    }

    private XdrWriter begin(int procedure) {
        return core.begin(Vxi11.CORE, Vxi11.VERSION, procedure);
    }

    /** Lays out the arguments that most procedures have. */
    private XdrWriter generic(int procedure) {
        return begin(procedure).integer(link).integer(0).integer(LOCK_MILLIS).integer(patience.operationMillis());
    }

    /**
     * Make a call that is carried out even by an interrupted thread, since outputs must still be switched off.
     *
     * @param what is done, for messages
     * @param moreNanos how much longer than usual the instrument may take
     */
    private XdrReader call(String what, XdrWriter call, long moreNanos) {
        return Uninterrupted.get(() -> results(what, call, patience.operationNanos() + moreNanos));
    }

    private XdrReader results(String what, XdrWriter call, long allowedNanos) {
        XdrReader results;
        int error;
        try {
            results = core.finish(call, patience.operationNanos(), allowedNanos + Patience.GRACE_NANOS);
            error = results.integer();
        } catch (LinkException e) {
            abortQuietly();
            throw e.request().equals(what) ? e : new LinkException(resource, what, core.connection().bare(e), e);
        } catch (XdrReader.Malformed e) {
            throw new LinkException(resource, what, "answered with a message that " + e.getMessage(), e);
        }
        if (error != Vxi11.NONE) {
            throw refused(what, error, allowedNanos);
        }
        return results;
    }

    private LinkException refused(String what, int error, long allowedNanos) {
        return new LinkException(resource, what, switch (error) {
            case Vxi11.TIMED_OUT -> "no answer within " + Patience.seconds(allowedNanos);
            case Vxi11.ABORTED -> "aborted";
            case Vxi11.LOCKED -> "the instrument is locked by another client; end the program that holds it";
            case Vxi11.INVALID_LINK ->
                "the instrument does not know this link any more (was it restarted?); open it again";
            default -> "the instrument answers with VXI-11 " + Vxi11.error(error);
        }, null);
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long answerNanos() {
        return patience.operationNanos();
    }

    /**
     * Send one message, in parts as long as the instrument takes them. A message that was not taken to its end is
     * dropped by a device clear before the next, so that the two do not run into one.
     */
    @Override
    public void write(byte[] bytes) {
        if (unfinished) {
            dropUnfinished();
        }
        unfinished = true;
        int at = 0;
        do {
            int count = Math.min(receiveBytesMax, bytes.length - at);
            int flags = at + count == bytes.length ? Vxi11.END : 0;
            XdrWriter call = begin(Vxi11.DEVICE_WRITE).integer(link).integer(patience.operationMillis())
                    .integer(LOCK_MILLIS).integer(flags).opaque(bytes, at, count);
            int taken = taken(call("", call, 0));
            if (taken < 0 || taken > count || taken == 0 && count > 0) {
                throw core.failure("took " + taken + " of " + count + " bytes", null);
            }
            at += taken;
        } while (at < bytes.length);
        unfinished = false;
    }

    private int taken(XdrReader results) {
        try {
            return results.integer();
        } catch (XdrReader.Malformed e) {
            throw core.failure("answered with a message that " + e.getMessage(), e);
        }
    }

    private void dropUnfinished() {
        unfinished = false;
        try {
            clear();
        } catch (LinkException _) {
            // the message that follows tells what is wrong, and may be the one that switches an output off
        }
    }

    /**
     * End reads at a character as well as at the end of a response, as instruments need that know no END.
     *
     * @param character 0 to 255; empty for the end alone, as it is at first
     */
    public void endReadsAt(OptionalInt character) {
        terminator = character;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        if (Thread.currentThread().isInterrupted()) {
            throw core.failure("interrupted while waiting for the instrument", null);
        }
        long deadline = System.nanoTime() + timeoutNanos;
        while (true) {
            int count = part(into, offset, Math.min(length, READ_BYTES_MAX), Math.max(1, deadline - System.nanoTime()));
            if (count > 0 || ended) {
                return count;
            }
            if (deadline - System.nanoTime() <= 0) {
                throw core.failure("no answer within " + Patience.seconds(timeoutNanos), null);
            }
            LockSupport.parkNanos(EMPTY_READ_NANOS);
        }
    }

    private int part(byte[] into, int offset, int length, long nanos) {
        ended = false;
        XdrWriter call = begin(Vxi11.DEVICE_READ).integer(link).integer(length).integer(Patience.millis(nanos))
                .integer(LOCK_MILLIS).integer(terminator.isPresent() ? Vxi11.TERMINATOR_SET : 0)
                .integer(terminator.orElse(0));
        XdrReader results = results("", call, nanos);
        try {
            int reason = results.integer();
            byte[] data = results.opaque(length);
            System.arraycopy(data, 0, into, offset, data.length);
            ended = (reason & Vxi11.REASON_END) != 0
                    || terminator.isPresent() && (reason & Vxi11.REASON_CHARACTER) != 0;
            return data.length;
        } catch (XdrReader.Malformed e) {
            throw core.failure("answered with a message that " + e.getMessage(), e);
        }
    }

    @Override
    public int poll() {
        return taken(call("status byte", generic(Vxi11.DEVICE_READSTB), 0)) & 0xff;
    }

    @Override
    public void clear() {
        call("device clear", generic(Vxi11.DEVICE_CLEAR), 0);
        unfinished = false;
        ended = false;
    }

    @Override
    public void trigger() {
        call("trigger", generic(Vxi11.DEVICE_TRIGGER), 0);
    }

    /**
     * End the call that another thread waits for; it fails then. Does nothing when there is none.
     *
     * @throws LinkException when the instrument's abort channel cannot be reached
     */
    public void abort() {
        try (RpcClient channel = new RpcClient(
                new TcpConnection(resource, host, abortPort, Patience.GRACE_NANOS, ""))) {
            XdrReader results = channel.finish(
                    channel.begin(Vxi11.ASYNC, Vxi11.VERSION, Vxi11.DEVICE_ABORT).integer(link), Patience.GRACE_NANOS,
                    Patience.GRACE_NANOS);
            int error = taken(results);
            if (error != Vxi11.NONE) {
                throw refused("abort", error, Patience.GRACE_NANOS);
            }
        }
    }

    private void abortQuietly() {
        try {
            if (abortPort > 0) {
                Uninterrupted.run(this::abort);
            }
        } catch (LinkException _) {
            // what is told is why the call was given up
        }
    }

    /** Opens a channel on which the instrument calls us, once, and has its requests told there. */
    @Override
    public void onServiceRequest(Runnable listener) {
        if (!(core.connection().localAddress() instanceof Inet4Address here)) {
            throw new LinkException(resource, "service requests",
                    "VXI-11 can ask to be called at IPv4 addresses only; connect to the instrument's", null);
        }
        if (interrupts.isPresent()) {
            throw new LinkException(resource, "service requests", "somebody listens to them already", null);
        }
        byte[] handle = ByteBuffer.allocate(8).putInt(CLIENT_ID).putInt(link).array();
        Vxi11Interrupts server = new Vxi11Interrupts(here, handle, listener);
        try {
            call("service requests",
                    begin(Vxi11.CREATE_INTR_CHAN).integer(ByteBuffer.wrap(here.getAddress()).getInt())
                            .integer(server.port()).integer(Vxi11.INTERRUPT).integer(Vxi11.VERSION).integer(0),
                    0);
            call("service requests", begin(Vxi11.DEVICE_ENABLE_SRQ).integer(link).bool(true).opaque(handle), 0);
            interrupts = Optional.of(server);
        } catch (LinkException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public Access access() {
        return access;
    }

    private final class Locking implements Access {
        @Override
        public void lock(long timeoutNanos) {
            call("lock", begin(Vxi11.DEVICE_LOCK).integer(link).integer(timeoutNanos > 0 ? Vxi11.WAIT_LOCK : 0)
                    .integer(timeoutNanos > 0 ? Patience.millis(timeoutNanos) : 0), timeoutNanos);
        }

        @Override
        public void unlock() {
            call("unlock", begin(Vxi11.DEVICE_UNLOCK).integer(link), 0);
        }

        @Override
        public void remote() {
            call("remote", generic(Vxi11.DEVICE_REMOTE), 0);
        }

        @Override
        public void local() {
            call("local", generic(Vxi11.DEVICE_LOCAL), 0);
        }
    }

    @Override
    public void close() {
        Uninterrupted.run(() -> {
            try {
                core.finish(begin(Vxi11.DESTROY_LINK).integer(link), Patience.GRACE_NANOS, Patience.GRACE_NANOS);
            } catch (LinkException _) {
                // the end of the connection ends the link as well
            } finally {
                interrupts.ifPresent(Vxi11Interrupts::close);
                core.close();
            }
        });
    }
}
