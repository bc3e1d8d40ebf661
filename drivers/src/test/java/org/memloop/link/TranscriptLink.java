package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import org.memloop.bench.LinkException;

/**
 * Play the instrument's side of a written conversation and hold the driver to its own: a line that begins with
 * {@code >} is what the driver has to send next, one with {@code <} what the instrument answers. In answers
 * {@code \xHH} stands for one byte; every line ends with a line feed on the wire.
 */
public final class TranscriptLink implements Link {
    private final Deque<String> lines = new ArrayDeque<>();
    private byte[] pending = new byte[0];
    private boolean closed;

    /**
     * Start a conversation.
     *
     * @param transcript its first lines
     */
    public TranscriptLink(String transcript) {
        expect(transcript);
    }

    /**
     * Go on with the conversation.
     *
     * @param transcript more lines
     */
    public void expect(String transcript) {
        transcript.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
    }

    /** Make sure that everything was said. */
    public void assertFinished() {
        assertEquals(new ArrayDeque<String>().toString(), lines.toString(), "not said");
    }

    @Override
    public String resource() {
        return "TCPIP0::192.168.0.11::5025::SOCKET";
    }

    @Override
    public void write(byte[] bytes) {
        assertFalse(closed, "write after close");
        String expected = lines.isEmpty() ? "(nothing)" : lines.removeFirst();
        assertEquals(expected, "> " + new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing());
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        if (pending.length == 0) {
            if (lines.isEmpty() || !lines.getFirst().startsWith("<")) {
                throw new LinkException(resource(), "", "no answer within 3.00 s", null);
            }
            pending = bytes(lines.removeFirst().substring(2));
        }
        int count = Math.min(length, Math.min(7, pending.length)); // in small pieces, as networks may
        System.arraycopy(pending, 0, into, offset, count);
        pending = java.util.Arrays.copyOfRange(pending, count, pending.length);
        return count;
    }

    private static byte[] bytes(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < line.length(); i++) {
            if (line.startsWith("\\x", i)) {
                out.write(Integer.parseInt(line, i + 2, i + 4, 16));
                i += 3;
            } else {
                out.write(line.charAt(i));
            }
        }
        out.write('\n');
        return out.toByteArray();
    }

    @Override
    public void close() {
        closed = true;
    }
}
