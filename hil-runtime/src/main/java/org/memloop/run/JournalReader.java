package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.memloop.bench.BenchException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/** Read a {@link Journal} back: every whole record in order, and what is wrong with the rest of the file, if anything. */
public final class JournalReader {
    /** Hold one record. */
    public sealed interface Entry {
        /** {@return the number that joins an intent and its outcome} */
        long id();

        /**
         * Hold a program that was about to leave.
         *
         * @param id its number
         * @param program the batch
         */
        record Intent(long id, PulseProgram program) implements Entry {}

        /**
         * Hold the outcome of a program that was done.
         *
         * @param id the number of its intent
         * @param readings what it measured
         */
        record Done(long id, Readings readings) implements Entry {}

        /**
         * Hold the outcome of a program that failed.
         *
         * @param id the number of its intent
         * @param firing whether pulses may have reached the array
         * @param reason what happened
         */
        record Failed(long id, BenchException.Firing firing, String reason) implements Entry {}

        /**
         * Hold the word that some pulses from here on are not in the journal.
         *
         * @param id a number of its own
         * @param what which pulses, and how they are known
         */
        record Unrecorded(long id, String what) implements Entry {}
    }

    /**
     * Hold what a file has to say.
     *
     * @param entries every whole record, in order
     * @param damage where and how the file stops making sense, empty when it is whole
     */
    public record Content(List<Entry> entries, Optional<String> damage) {
        /** {@return the intent that has no outcome: its cells must be read before they are pulsed again} */
        public Optional<Entry.Intent> unfinished() {
            if (!entries.isEmpty() && entries.getLast() instanceof Entry.Intent intent) {
                return Optional.of(intent);
            }
            return Optional.empty();
        }
    }

    private JournalReader() {}

    /**
     * Read a journal.
     *
     * @param file its path
     * @return its content
     * @throws UncheckedIOException when the file cannot be read or is no journal
     */
    public static Content read(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file + ": " + e.getMessage(), e);
        }
        byte[] magic = new byte[Math.min(Journal.MAGIC.length, bytes.remaining())];
        bytes.get(magic);
        if (!Arrays.equals(magic, Journal.MAGIC) || bytes.remaining() < 2 || bytes.getShort() != Journal.VERSION) {
            throw new UncheckedIOException(new IOException(file + " is not a journal of version " + Journal.VERSION));
        }
        List<Entry> entries = new ArrayList<>();
        Optional<String> damage = Optional.empty();
        while (bytes.hasRemaining() && damage.isEmpty()) {
            damage = record(bytes, entries);
        }
        return new Content(List.copyOf(entries), damage);
    }

    private static Optional<String> record(ByteBuffer bytes, List<Entry> entries) {
        int at = bytes.position();
        if (bytes.remaining() < Journal.HEAD) {
            return Optional.of("the record at byte " + at + " is cut off after " + bytes.remaining() + " bytes");
        }
        int length = bytes.getInt();
        byte kind = bytes.get();
        int crc = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            return Optional.of("the record at byte " + at + " is cut off: " + length + " bytes expected, "
                    + bytes.remaining() + " there");
        }
        ByteBuffer body = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        CRC32C expected = new CRC32C();
        expected.update(kind);
        expected.update(body.duplicate());
        if ((int) expected.getValue() != crc) {
            return Optional.of("the record at byte " + at + " does not match its checksum");
        }
        entries.add(switch (kind) {
            case Journal.INTENT -> new Entry.Intent(body.getLong(), program(body));
            case Journal.DONE -> new Entry.Done(body.getLong(), readings(body));
            case Journal.FAILED ->
                new Entry.Failed(body.getLong(), BenchException.Firing.values()[body.get()], text(body));
            case Journal.UNRECORDED -> new Entry.Unrecorded(body.getLong(), text(body));
            default ->
                throw new UncheckedIOException(new IOException("record at byte " + at + ": unknown kind " + kind));
        });
        return Optional.empty();
    }

    private static PulseProgram program(ByteBuffer body) {
        Pulse[] pulses = new Pulse[body.get()];
        for (int i = 0; i < pulses.length; i++) {
            pulses[i] = new Pulse(text(body), Pulse.Polarity.values()[body.get()], body.getDouble(), body.getDouble(),
                    body.getDouble(), body.get() == 1);
        }
        int steps = body.getInt();
        int cells = body.position();
        int kinds = cells + 4 * steps;
        int counts = kinds + steps;
        PulseProgram.Builder builder = PulseProgram.builder();
        for (int i = 0; i < steps; i++) {
            builder.add(body.getInt(cells + 4 * i), pulses[body.get(kinds + i)], body.getInt(counts + 4 * i));
        }
        return builder.build();
    }

    private static Readings readings(ByteBuffer body) {
        int n = body.getInt();
        int steps = body.position();
        int volts = steps + 4 * n;
        int amps = volts + 8 * n;
        int seconds = amps + 8 * n;
        int qualities = seconds + 8 * n;
        Readings.Builder builder = Readings.builder(n);
        for (int i = 0; i < n; i++) {
            builder.add(body.getInt(steps + 4 * i), body.getDouble(volts + 8 * i), body.getDouble(amps + 8 * i),
                    body.getDouble(seconds + 8 * i), Readings.Quality.values()[body.get(qualities + i)]);
        }
        return builder.build();
    }

    private static String text(ByteBuffer body) {
        byte[] utf8 = new byte[Short.toUnsignedInt(body.getShort())];
        body.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
