package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

import tools.jackson.databind.json.JsonMapper;

/**
 * Read a {@link Journal} back: every whole record in order, and what is wrong with the rest of the file, if anything.
 * Opening checks every checksum; a record is unpacked when it is asked for.
 */
public final class JournalReader {
    /** Hold one record. */
    public sealed interface Entry {
        /** {@return the number that joins an intent with its loads and its outcome; 0 for a record without one} */
        long id();

        /**
         * Hold what the journal is a record of.
         *
         * @param text JSON, a {@link JournalHeader}
         */
        record Header(String text) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold a program that was about to leave.
         *
         * @param id its number
         * @param program the batch
         * @param completes the number of the unfinished program it is the rest of, 0 for none
         */
        record Intent(long id, PulseProgram program, long completes) implements Entry {
            /**
             * Hold a program of its own.
             *
             * @param id its number
             * @param program the batch
             */
            public Intent(long id, PulseProgram program) {
                this(id, program, 0);
            }
        }

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
         * @param kind name of the exception's class, so that it can be thrown again
         */
        record Failed(long id, BenchException.Firing firing, String reason, String kind) implements Entry {
            /** {@return the failure, to be thrown where it was thrown when it was recorded} */
            BenchException again() {
                return kind.equals(LimitException.class.getSimpleName())
                        ? new LimitException(reason)
                        : new ConfigurationException(reason);
            }
        }

        /**
         * Hold the word that some pulses from here on are not in the journal.
         *
         * @param id a number of its own
         * @param what which pulses, and how they are known
         */
        record Unrecorded(long id, String what) implements Entry {}

        /**
         * Hold a time that every line was to be on ground.
         *
         * @param id a number of its own
         * @param seconds how long
         */
        record Rest(long id, double seconds) implements Entry {}

        /**
         * Hold how far the program above the bench was.
         *
         * @param stage what it was at
         * @param done how many of its parts were done
         * @param of how many there are
         */
        record Mark(String stage, long done, long of) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold that a stretch of a program was about to be fired.
         *
         * @param id the number of its intent
         * @param loaded which stretch, and its name in the router's memory
         */
        record Loaded(long id, Notice.Loaded loaded) implements Entry {}

        /**
         * Hold what was measured of the bench itself.
         *
         * @param measured what, and how much
         */
        record Measured(Notice.Measured measured) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold that the run was taken up again.
         *
         * @param account what was found
         */
        record Resumed(String account) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold what is known of an unfinished program.
         *
         * @param id the number of its intent
         * @param whole how many of its steps were certainly fired, all their pulses
         * @param pulses how many pulses of the step after them were certainly fired
         * @param doubtful how many of the steps after those {@code whole} ones may have been fired or not
         * @param account how it is known
         */
        record Settled(long id, int whole, int pulses, int doubtful, String account) implements Entry {}

        /**
         * Hold that the bench was stopped.
         *
         * @param reason why
         */
        record Tripped(String reason) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold how many wearing pulses each cell had before the run.
         *
         * @param pulses by cell number
         */
        record Past(List<Long> pulses) implements Entry {
            @Override
            public long id() {
                return 0;
            }
        }

        /**
         * Hold any record as it is in the file.
         *
         * @param kind its kind
         * @param id the number it carries, 0 for none
         * @param body its bytes
         */
        record Raw(int kind, long id, ByteBuffer body) implements Entry {}
    }

    /**
     * Hold what a file has to say.
     *
     * @param entries every whole record, in order
     * @param damage where and how the file stops making sense, empty when it is whole
     * @param bytes length of the part that makes sense
     * @param beyond how many whole records follow the damage; 0 for a tail that was torn off
     * @param nextId the number of the next intent
     */
    public record Content(List<Entry> entries, Optional<String> damage, long bytes, int beyond, long nextId) {
        /** {@return the intent that has no outcome: its cells must be read before they are pulsed again} */
        public Optional<Entry.Intent> unfinished() {
            for (int i = entries.size() - 1; i >= 0; i--) {
                switch (entries.get(i)) {
                    case Entry.Intent intent -> {
                        return Optional.of(intent);
                    }
                    case Entry.Done _,Entry.Failed _,Entry.Unrecorded _,Entry.Rest _ -> {
                        return Optional.empty();
                    }
                    default -> {
                    }
                }
            }
            return Optional.empty();
        }

        /**
         * Tell what this is a record of.
         *
         * @return the header; empty in a journal of version 1
         */
        public Optional<JournalHeader> header() {
            return entries.isEmpty() || !(entries.getFirst() instanceof Entry.Header(String text))
                    ? Optional.empty()
                    : Optional.of(JsonMapper.shared().readValue(text,
                            JournalHeader.class));
        }

