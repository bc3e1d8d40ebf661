package org.memloop.link.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Take values out of external data representation (XDR, RFC 4506): everything is big-endian and fills whole groups of
 * four bytes. What follows the last value that is asked for does not matter.
 *
 * <pre>
 *   int, enum, bool, char, short   4 bytes         opaque, string   length 4 bytes | bytes | zeros up to a multiple of 4
 * </pre>
 */
public final class XdrReader {
    /** Say that the bytes are not what they should be. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    private final ByteBuffer bytes;

    /**
     * Begin at the first byte.
     *
     * @param bytes what was received
     */
    public XdrReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * Take a signed number.
     *
     * @return the number
     * @throws Malformed when the bytes end before it does
     */
    public int integer() throws Malformed {
        if (bytes.remaining() < 4) {
            throw new Malformed("ends where a value of 4 bytes should be");
        }
        return bytes.getInt();
    }

    /**
     * Take an unsigned number.
     *
     * @return the number, 0 to 2^32 - 1
     * @throws Malformed when the bytes end before it does
     */
    public long unsigned() throws Malformed {
        return Integer.toUnsignedLong(integer());
    }

    /**
     * Take a truth value.
     *
     * @return the value
     * @throws Malformed when it is neither 0 nor 1
     */
    public boolean bool() throws Malformed {
        int value = integer();
        if (value != 0 && value != 1) {
            throw new Malformed("has " + value + " where a boolean should be");
        }
        return value == 1;
    }

    /**
     * Take bytes that come with their length. Zeros that should fill the last group may be missing at the very end.
     *
     * @param bytesMax how many may be announced
     * @return the bytes
     * @throws Malformed when more are announced, or than there are
     */
    public byte[] opaque(int bytesMax) throws Malformed {
        long length = unsigned();
        if (length > bytesMax || length > bytes.remaining()) {
            throw new Malformed("announces " + length + " bytes");
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        int padding = (int) (-length & 3);
        bytes.position(bytes.position() + Math.min(padding, bytes.remaining()));
        return value;
    }

    /**
     * Take a text that comes with its length.
     *
     * @param bytesMax how many bytes may be announced
     * @return the text
     * @throws Malformed when more are announced, or than there are
     */
    public String text(int bytesMax) throws Malformed {
        return new String(opaque(bytesMax), StandardCharsets.ISO_8859_1);
    }
}
