package org.memloop.scpi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.memloop.bench.LinkException;
import org.memloop.link.Link;
import org.memloop.link.MessageLink;

/**
 * Cut the bytes that come over a link into answers: lines, and the blocks of IEEE 488.2. Where the link tells the end of
 * a response (END), that ends an answer as a line feed does, and is all that ends an indefinite block.
 *
 * <pre>
 *   definite     # d n..n body LF     d = how many digits n has, n = bytes in the body
 *   indefinite   # 0 body LF          the body lasts until END, or a line feed after which nothing comes
 * </pre>
 */
final class Answers {
    private static final int LINE_BYTES_MAX = 1 << 16;
    private static final int BLOCK_BYTES_MAX = 1 << 28;
    private static final long QUIET_NANOS = 50_000_000;

    private final Link link;
    private final byte[] chunk = new byte[1 << 16];
    private final Optional<MessageLink> messages;
    private int start;
    private int end;
    private boolean endOwed;

    Answers(Link link) {
        this.link = link;
        messages = link instanceof MessageLink message ? Optional.of(message) : Optional.empty();
    }

    /** Tell how many bytes have come that nobody asked for. */
    int unread() {
        return end - start;
    }

    /** Forget what has come and was not asked for. */
    void forget() {
        start = end;
        endOwed = false;
    }

    /** Tell whether the link says that nothing more belongs to the response. */
    private boolean over() {
        return start == end && messages.isPresent() && messages.get().ended();
    }

    String line(long deadline) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (start == end && !fill(deadline, line)) {
                return text(line);
            }
            byte next = chunk[start++];
            if (next == '\n') {
                endOwed = start == end && messages.isPresent() && !over();
                return text(line);
            }
            line.write(next);
            if (line.size() > LINE_BYTES_MAX) {
                throw senseless("sent " + line.size() + " bytes without a line feed");
            }
            if (over()) {
                return text(line);
            }
        }
    }

    private static String text(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
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
            if (over()) {
                throw senseless("ended its answer after " + have + " of " + length + " bytes");
            }
            have += link.read(body, have, body.length - have, left(deadline));
        }
        String rest = over() ? "" : line(deadline);
        if (!rest.isBlank()) {
            throw senseless("sent " + rest.length() + " more bytes after a block of " + length);
        }
        return body;
    }

    private byte[] indefinite(long deadline) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            body.write(chunk, start, unread());
            if (messages.isPresent()) {
                start = end;
                if (over()) {
                    return withoutLineFeed(body.toByteArray());
                }
            }
            boolean mayBeOver = messages.isEmpty() && end > start && chunk[end - 1] == '\n';
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
                return withoutLineFeed(body.toByteArray());
            }
        }
    }

    private static byte[] withoutLineFeed(byte[] body) {
        boolean ends = body.length > 0 && body[body.length - 1] == '\n';
        return ends ? Arrays.copyOf(body, body.length - 1) : body;
    }

    private int next(long deadline) {
        if (start == end && !fill(deadline, new ByteArrayOutputStream())) {
            throw senseless("ended its answer where a block should be");
        }
        return chunk[start++] & 0xff;
    }

    /** Waits for more. {@return whether any came; not so when the response ends here} */
    private boolean fill(long deadline, ByteArrayOutputStream soFar) {
        try {
            start = 0;
            end = 0;
            end = link.read(chunk, 0, chunk.length, left(deadline));
            if (end == 0 && endOwed && soFar.size() == 0) {
                // the end of the response before, which came apart from its line feed
                end = link.read(chunk, 0, chunk.length, left(deadline));
            }
            endOwed = false;
            return end > 0;
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
