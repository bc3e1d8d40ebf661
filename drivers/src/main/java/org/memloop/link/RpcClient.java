package org.memloop.link;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.memloop.bench.LinkException;
import org.memloop.link.wire.RpcMessage;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;

/**
 * Call remote procedures over one TCP connection, one after the other (ONC-RPC version 2, RFC 5531). The answer to a
 * call that was given up is passed over when it comes after all. No call is ever sent again.
 */
final class RpcClient implements AutoCloseable {
    private static final int RECORD_BYTES_MAX = 1 << 24;
    private static final int WHOLE_RECORD = Integer.MAX_VALUE;

    private final TcpConnection connection;
    private int xid;
    private byte[] record = new byte[0];
    private int filled;
    private boolean lastFragment;

    RpcClient(TcpConnection connection) {
        this.connection = connection;
    }

    /** {@return the head of the next call, to which the arguments are added} */
    XdrWriter begin(int program, int version, int procedure) {
        return RpcMessage.call(++xid, program, version, procedure);
    }

    /**
     * Make a call and wait for its results.
     *
     * @param call with its arguments
     * @param sendNanos how long sending may take
     * @param replyNanos how long the answer may take after that
     */
    XdrReader finish(XdrWriter call, long sendNanos, long replyNanos) {
        return finish(call, sendNanos, replyNanos, WHOLE_RECORD);
    }

    /** As above, but be content with an answer that has so many bytes and never says that it is complete. */
    XdrReader finish(XdrWriter call, long sendNanos, long replyNanos, int enoughBytes) {
        connection.writeWhole(RpcMessage.marked(call.bytes()), sendNanos);
        long deadline = System.nanoTime() + replyNanos;
        try {
            while (true) {
                XdrReader reply = new XdrReader(record(deadline, replyNanos, enoughBytes));
                if (reply.integer() == xid && reply.integer() == RpcMessage.REPLY) {
                    return RpcMessage.results(reply);
                }
            }
        } catch (XdrReader.Malformed e) {
            throw connection.failure("answered with a message that " + e.getMessage(), e);
        } catch (RpcMessage.Refused e) {
            throw connection.failure(e.getMessage(), e);
        }
    }

    /** Joins the fragments of a record. What has come of one stays when the rest does not come in time. */
    private byte[] record(long deadline, long allowedNanos, int enoughBytes) {
        while (filled < record.length || !lastFragment) {
            if (filled == record.length) {
                if (filled >= enoughBytes) {
                    break;
                }
                fragment(connection.require(4, deadline, allowedNanos));
            } else {
                filled += connection.read(record, filled, record.length - filled, deadline, allowedNanos);
            }
        }
        byte[] whole = record;
        record = new byte[0];
        filled = 0;
        lastFragment = false;
        return whole;
    }

    private void fragment(ByteBuffer buffer) {
        int mark = buffer.getInt();
        int length = mark & Integer.MAX_VALUE;
        if (length > RECORD_BYTES_MAX - filled) {
            connection.close();
            throw connection.failure("sent what is no answer to a remote procedure call; does the port belong to "
                    + "something else? The link is closed now", null);
        }
        lastFragment = mark < 0;
        record = Arrays.copyOf(record, filled + length);
    }

    /** {@return a failure of the one who is called} */
    LinkException failure(String problem, Throwable cause) {
        return connection.failure(problem, cause);
    }

    TcpConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
    }
}
