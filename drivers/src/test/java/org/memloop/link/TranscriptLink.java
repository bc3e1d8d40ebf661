package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;

import org.memloop.bench.LinkException;

/**
 * Play the instrument's side of a written conversation and hold the driver to its own, byte for byte.
 *
 * <pre>
 *   # a remark
 *   > *IDN?                   what the driver sends next; a line feed follows
 *   &lt; ACME,1,2,3              what the instrument answers; a line feed follows
 *   >> 00 03 ff               what the driver sends next, in hexadecimal digits, and nothing more
 *   &lt;&lt; 00 81                  what the instrument answers, in hexadecimal digits, and nothing more
 * </pre>
 *
 * In lines of text {@code \xHH} stands for one byte, {@code \\} for a backslash. {@link RecordingLink} writes such lines.
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
        transcript.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(lines::add);
    }

    /** Make sure that everything was said. */
    public void assertFinished() {
        assertEquals(new ArrayDeque<String>().toString(), lines.toString(), "not said");
    }

    /** {@return whether the driver has let go of it} */
    public boolean closed() {
        return closed;
    }

    @Override
    public String resource() {
        return "TCPIP0::192.168.0.11::5025::SOCKET";
    }

    @Override
    public void write(byte[] bytes) {
        assertFalse(closed, "write after close");
        String expected = lines.isEmpty() ? "(nothing)" : lines.removeFirst();
        assertEquals(expected, RecordingLink.line('>', bytes));
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        if (pending.length == 0) {
            if (lines.isEmpty() || !lines.getFirst().startsWith("<")) {
                throw new LinkException(resource(), "", "no answer within 3.00 s", null);
            }
            pending = bytes(lines.removeFirst());
        }
        int count = Math.min(length, Math.min(7, pending.length)); // in small pieces, as networks may
        System.arraycopy(pending, 0, into, offset, count);
        pending = Arrays.copyOfRange(pending, count, pending.length);
        return count;
    }

    private static byte[] bytes(String line) {
        if (line.startsWith("<<")) {
            return HexFormat.ofDelimiter(" ").parseHex(line.substring(2).strip());
        }
        String text = line.substring(2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                out.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 3;
            } else if (text.startsWith("\\\\", i)) {
                out.write('\\');
                i++;
            } else {
                out.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.ISO_8859_1));
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
