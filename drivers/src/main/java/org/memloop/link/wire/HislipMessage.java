package org.memloop.link.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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
public record HislipMessage(int type, int control, int parameter, byte[] payload) {
    /** Type: a client begins its synchronous connection. */
    public static final int INITIALIZE = 0;
    /** Type: the answer to it. */
    public static final int INITIALIZE_RESPONSE = 1;
    /** Type: a failure after which both connections are closed. */
    public static final int FATAL_ERROR = 2;
    /** Type: a failure of one message. */
    public static final int ERROR = 3;
    /** Type: a request for a lock, or its release. */
    public static final int ASYNC_LOCK = 4;
    /** Type: the answer to it. */
    public static final int ASYNC_LOCK_RESPONSE = 5;
    /** Type: a part of a message that is not its last. */
    public static final int DATA = 6;
    /** Type: the last part of a message. */
    public static final int DATA_END = 7;
    /** Type: the client has dropped everything during a device clear. */
    public static final int DEVICE_CLEAR_COMPLETE = 8;
    /** Type: the end of a device clear. */
    public static final int DEVICE_CLEAR_ACKNOWLEDGE = 9;
    /** Type: hand the instrument to the bus or to the person in front of it. */
    public static final int ASYNC_REMOTE_LOCAL = 10;
    /** Type: the answer to it. */
    public static final int ASYNC_REMOTE_LOCAL_RESPONSE = 11;
    /** Type: trigger. */
    public static final int TRIGGER = 12;
    /** Type: a response was dropped, told on the synchronous connection. */
    public static final int INTERRUPTED = 13;
    /** Type: a response was dropped, told on the asynchronous connection. */
    public static final int ASYNC_INTERRUPTED = 14;
    /** Type: how long a message the client takes. */
    public static final int ASYNC_MAXIMUM_MESSAGE_SIZE = 15;
    /** Type: how long a message the server takes. */
    public static final int ASYNC_MAXIMUM_MESSAGE_SIZE_RESPONSE = 16;
    /** Type: a client begins its asynchronous connection. */
    public static final int ASYNC_INITIALIZE = 17;
    /** Type: the answer to it. */
    public static final int ASYNC_INITIALIZE_RESPONSE = 18;
    /** Type: the beginning of a device clear. */
    public static final int ASYNC_DEVICE_CLEAR = 19;
    /** Type: the instrument requests service. */
    public static final int ASYNC_SERVICE_REQUEST = 20;
    /** Type: a poll of the status byte. */
    public static final int ASYNC_STATUS_QUERY = 21;
    /** Type: the answer to it. */
    public static final int ASYNC_STATUS_RESPONSE = 22;
    /** Type: the answer to the beginning of a device clear. */
    public static final int ASYNC_DEVICE_CLEAR_ACKNOWLEDGE = 23;
    /** Type: the question who holds locks. */
    public static final int ASYNC_LOCK_INFO = 24;
    /** Type: the answer to it. */
    public static final int ASYNC_LOCK_INFO_RESPONSE = 25;
    /** The first type that makers may use as they like. */
    public static final int VENDOR_FIRST = 128;

    /** How long a header is. */
    public static final int HEADER_BYTES = 16;
    /** The longest message that either of our sides takes, header included. */
    public static final int BYTES_MAX = 1 << 20;
    /** The usual port. */
    public static final int PORT = 4880;
    /** The id of a client's first message; each takes the next even one. */
    public static final int ID_FIRST = 0xffffff00;
    /** The id that fits every message of the client. */
    public static final int ID_ANY = 0xffffffff;
    /** Control code: the client has got the whole response before this message. */
    public static final int RMT_DELIVERED = 1;

    /** Outcome of a request for a lock: not in time. */
    public static final int LOCK_FAILED = 0;
    /** Outcome of a request for a lock: it is held, or the exclusive one was released. */
    public static final int LOCK_SUCCESS = 1;
    /** Outcome of a request for a lock: the shared one was released. */
    public static final int LOCK_SHARED_RELEASED = 2;
    /** Outcome of a request for a lock: it makes no sense. */
    public static final int LOCK_ERROR = 3;

    private static final short PROLOGUE = 0x4853;
    private static final Map<Integer, String> FATAL = Map.of(0, "unidentified error", 1, "poorly formed header", 2,
            "connection used before both were established", 3, "invalid initialization", 4, "maximum number of clients",
            5, "secure connection failed");
    private static final Map<Integer, String> NOT_FATAL = Map.of(0, "unidentified error", 1,
            "unrecognized message type", 2, "unrecognized control code", 3, "unrecognized vendor message", 4,
            "message too large", 5, "authentication failed");

