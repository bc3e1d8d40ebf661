package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

import org.memloop.bench.BenchException;
import org.memloop.bench.Notice;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

import tools.jackson.databind.json.JsonMapper;

/**
 * Append to the record of what was meant to be done to an array and what came of it ({@code docs/journal.md}). An intent
 * is in the file before its program may leave; {@link JournalReader} reads the file back.
 *
 * <pre>
 *   file     "MEMLOOPJ"  version u16 = 2            then records, little-endian throughout
 *   record   length u32 | kind u8 | crc u32 | body  length counts the body; CRC-32C of kind and body
 * </pre>
 *
 * A record that cannot be written whole is taken off the file again, and nothing is written after it.
 */
public final class Journal implements AutoCloseable {
    static final byte[] MAGIC = "MEMLOOPJ".getBytes(StandardCharsets.US_ASCII);
    static final short VERSION = 2;
    /** Bytes of a record before its body: length, kind, checksum. */
    static final int HEAD = 9;

    /** Say when the operating system must have the file on the disk itself. */
    public enum Sync {
        /** At every intent, load and outcome: survives a power cut. */
        EVERY_RECORD,
        /** When the operating system likes: survives a crash of the program, for arrays that can be made anew. */
        NEVER
    }

    private final Path file;
    private final FileChannel channel;
    private final Sync sync;
    private final JournalWriter writer = new JournalWriter();
    private final JournalPrograms programs = new JournalPrograms(writer);
    private final CRC32C crc = new CRC32C();
    private long nextId = 1;
    private boolean broken;

    private Journal(Path file, FileChannel channel, Sync sync) {
        this.file = file;
        this.channel = channel;
        this.sync = sync;
    }

    /**
     * Start a journal in a file that does not exist yet.
     *
     * @param file its path
     * @param sync when the disk must have it
     * @param header what it is a record of
     * @return an open journal
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public static Journal create(Path file, Sync sync, JournalHeader header) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel, sync);
            channel.write(ByteBuffer.allocate(MAGIC.length + 2).put(MAGIC).put((byte) VERSION).put((byte) 0).flip());
            journal.begin(Kind.HEADER).text(JsonMapper.shared().writeValueAsString(header));
            journal.end();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Go on with a journal that was left, behind its last whole record. What follows that record is kept in a file beside
     * it.
     *
     * @param file its path
     * @param sync when the disk must have it
     * @param content what is in it
     * @return an open journal
     * @throws UncheckedIOException when the file cannot be written
     */
    static Journal resume(Path file, Sync sync, JournalReader.Content content) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (content.bytes() < channel.size()) {
                TornTail.keep(file, channel, content.bytes());
                channel.truncate(content.bytes());
                channel.force(true);
            }
            channel.position(content.bytes());
            Journal journal = new Journal(file, channel, sync);
            journal.nextId = content.nextId();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot go on with the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Write down a program that is about to leave.
     *
     * @param program the batch
     * @return the number by which its outcome is to be written
     */
    public synchronized long intend(PulseProgram program) {
        return intend(program, 0);
    }

    /** Write down a program that completes an unfinished one, 0 for none. */
    synchronized long intend(PulseProgram program, long completes) {
        long id = nextId;
        begin(Kind.INTENT).varint(id).varint(completes);
        programs.put(program);
        end();
        nextId++;
        return id;
    }

    /**
     * Write down that a program was done.
     *
     * @param id the number of its intent
     * @param readings what it measured
     */
    public synchronized void done(long id, Readings readings) {
        begin(Kind.DONE).varint(id);
        programs.put(readings);
        end();
    }

    /**
     * Write down that a program failed.
     *
     * @param id the number of its intent
     * @param failure what happened, and whether pulses may have reached the array
     */
    public synchronized void failed(long id, RuntimeException failure) {
        BenchException.Firing firing = failure instanceof BenchException bench
                ? bench.firing()
                : BenchException.Firing.POSSIBLE;
        begin(Kind.FAILED).varint(id).u8(firing.ordinal())
                .text(failure instanceof BenchException ? failure.getMessage() : String.valueOf(failure))
                .text(failure.getClass().getSimpleName());
        end();
    }

    /**
     * Write down that some pulses will not be written down, because there is another way to know them.
     *
     * @param what which pulses, and how they are known
     */
    public synchronized void unrecorded(String what) {
        begin(Kind.UNRECORDED).varint(nextId++).text(what);
        end();
    }

