package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Put messages into frames and find them in a stream of bytes.
 *
 * <pre>
 *   00 | COBS( code u8 | sequence u16 | body ... | crc32 u32 ) | 00        all numbers little-endian
 * </pre>
 *
 * COBS (consistent overhead byte stuffing, Cheshire and Baker, IEEE/ACM Trans. Networking 7, 1999) takes every zero out
 * of a message, so that a zero is a frame's edge and nothing else. The checksum is that of {@link CRC32}, over code,
 * sequence and body.
 */
public final class RouterFrames {
    /** The protocol version of this package. */
    public static final int VERSION = 1;
    /** Bits per second of the board's serial port. */
    public static final int BAUD = 921_600;
    /** Number that begins every HELLO: the letters {@code MLR1}, first letter first on the wire. */
    public static final int MAGIC = 0x31524C4D;
    /** How many bytes a body has at most, in either direction. */
    public static final int MAX_BODY = 4096;

    private static final int HEADER = 3;
    private static final int CHECKSUM = 4;

    private RouterFrames() {}

    /**
     * Hold one message.
     *
     * @param code what it is
     * @param sequence which request it is or answers, 0 to 65535
     * @param body what comes after
     */
    public record Message(int code, int sequence, byte[] body) {
        /** {@return the body as a little-endian buffer} */
        public ByteBuffer fields() {
            return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Message that && code == that.code && sequence == that.sequence
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * code + sequence) + Arrays.hashCode(body);
        }
    }

    /**
     * Put a message into a frame.
     *
     * @param message what to send, its body at most {@link #MAX_BODY} bytes
     * @return the bytes on the wire, both zeros included
     */
    public static byte[] frame(Message message) {
        if (message.body().length > MAX_BODY) {
            throw new IllegalArgumentException(
                    "a body has at most " + MAX_BODY + " bytes, not " + message.body().length);
        }
        ByteBuffer plain = ByteBuffer.allocate(HEADER + message.body().length + CHECKSUM)
                .order(ByteOrder.LITTLE_ENDIAN);
        plain.put((byte) message.code()).putShort((short) message.sequence()).put(message.body());
        CRC32 checksum = new CRC32();
        checksum.update(plain.array(), 0, plain.position());
        plain.putInt((int) checksum.getValue());
        return stuff(plain.array());
    }

    private static byte[] stuff(byte[] plain) {
        byte[] out = new byte[plain.length + plain.length / 254 + 3];
        int mark = 1; // where the length of the block under way will go
        int end = 2;
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] != 0) {
                out[end++] = plain[i];
            }
            boolean full = end - mark == 0xFF && i + 1 < plain.length;
            if (plain[i] == 0 || full) {
                out[mark] = (byte) (end - mark);
                mark = end++;
            }
        }
        out[mark] = (byte) (end - mark);
        return Arrays.copyOf(out, end + 1);
    }

    /** Take the stuffing out in place; return the length, or -1 when it was no COBS. */
    private static int unstuff(byte[] bytes, int length) {
        int in = 0;
        int out = 0;
        while (in < length) {
            int block = bytes[in++] & 0xFF;
            if (in + block - 1 > length) {
                return -1;
            }
            System.arraycopy(bytes, in, bytes, out, block - 1);
            in += block - 1;
            out += block - 1;
            if (block < 0xFF && in < length) {
                bytes[out++] = 0;
            }
        }
        return out;
    }

    /** Find messages in a stream of bytes, and tell apart what lies between them. */
    public static final class Splitter {
        private final byte[] buffer = new byte[MAX_BODY + MAX_BODY / 254 + 16];
        private int size;
        private boolean inside;
        private Message message = new Message(0, 0, new byte[0]);

        /** Say what a byte was. */
        public enum Found {
            /** Part of a frame, or its edge. */
            NOTHING,
            /** The last byte of a sound message. */
            MESSAGE,
            /** The last byte of something between two zeros that is no sound message. */
            DAMAGED,
            /** A byte outside frames: text for or from a person. */
            TEXT
        }

        /** Begin outside any frame. */
        public Splitter() {}

        /**
         * Take the next byte of the stream.
         *
         * @param next the byte
         * @return what it was
         */
        public Found accept(byte next) {
            if (next != 0) {
                if (!inside) {
                    return Found.TEXT;
                }
                if (size == buffer.length) {
                    reset();
                    return Found.DAMAGED;
                }
                buffer[size++] = next;
                return Found.NOTHING;
            }
            if (size == 0) {
                inside = true; // an opening zero, or two frames' zeros side by side
                return Found.NOTHING;
            }
            boolean sound = open();
            reset();
            return sound ? Found.MESSAGE : Found.DAMAGED;
        }

        private boolean open() {
            int length = unstuff(buffer, size);
            if (length < HEADER + CHECKSUM) {
                return false;
            }
            ByteBuffer plain = ByteBuffer.wrap(buffer, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            CRC32 checksum = new CRC32();
            checksum.update(buffer, 0, length - CHECKSUM);
            if ((int) checksum.getValue() != plain.getInt(length - CHECKSUM)) {
                return false;
            }
            message = new Message(plain.get(0) & 0xFF, plain.getShort(1) & 0xFFFF,
                    Arrays.copyOfRange(buffer, HEADER, length - CHECKSUM));
            return true;
        }

        /** {@return the last sound message} */
        public Message message() {
            return message;
        }

        /** {@return whether a frame has begun and not ended} */
        public boolean inside() {
            return inside;
        }

        /** Forget a frame that has begun. */
        public void reset() {
            size = 0;
            inside = false;
        }
    }
}
