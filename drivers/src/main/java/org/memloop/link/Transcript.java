package org.memloop.link;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;

/** Put what passes a link into the lines that {@link RecordingLink} describes. */
final class Transcript {
    private final String resource;
    private final Optional<LongSupplier> nanos;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private long answeredNanos;
    private boolean broken;

    Transcript(String resource, Consumer<String> lines) {
        this(resource, Optional.empty(), lines);
    }

    Transcript(String resource, LongSupplier nanos, Consumer<String> lines) {
        this(resource, Optional.of(nanos), lines);
    }

    private Transcript(String resource, Optional<LongSupplier> nanos, Consumer<String> lines) {
        this.resource = resource;
        this.nanos = nanos;
        this.lines = lines;
    }

    void sent(byte[] bytes) {
        flush();
        when(now());
        keep(line('>', bytes));
    }

    void answered(byte[] from, int offset, int count) {
        answered.write(from, offset, count);
        answeredNanos = now();
    }

    /** Write down what passed beside the bytes. */
    void remark(String text) {
        flush();
        when(now());
        keep("# " + text);
    }

    /** Write down a failure; the failure itself matters more than one to write it down. */
    void failed(LinkException failure) {
        try {
            remark("failed: " + failure.getMessage().lines().findFirst().orElse(""));
        } catch (ConfigurationException e) {
            failure.addSuppressed(e);
        }
    }

    void end() {
        flush();
    }

    private long now() {
        return nanos.map(LongSupplier::getAsLong).orElse(0L);
    }

    private void flush() {
        byte[] all = answered.toByteArray();
        answered.reset();
        if (all.length > 0) {
            when(answeredNanos);
        }
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n' || i == all.length - 1) {
                keep(line('<', Arrays.copyOfRange(all, start, i + 1)));
                start = i + 1;
            }
        }
    }

    private void when(long at) {
        if (nanos.isPresent()) {
            keep(String.format(Locale.ROOT, "# %.6f s", at * 1e-9));
        }
    }

    private void keep(String line) {
        if (broken) {
            return;
        }
        try {
            lines.accept(line);
        } catch (UncheckedIOException e) {
            broken = true;
            throw new ConfigurationException(resource + ": its transcript cannot be written (" + e.getMessage()
                    + "); stopped, make room or record without it", e);
        }
    }

    static String line(char direction, byte[] bytes) {
        int end = bytes.length - 1;
        boolean text = end >= 1 && bytes[end] == '\n';
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
}
