package org.memloop.sim.server;

import java.io.IOException;

import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;

/** Be one program of remote procedures, as one client sees it (ONC-RPC version 2, RFC 5531). */
interface RpcProgram extends AutoCloseable {
    /** Say that the program has no such procedure. */
    final class ProcedureUnavailable extends Exception {
        private static final long serialVersionUID = 1;

        ProcedureUnavailable(int procedure) {
            super("no procedure " + procedure, null, false, false);
        }
    }

    /** {@return the program's number; its version is always 1 unless {@link #version()} says otherwise} */
    int number();

    /** {@return the only version there is} */
    default int version() {
        return 1;
    }

    /**
     * Carry out a procedure; number 0 is answered without asking.
     *
     * @param procedure its number
     * @param arguments in XDR
     * @return the results
     * @throws ProcedureUnavailable when there is none of that number
     * @throws XdrReader.Malformed when the arguments are none; nothing was done
     * @throws IOException when the connection is to be dropped
     */
    XdrWriter call(int procedure, XdrReader arguments) throws ProcedureUnavailable, XdrReader.Malformed, IOException;

    /** Forget the client, whose connection has ended. */
    @Override
    default void close() {}
}
