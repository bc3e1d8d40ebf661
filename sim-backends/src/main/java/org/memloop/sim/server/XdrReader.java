package org.memloop.sim.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Take values out of external data representation (XDR, RFC 4506): everything is big-endian and fills whole groups of
 * four bytes.
 *
 * <pre>
 *   int, enum, bool, char, short   4 bytes         opaque, string   length 4 bytes | bytes | zeros up to a multiple of 4
 * </pre>
 */
final class XdrReader {
    /** Say that the bytes are not what they should be. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    private final ByteBuffer bytes;

    XdrReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int integer() throws Malformed {
        if (bytes.remaining() < 4) {
            throw new Malformed("ends where a value of 4 bytes should be");
        }
        return bytes.getInt();
    }

    long unsigned() throws Malformed {
        return Integer.toUnsignedLong(integer());
    }

    boolean bool() throws Malformed {
        int value = integer();
        if (value != 0 && value != 1) {
            throw new Malformed("has " + value + " where a boolean should be");
        }
        return value == 1;
    }

    byte[] opaque(int bytesMax) throws Malformed {
        long length = unsigned();
        long padded = length + 3 & ~3L;
        if (length > bytesMax || padded > bytes.remaining()) {
            throw new Malformed("announces " + length + " bytes");
        }
        byte[] value = new byte[(int) length];
        bytes.get(value);
        bytes.position(bytes.position() + (int) (padded - length));
        return value;
    }

    String text(int bytesMax) throws Malformed {
        return new String(opaque(bytesMax), StandardCharsets.ISO_8859_1);
    }
}
