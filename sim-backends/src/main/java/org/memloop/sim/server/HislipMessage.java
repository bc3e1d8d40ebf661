package org.memloop.sim.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Hold one HiSLIP message (IVI-6.1, 2.4).
 *
 * <pre>
 *   'H' 'S' | type u8 | control u8 | parameter u32 | payload length u64 | payload
 * </pre>
 *
 * @param type what it is
 * @param control its control code
 * @param parameter its message parameter
 * @param payload what follows the header
 */
record HislipMessage(int type, int control, int parameter, byte[] payload) {
    static final int INITIALIZE = 0;
    static final int INITIALIZE_RESPONSE = 1;
    static final int FATAL_ERROR = 2;
    static final int ERROR = 3;
    static final int ASYNC_LOCK = 4;
    static final int ASYNC_LOCK_RESPONSE = 5;
    static final int DATA = 6;
    static final int DATA_END = 7;
    static final int DEVICE_CLEAR_COMPLETE = 8;
    static final int DEVICE_CLEAR_ACKNOWLEDGE = 9;
    static final int ASYNC_REMOTE_LOCAL = 10;
    static final int ASYNC_REMOTE_LOCAL_RESPONSE = 11;
    static final int TRIGGER = 12;
    static final int INTERRUPTED = 13;
    static final int ASYNC_INTERRUPTED = 14;
    static final int ASYNC_MAXIMUM_MESSAGE_SIZE = 15;
    static final int ASYNC_MAXIMUM_MESSAGE_SIZE_RESPONSE = 16;
    static final int ASYNC_INITIALIZE = 17;
    static final int ASYNC_INITIALIZE_RESPONSE = 18;
    static final int ASYNC_DEVICE_CLEAR = 19;
    static final int ASYNC_SERVICE_REQUEST = 20;
    static final int ASYNC_STATUS_QUERY = 21;
    static final int ASYNC_STATUS_RESPONSE = 22;
    static final int ASYNC_DEVICE_CLEAR_ACKNOWLEDGE = 23;
    static final int ASYNC_LOCK_INFO = 24;
    static final int ASYNC_LOCK_INFO_RESPONSE = 25;
    static final int VENDOR_FIRST = 128;

    static final int HEADER_BYTES = 16;
    /** The longest message this server takes, header included. */
    static final int BYTES_MAX = 1 << 20;

    private static final short PROLOGUE = 0x4853;

    /** Break a rule so that the connection cannot go on (IVI-6.1, table 14). */
    static final class Fatal extends Exception {
        static final int POORLY_FORMED_HEADER = 1;
        static final int NOT_ESTABLISHED = 2;
        static final int INVALID_INITIALIZATION = 3;
        static final int MAXIMUM_CLIENTS = 4;

        private static final long serialVersionUID = 1;
        private final int code;

        Fatal(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        HislipMessage message() {
            return new HislipMessage(FATAL_ERROR, code, 0, getMessage().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Break a rule in one message, after which the connection goes on (IVI-6.1, table 16). */
    static final class Refused extends Exception {
        static final int UNRECOGNIZED_TYPE = 1;
        static final int UNRECOGNIZED_CONTROL = 2;
        static final int UNRECOGNIZED_VENDOR = 3;
        static final int TOO_LARGE = 4;

        private static final long serialVersionUID = 1;
        private final int code;

        Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        HislipMessage message() {
            return new HislipMessage(ERROR, code, 0, getMessage().getBytes(StandardCharsets.US_ASCII));
        }
    }

    HislipMessage(int type, int control, int parameter) {
        this(type, control, parameter, new byte[0]);
    }

    /** Wait for the next message; one that is too large is passed over. */
    static HislipMessage read(DataInputStream in) throws IOException, Fatal, Refused {
        if (in.readShort() != PROLOGUE) {
            throw new Fatal(Fatal.POORLY_FORMED_HEADER, "a message begins with HS");
        }
        int type = in.readUnsignedByte();
        int control = in.readUnsignedByte();
        int parameter = in.readInt();
        long length = in.readLong();
        if (length < 0) {
            throw new Fatal(Fatal.POORLY_FORMED_HEADER, "a payload has less than 2^63 bytes");
        }
        if (length > BYTES_MAX) {
            in.skipNBytes(length);
            throw new Refused(Refused.TOO_LARGE, "a message may have " + BYTES_MAX + " bytes");
        }
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException();
        }
        return new HislipMessage(type, control, parameter, payload);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length).putShort(PROLOGUE).put((byte) type)
                .put((byte) control).putInt(parameter).putLong(payload.length).put(payload).array();
    }
}
