package org.memloop.link.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Put values into external data representation, laid out as {@link XdrReader} shows. */
public final class XdrWriter {
    private byte[] bytes = new byte[128];
    private int size;

    /** Begin with nothing. */
    public XdrWriter() {}

    /**
     * Add a number, signed or unsigned.
     *
     * @param value of which the lower 32 bits count
     * @return this
     */
    public XdrWriter integer(long value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /**
     * Add a truth value.
     *
     * @param value the value
     * @return this
     */
    public XdrWriter bool(boolean value) {
        return integer(value ? 1 : 0);
    }

    /**
     * Add bytes with their length before them.
     *
     * @param value the bytes
     * @return this
     */
    public XdrWriter opaque(byte[] value) {
        return opaque(value, 0, value.length);
    }

    /**
     * Add some bytes of an array with their length before them.
     *
     * @param value the array
     * @param offset index of the first
     * @param length how many
     * @return this
     */
    public XdrWriter opaque(byte[] value, int offset, int length) {
        integer(length);
        int padded = length + 3 & ~3;
        reserve(padded);
        System.arraycopy(value, offset, bytes, size, length);
        Arrays.fill(bytes, size + length, size + padded, (byte) 0);
        size += padded;
        return this;
    }

    /**
     * Add a text with its length before it.
     *
     * @param value the text
     * @return this
     */
    public XdrWriter text(String value) {
        return opaque(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Add bytes that are in this representation already.
     *
     * @param value the bytes
     * @return this
     */
    public XdrWriter encoded(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    /** {@return all that was added} */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