    /** Write down that the array is about to rest. */
    synchronized void rest(double seconds) {
        begin(Kind.REST).varint(nextId++).f64(seconds);
        end();
    }

    /** Write down that the program has reached a stage. */
    synchronized void mark(String stage, long done, long of) {
        begin(Kind.MARK).text(stage).varint(done).varint(of);
        end();
    }

    /** Write down what a bench told while it ran the program of this intent. */
    synchronized void notice(long id, Notice notice) {
        switch (notice) {
            case Notice.Loaded loaded -> begin(Kind.LOADED).varint(id).u32(loaded.load().boot())
                    .u32(loaded.load().id()).varint(loaded.load().triggers()).varint(loaded.from())
                    .varint(loaded.to());
            case Notice.Measured measured -> begin(Kind.MEASURED).text(measured.role()).text(measured.quantity())
                    .f64(measured.value()).text(measured.unit()).f64(measured.seconds());
        }
        end();
    }

    /** Write down how many wearing pulses each cell had before this run. */
    synchronized void past(long... pulses) {
        begin(Kind.PAST).varint(pulses.length);
        for (long count : pulses) {
            writer.varint(count);
        }
        end();
    }

    /** Write down that the run goes on, and what was found. */
    synchronized void resumed(String account) {
        begin(Kind.RESUMED).text(account);
        end();
    }

    /** Write down what is known of an unfinished program. */
    synchronized void settled(JournalReader.Entry.Settled settled) {
        begin(Kind.SETTLED).varint(settled.id()).varint(settled.whole()).varint(settled.pulses())
                .varint(settled.doubtful()).text(settled.account());
        end();
    }

    /** Write down that the bench was stopped and why. */
    synchronized void tripped(String reason) {
        begin(Kind.TRIPPED).text(reason);
        end();
    }

    /** Write down a record of another journal, bit for bit. */
    synchronized void copy(JournalReader.Entry.Raw raw) {
        begin(Kind.of(raw.kind()).orElseThrow()).bytes(raw.body());
        end();
        nextId = Math.max(nextId, raw.id() + 1);
    }

    private JournalWriter begin(Kind kind) {
        if (broken) {
            throw new UncheckedIOException(new IOException("the journal " + file
                    + " could not be written before; nothing more will be fired"));
        }
        writer.clear();
        return writer.u32(0).u8(kind.code()).u32(0);
    }

    private void end() {
        ByteBuffer record = writer.buffer();
        int length = record.position() - HEAD;
        byte kind = record.get(4);
        crc.reset();
        crc.update(kind);
        crc.update(record.duplicate().flip().position(HEAD));
        record.putInt(0, length).putInt(5, (int) crc.getValue());
        long start = -1;
        try {
            start = channel.position();
            record.flip();
            while (record.hasRemaining()) {
                channel.write(record);
            }
            if (sync == Sync.EVERY_RECORD && Kind.of(kind).orElseThrow().decides()) {
                channel.force(false);
            }
        } catch (IOException e) {
            takeOff(start, e);
            throw new UncheckedIOException(
                    "cannot write the journal " + file + ": " + e.getMessage() + "; nothing more will be fired", e);
        }
    }

    private void takeOff(long start, IOException because) {
        broken = true;
        try {
            if (start >= 0) {
                channel.truncate(start);
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** {@return how long the file is; empty when it could not be written whole} */
    synchronized OptionalLong bytes() {
        try {
            return broken ? OptionalLong.empty() : OptionalLong.of(channel.position());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the length of the journal " + file, e);
        }
    }

    /** Let go of the file. */
    @Override
    public synchronized void close() {
        try {
            if (channel.isOpen()) {
                channel.force(false);
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /** Name the kinds of records. */
    enum Kind {
        INTENT(1, true),
        DONE(2, true),
        FAILED(3, true),
        UNRECORDED(4, false),
        HEADER(5, true),
        MARK(6, false),
        MEASURED(7, false),
        LOADED(8, true),
        REST(9, false),
        RESUMED(10, true),
        SETTLED(11, true),
        TRIPPED(12, true),
        PAST(13, true);

        private final int code;
        private final boolean decides;

        Kind(int code, boolean decides) {
            this.code = code;
            this.decides = decides;
        }

        int code() {
            return code;
        }

        /** {@return whether what happens next may hang on this record being on the disk} */
        boolean decides() {
            return decides;
        }

        static Optional<Kind> of(int code) {
            return code >= 1 && code <= values().length
                    ? Optional.of(values()[code - 1])
                    : Optional.empty();
        }
    }
}
