package org.memloop.link;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Write down every byte that passes a link, as a transcript that tests can replay.
 *
 * <pre>
 *   > *IDN?                   sent, with a line feed at its end
 *   &lt; ACME,1,2,3              answered, with a line feed at its end
 *   >> 00 03 ff               sent, in hexadecimal digits: no line feed at its end, or a zero within
 *   &lt;&lt; 00 81                  answered, likewise
 * </pre>
 *
 * In lines of text {@code \xHH} stands for one byte and {@code \\} for a backslash. What comes in several pieces is written
 * in one.
 */
public final class RecordingLink implements Link {
    private final Link inner;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

    /**
     * Stand before a link.
     *
     * @param inner the link; closed with this one
     * @param lines takes each line of the transcript
     */
    public RecordingLink(Link inner, Consumer<String> lines) {
        this.inner = inner;
        this.lines = lines;
    }

    @Override
    public String resource() {
        return inner.resource();
    }

    @Override
    public void write(byte[] bytes) {
        flush();
        lines.accept(line('>', bytes));
        inner.write(bytes);
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        int count = inner.read(into, offset, length, timeoutNanos);
        answered.write(into, offset, count);
        return count;
    }

    private void flush() {
        byte[] all = answered.toByteArray();
        answered.reset();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n' || i == all.length - 1) {
                lines.accept(line('<', Arrays.copyOfRange(all, start, i + 1)));
                start = i + 1;
            }
        }
    }

    /**
     * Write down what was sent or answered at once.
     *
     * @param direction {@code >} for what was sent, {@code <} for what was answered
     * @param bytes what
     * @return one line of a transcript
     */
    public static String line(char direction, byte[] bytes) {
        int end = bytes.length - 1;
        boolean text = end >= 0 && bytes[end] == '\n';
        for (byte each : bytes) {
            text &= each != 0;
        }
        if (!text) {
            return "" + direction + direction + " " + HexFormat.ofDelimiter(" ").formatHex(bytes);
        }
        StringBuilder out = new StringBuilder().append(direction).append(' ');
        for (int i = 0; i < end; i++) {
            int c = bytes[i] & 0xff;
            boolean plain = c > ' ' && c < 127 || c == ' ' && i < end - 1;
            out.append(
                    c == '\\' ? "\\\\" : plain ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\x%02x", c));
        }
        return out.toString();
    }

    @Override
    public void close() {
        flush();
        inner.close();
    }
}
