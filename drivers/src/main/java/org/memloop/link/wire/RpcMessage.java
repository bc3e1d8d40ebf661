package org.memloop.link.wire;

import java.nio.ByteBuffer;

/**
 * Lay out calls of remote procedures and their answers (ONC-RPC version 2 with record marking, RFC 5531).
 *
 * <pre>
 *   record    { last-fragment bit | length: 31 bits | bytes }       one call or reply
 *   call      xid | 0 | 2 | program | version | procedure | credentials | verifier | arguments
 *   reply     xid | 1 | 0 | verifier: 0, 0 | accept_stat | results        or   xid | 1 | 1 | reject_stat | ...
 * </pre>
 */
public final class RpcMessage {
    /** Kind of message: a call. */
    public static final int CALL = 0;
    /** Kind of message: a reply. */
    public static final int REPLY = 1;
    /** The version of the protocol. */
    public static final int RPC_VERSION = 2;
    /** accept_stat: carried out, the results follow. */
    public static final int SUCCESS = 0;
    /** accept_stat: there is no such program. */
    public static final int PROGRAM_UNAVAILABLE = 1;
    /** accept_stat: the program has other versions; lowest and highest follow. */
    public static final int PROGRAM_MISMATCH = 2;
    /** accept_stat: the program has no such procedure. */
    public static final int PROCEDURE_UNAVAILABLE = 3;
    /** accept_stat: the arguments made no sense. */
    public static final int GARBAGE_ARGUMENTS = 4;
    /** How many bytes credentials or verifier may have. */
    public static final int AUTHENTICATION_BYTES_MAX = 400;
    /** Bit of a record mark that tells the last fragment. */
    public static final int LAST_FRAGMENT = Integer.MIN_VALUE;

    private RpcMessage() {}

    /** Say that a call was not carried out; the message says why. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * Lay out a call without credentials.
     *
     * @param xid its number
     * @param program number of the program
     * @param version version of the program
     * @param procedure number of the procedure
     * @return the call, to which the arguments are added
     */
    public static XdrWriter call(int xid, int program, int version, int procedure) {
        return new XdrWriter().integer(xid).integer(CALL).integer(RPC_VERSION).integer(program).integer(version)
                .integer(procedure).integer(0).integer(0).integer(0).integer(0);
    }

    /**
     * Lay out the head of a reply to a call that was accepted.
     *
     * @param xid the call's number
     * @return the reply, to which accept_stat and results are added
     */
    public static XdrWriter accepted(int xid) {
        return new XdrWriter().integer(xid).integer(REPLY).integer(0).integer(0).integer(0);
    }

    /**
     * Put the mark of a last fragment before a message.
     *
     * @param message the message
     * @return the record
     */
    public static byte[] marked(byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(message.length | LAST_FRAGMENT).put(message).array();
    }

    /**
     * Go past the head of a reply.
     *
     * @param reply at what follows the xid and the kind
     * @return the same, at the results
     * @throws Refused when the call was not carried out
     * @throws XdrReader.Malformed when it is no reply
     */
    public static XdrReader results(XdrReader reply) throws Refused, XdrReader.Malformed {
        if (reply.integer() != 0) {
            int why = reply.integer();
            throw new Refused(why == 0
                    ? "speaks remote procedure calls of version " + reply.unsigned() + " to " + reply.unsigned()
                            + ", not " + RPC_VERSION
                    : "wants another authentication (" + reply.integer() + ")");
        }
        reply.integer();
        reply.opaque(AUTHENTICATION_BYTES_MAX);
        int status = reply.integer();
        switch (status) {
            case SUCCESS -> {
                return reply;
            }
            case PROGRAM_UNAVAILABLE -> throw new Refused("does not have this program");
            case PROGRAM_MISMATCH -> throw new Refused(
                    "has this program in version " + reply.unsigned() + " to " + reply.unsigned());
            case PROCEDURE_UNAVAILABLE -> throw new Refused("does not have this procedure");
            case GARBAGE_ARGUMENTS -> throw new Refused("did not understand the arguments of the call");
            default -> throw new Refused("failed with accept_stat " + status);
        }
    }
}
