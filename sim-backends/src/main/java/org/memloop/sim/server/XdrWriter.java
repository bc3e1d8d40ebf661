package org.memloop.sim.server;

import java.io.ByteArrayOutputStream;

/** Put values into external data representation, laid out as {@link XdrReader} shows. */
final class XdrWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    XdrWriter integer(long value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    XdrWriter bool(boolean value) {
        return integer(value ? 1 : 0);
    }

    XdrWriter opaque(byte[] value) {
        integer(value.length);
        bytes.writeBytes(value);
        for (int i = value.length; i % 4 != 0; i++) {
            bytes.write(0);
        }
        return this;
    }

    /** Add bytes that are in this representation already. */
    XdrWriter encoded(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