        /** {@return a record as it is in the file} */
        Entry.Raw raw(int index) {
            return ((Records) entries).raw(index);
        }

        /** {@return the kind of a record, without unpacking it} */
        int kind(int index) {
            return ((Records) entries).kinds[index];
        }
    }

    private JournalReader() {}

    /**
     * Read a journal, of this version or version 1.
     *
     * @param file its path
     * @return its content
     * @throws UncheckedIOException when the file cannot be read or is no journal
     */
    public static Content read(Path file) {
        try {
            JournalScan scan = new JournalScan(file, bytes(file));
            Records records = new Records(scan);
            return new Content(records, scan.damage(), scan.end(), scan.beyond(), scan.nextId());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tell where a record ends, as whoever cuts a journal off has to know.
     *
     * @param file the journal's path
     * @param records how many records, at most those that are whole
     * @return bytes up to the end of the last of them
     * @throws UncheckedIOException when the file cannot be read or is no journal
     */
    public static long end(Path file, int records) {
        try {
            JournalScan scan = new JournalScan(file, bytes(file));
            return records == scan.offsets().length ? scan.end() : scan.offsets()[records];
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /** Small files are copied, so that nobody is kept from cutting them; large ones are mapped. */
    private static MemorySegment bytes(Path file) throws IOException {
        if (Files.size(file) < Integer.MAX_VALUE / 2) {
            return MemorySegment.ofArray(Files.readAllBytes(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /** Unpack records as they are asked for. */
    private static final class Records extends AbstractList<Entry> implements RandomAccess {
        private final JournalScan scan;
        private final long[] offsets;
        private final int[] kinds;

        Records(JournalScan scan) {
            this.scan = scan;
            this.offsets = scan.offsets();
            this.kinds = scan.kinds();
        }

        @Override
        public int size() {
            return offsets.length;
        }

        private ByteBuffer body(int index) {
            return scan.body(offsets[index]);
        }

        Entry.Raw raw(int index) {
            boolean numbered = switch (Journal.Kind.of(kinds[index]).orElseThrow()) {
                case INTENT, DONE, FAILED, UNRECORDED, LOADED, REST, SETTLED -> true;
                default -> false;
            };
            return new Entry.Raw(kinds[index], numbered ? new JournalBody(body(index)).varint() : 0, body(index));
        }

        @Override
        public Entry get(int index) {
            try {
                Journal.Kind kind = Journal.Kind.of(kinds[index]).orElseThrow();
                return scan.version() == 1
                        ? JournalVersion1.entry(kind, body(index))
                        : entry(kind, new JournalBody(body(index)));
            } catch (RuntimeException e) {
                throw new UncheckedIOException(new IOException(scan.file() + ": the record at byte " + offsets[index]
                        + " makes no sense to this version of the program: " + e.getMessage(), e));
            }
        }

        private static Entry entry(Journal.Kind kind, JournalBody body) {
            return switch (kind) {
                case INTENT -> {
                    long id = body.varint();
                    long completes = body.varint();
                    yield new Entry.Intent(id, JournalPrograms.program(body), completes);
                }
                case DONE -> new Entry.Done(body.varint(), JournalPrograms.readings(body));
                case FAILED ->
                    new Entry.Failed(body.varint(), BenchException.Firing.values()[body.u8()], body.text(),
                            body.text());
                case UNRECORDED -> new Entry.Unrecorded(body.varint(), body.text());
                case HEADER -> new Entry.Header(body.text());
                case MARK -> new Entry.Mark(body.text(), body.varint(), body.varint());
                case MEASURED -> new Entry.Measured(new Notice.Measured(body.text(), body.text(), body.f64(),
                        body.text(), body.f64()));
                case LOADED -> new Entry.Loaded(body.varint(), new Notice.Loaded(
                        new Load(body.u32(), body.u32(), body.varint()), body.count(),
                        body.count()));
                case REST -> new Entry.Rest(body.varint(), body.f64());
                case RESUMED -> new Entry.Resumed(body.text());
                case SETTLED ->
                    new Entry.Settled(body.varint(), body.count(), body.count(), body.count(), body.text());
                case TRIPPED -> new Entry.Tripped(body.text());
                case PAST -> {
                    Long[] pulses = new Long[body.count()];
                    Arrays.setAll(pulses, _ -> body.varint());
                    yield new Entry.Past(List.of(pulses));
                }
            };
        }
    }
}