    /**
     * Hold the header of a message.
     *
     * @param type what it is
     * @param control its control code
     * @param parameter its message parameter
     * @param length how many bytes follow
     */
    public record Header(int type, int control, int parameter, long length) {}

    /** Break a rule so that the connection cannot go on (IVI-6.1, table 14). */
    public static final class Fatal extends Exception {
        /** The header makes no sense. */
        public static final int POORLY_FORMED_HEADER = 1;
        /** The other connection is not there yet. */
        public static final int NOT_ESTABLISHED = 2;
        /** A connection begins wrongly. */
        public static final int INVALID_INITIALIZATION = 3;
        /** There are too many clients. */
        public static final int MAXIMUM_CLIENTS = 4;

        private static final long serialVersionUID = 1;
        private final int code;

        /**
         * Say what is wrong.
         *
         * @param code as the standard numbers it
         * @param message for people
         */
        public Fatal(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** {@return the message that tells the other side} */
        public HislipMessage message() {
            return new HislipMessage(FATAL_ERROR, code, 0, getMessage().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Break a rule in one message, after which the connection goes on (IVI-6.1, table 16). */
    public static final class Refused extends Exception {
        /** There is no such type of message. */
        public static final int UNRECOGNIZED_TYPE = 1;
        /** The message has no such control code. */
        public static final int UNRECOGNIZED_CONTROL = 2;
        /** There is no such message of the maker's. */
        public static final int UNRECOGNIZED_VENDOR = 3;
        /** The message is too long. */
        public static final int TOO_LARGE = 4;

        private static final long serialVersionUID = 1;
        private final int code;

        /**
         * Say what is wrong.
         *
         * @param code as the standard numbers it
         * @param message for people
         */
        public Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** {@return the message that tells the other side} */
        public HislipMessage message() {
            return new HislipMessage(ERROR, code, 0, getMessage().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Make a message without payload.
     *
     * @param type what it is
     * @param control its control code
     * @param parameter its message parameter
     */
    public HislipMessage(int type, int control, int parameter) {
        this(type, control, parameter, new byte[0]);
    }

    /**
     * Read a header.
     *
     * @param bytes 16 of them
     * @return the header
     * @throws Fatal when they are none
     */
    public static Header header(ByteBuffer bytes) throws Fatal {
        if (bytes.getShort() != PROLOGUE) {
            throw new Fatal(Fatal.POORLY_FORMED_HEADER, "a message begins with HS");
        }
        int type = bytes.get() & 0xff;
        int control = bytes.get() & 0xff;
        Header header = new Header(type, control, bytes.getInt(), bytes.getLong());
        if (header.length < 0) {
            throw new Fatal(Fatal.POORLY_FORMED_HEADER, "a payload has less than 2^63 bytes");
        }
        return header;
    }

    /**
     * Wait for the next message; one that is too large is passed over.
     *
     * @param in where it comes from
     * @return the message
     * @throws IOException when the connection ends
     * @throws Fatal when it is no message
     * @throws Refused when it is too large
     */
    public static HislipMessage read(DataInputStream in) throws IOException, Fatal, Refused {
        byte[] start = new byte[HEADER_BYTES];
        in.readFully(start);
        Header header = header(ByteBuffer.wrap(start));
        if (header.length > BYTES_MAX) {
            in.skipNBytes(header.length);
            throw new Refused(Refused.TOO_LARGE, "a message may have " + BYTES_MAX + " bytes");
        }
        byte[] payload = in.readNBytes((int) header.length);
        if (payload.length < header.length) {
            throw new EOFException();
        }
        return new HislipMessage(header.type, header.control, header.parameter, payload);
    }

    /** {@return the message as it is sent} */
    public byte[] bytes() {
        return bytes(type, control, parameter, payload, 0, payload.length);
    }

    /**
     * Lay out a message whose payload is a part of an array.
     *
     * @param type what it is
     * @param control its control code
     * @param parameter its message parameter
     * @param from the array
     * @param offset index of the first byte of the payload
     * @param length how long the payload is
     * @return the message as it is sent
     */
    public static byte[] bytes(int type, int control, int parameter, byte[] from, int offset, int length) {
        return ByteBuffer.allocate(HEADER_BYTES + length).putShort(PROLOGUE).put((byte) type).put((byte) control)
                .putInt(parameter).putLong(length).put(from, offset, length).array();
    }

    /** {@return what an Error or FatalError says, for people} */
    public String complaint() {
        String text = new String(payload, StandardCharsets.ISO_8859_1).strip();
        String kind = (type == FATAL_ERROR ? FATAL : NOT_FATAL).getOrDefault(control, "error of the maker's own");
        return (type == FATAL_ERROR ? "fatal error " : "error ") + control + ", " + kind
                + (text.isEmpty() ? "" : ": " + text);
    }
}
