package org.memloop.sim.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cut what a client sends into program messages (IEEE 488.2, 7.5). A line feed ends one, unless it is inside a definite
 * block; so does the END of a protocol that has it. The carriage return of a CR LF is taken away.
 */
final class MessageSplitter {
    static final int MESSAGE_BYTES_MAX = 1 << 22;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int quote;
    private int last;
    private int digitsLeft;
    private long blockBytes;

    /**
     * Take some bytes.
     *
     * @param bytes the next bytes
     * @param count how many of them count
     * @param end whether the last of them ends a message, whatever it is
     * @return the messages that are complete now, without their terminators
     */
    List<byte[]> accept(byte[] bytes, int count, boolean end) {
        List<byte[]> complete = new ArrayList<>();
        int i = 0;
        while (i < count) {
            if (digitsLeft == 0 && blockBytes > 0) {
                int run = (int) Math.min(blockBytes, count - i);
                message.write(bytes, i, run);
                blockBytes -= run;
                i += run;
            } else if (accept(bytes[i++] & 0xff)) {
                complete.add(finished());
            }
        }
        if (end && message.size() > 0) {
            complete.add(finished());
        }
        return complete;
    }

    /** {@return whether the message that is under way is longer than any instrument takes} */
    boolean overrun() {
        return message.size() > MESSAGE_BYTES_MAX;
    }

    /** Forget the message that is under way. */
    void clear() {
        message.reset();
        quote = 0;
        last = 0;
        digitsLeft = 0;
        blockBytes = 0;
    }

    private boolean accept(int c) {
        if (digitsLeft > 0) {
            return !blockLength(c) && accept(c);
        }
        if (c == '\n') {
            return true;
        }
        message.write(c);
        if (quote == 0 && last == '#' && c >= '1' && c <= '9') {
            digitsLeft = c - '0';
            blockBytes = 0;
        } else if (c == '"' || c == '\'') {
            quote = quote == 0 ? c : quote == c ? 0 : quote;
        }
        last = c;
        return false;
    }

    /** Takes a digit of a block's length; anything else shows that it is no block, as the instrument will say. */
    private boolean blockLength(int c) {
        if (c < '0' || c > '9') {
            digitsLeft = 0;
            blockBytes = 0;
            return false;
        }
        message.write(c);
        last = c;
        digitsLeft--;
        blockBytes = 10 * blockBytes + c - '0';
        return true;
    }

    private byte[] finished() {
        byte[] bytes = message.toByteArray();
        clear();
        boolean cr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return cr ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
