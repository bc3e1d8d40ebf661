package org.memloop.sim.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Cut a stream into program messages. A line feed ends one, unless it is inside a definite block; the
 * carriage return of a CR LF is taken away.
 */
final class MessageReader {
    private static final int MESSAGE_BYTES_MAX = 1 << 22;

    private final InputStream in;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    MessageReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Wait for the next message; empty when the stream has ended, and an unfinished message with it. */
    Optional<byte[]> next() throws IOException {
        message.reset();
        int quote = 0;
        int last = 0;
        while (true) {
            int c = in.read();
            if (c < 0 || message.size() > MESSAGE_BYTES_MAX) {
                return Optional.empty();
            }
            if (c == '\n') {
                return Optional.of(finished());
            }
            message.write(c);
            if (quote == 0 && last == '#' && c >= '1' && c <= '9') {
                block(c - '0');
            } else if (c == '"' || c == '\'') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
            last = c;
        }
    }

    private byte[] finished() {
        byte[] bytes = message.toByteArray();
        boolean cr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return cr ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private void block(int digits) throws IOException {
        byte[] length = in.readNBytes(digits);
        message.writeBytes(length);
        long count = 0;
        for (byte digit : length) {
            if (digit < '0' || digit > '9') {
                return; // no block after all; the instrument will say so
            }
            count = 10 * count + digit - '0';
        }
        message.writeBytes(in.readNBytes((int) Math.min(count, MESSAGE_BYTES_MAX)));
    }
}
