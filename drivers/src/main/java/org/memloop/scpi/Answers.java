package org.memloop.scpi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.memloop.bench.LinkException;
import org.memloop.link.Link;

/**
 * Cut the bytes that come over a link into answers: lines, and the blocks of IEEE 488.2.
 *
 * <pre>
 *   definite     # d n..n body LF     d = how many digits n has, n = bytes in the body
 *   indefinite   # 0 body LF          the body lasts until a line feed after which nothing comes
 * </pre>
 */
final class Answers {
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int BLOCK_BYTES_MAX = 1 << 28;
    private static final long QUIET_NANOS = 50_000_000;

    private final Link link;
    private final byte[] chunk = new byte[1 << 16];
    private int start;
    private int end;

    Answers(Link link) {
        this.link = link;
    }

    /** Tell how many bytes have come that nobody asked for. */
    int unread() {
        return end - start;
    }

    String line(long deadline) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (start == end) {
                fill(deadline, line);
            }
            byte next = chunk[start++];
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
            if (line.size() > LINE_BYTES_MAX) {
                throw senseless("sent " + line.size() + " bytes without a line feed");
            }
        }
    }

    byte[] block(long deadline) {
        int first = next(deadline);
        if (first != '#') {
            throw senseless("answered with " + shown(first) + " where a block begins with '#'");
        }
        int digits = Character.digit(next(deadline), 10);
        if (digits < 0) {
            throw senseless("sent a block without the number of digits after '#'");
        }
        return digits == 0 ? indefinite(deadline) : definite(digits, deadline);
    }

    private byte[] definite(int digits, long deadline) {
        long length = 0;
        for (int i = 0; i < digits; i++) {
            int c = next(deadline);
            if (c < '0' || c > '9') {
                throw senseless("sent a block whose length holds " + shown(c));
            }
            length = 10 * length + c - '0';
        }
        if (length > BLOCK_BYTES_MAX) {
            throw senseless("announced a block of " + length + " bytes, more than is ever asked for");
        }
        byte[] body = new byte[(int) length];
        int have = Math.min(unread(), body.length);
        System.arraycopy(chunk, start, body, 0, have);
        start += have;
        while (have < body.length) {
            have += link.read(body, have, body.length - have, left(deadline));
        }
        String rest = line(deadline);
        if (!rest.isBlank()) {
            throw senseless("sent " + rest.length() + " more bytes after a block of " + length);
        }
        return body;
    }

    private byte[] indefinite(long deadline) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            body.write(chunk, start, unread());
            boolean mayBeOver = end > start && chunk[end - 1] == '\n';
            start = end;
            if (body.size() > BLOCK_BYTES_MAX) {
                throw senseless("sent a block of more than " + BLOCK_BYTES_MAX + " bytes");
            }
            try {
                end = link.read(chunk, 0, chunk.length, mayBeOver ? QUIET_NANOS : left(deadline));
                start = 0;
            } catch (LinkException e) {
                if (!mayBeOver) {
                    throw e;
                }
                return Arrays.copyOf(body.toByteArray(), body.size() - 1);
            }
        }
    }

    private int next(long deadline) {
        if (start == end) {
            fill(deadline, new ByteArrayOutputStream());
        }
        return chunk[start++] & 0xff;
    }

    private void fill(long deadline, ByteArrayOutputStream soFar) {
        try {
            start = 0;
            end = 0;
            end = link.read(chunk, 0, chunk.length, left(deadline));
        } catch (LinkException e) {
            if (soFar.size() == 0) {
                throw e;
            }
            throw senseless("sent " + soFar.size() + " bytes without a line feed, then nothing");
        }
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }

    private LinkException senseless(String problem) {
        return new LinkException(link.resource(), "", problem, null);
    }

    private static String shown(int c) {
        return c >= ' ' && c < 127 ? "'" + (char) c + "'" : String.format(Locale.ROOT, "byte 0x%02x", c);
    }
}
