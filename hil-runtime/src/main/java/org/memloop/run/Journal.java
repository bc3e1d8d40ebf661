package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.memloop.bench.BenchException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/**
 * Append to the record of what was meant to be done to an array and what came of it. An intent is in the file before its
 * program may leave; {@link JournalReader} reads the file back.
 *
 * <pre>
 *   file     "MEMLOOPJ"  version u16 = 1            then records, little-endian throughout
 *   record   length u32 | kind u8 | crc u32 | body  length counts the body; CRC-32C of kind and body
 *   kind 1   intent      id u64, pulses u8 x (name, polarity u8, column f64, gate f64, width f64, measured u8),
 *                        steps u32, cell u32 x n, pulse u8 x n, count u32 x n
 *   kind 2   done        id u64, readings u32, step u32 x m, volts f64 x m, amps f64 x m, seconds f64 x m, quality u8 x m
 *   kind 3   failed      id u64, firing u8 (0 none, 1 possible), reason
 *   kind 4   unrecorded  id u64, what is not written from here on
 *            names and reasons: length u16, UTF-8
 * </pre>
 */
public final class Journal implements AutoCloseable {
    static final byte[] MAGIC = "MEMLOOPJ".getBytes(StandardCharsets.US_ASCII);
    static final short VERSION = 1;
    static final byte INTENT = 1;
    static final byte DONE = 2;
    static final byte FAILED = 3;
    static final byte UNRECORDED = 4;
    /** Bytes of a record before its body: length, kind, checksum. */
    static final int HEAD = 9;

    /** Say when the operating system must have the file on the disk itself. */
    public enum Sync {
        /** At every intent and outcome: survives a power cut. */
        EVERY_RECORD,
        /** When the operating system likes: survives a crash of the program, for arrays that can be made anew. */
        NEVER
    }

    private final Path file;
    private final FileChannel channel;
    private final Sync sync;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long nextId = 1;

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
     * @return an open journal
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public static Journal create(Path file, Sync sync) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, channel, sync);
            journal.buffer.put(MAGIC).putShort(VERSION);
            journal.flush();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Write down a program that is about to leave.
     *
     * @param program the batch
     * @return the number by which its outcome is to be written
     */
    public synchronized long intend(PulseProgram program) {
        long id = nextId++;
        begin(INTENT, 64 + 320 * program.pulses().size() + 9 * program.size());
        buffer.putLong(id).put((byte) program.pulses().size());
        for (Pulse pulse : program.pulses()) {
            text(pulse.name());
            buffer.put((byte) pulse.polarity().ordinal()).putDouble(pulse.columnVolts()).putDouble(pulse.gateVolts())
                    .putDouble(pulse.widthSeconds()).put((byte) (pulse.measured() ? 1 : 0));
        }
        buffer.putInt(program.size());
        for (int step = 0; step < program.size(); step++) {
            buffer.putInt(program.cell(step));
        }
        for (int step = 0; step < program.size(); step++) {
            buffer.put((byte) program.kind(step));
        }
        for (int step = 0; step < program.size(); step++) {
            buffer.putInt(program.count(step));
        }
        end();
        return id;
    }

    /**
     * Write down that a program was done.
     *
     * @param id the number of its intent
     * @param readings what it measured
     */
    public synchronized void done(long id, Readings readings) {
        begin(DONE, 16 + 29 * readings.size());
        buffer.putLong(id).putInt(readings.size());
        for (int i = 0; i < readings.size(); i++) {
            buffer.putInt(readings.step(i));
        }
        for (int i = 0; i < readings.size(); i++) {
            buffer.putDouble(readings.volts(i));
        }
        for (int i = 0; i < readings.size(); i++) {
            buffer.putDouble(readings.amps(i));
        }
        for (int i = 0; i < readings.size(); i++) {
            buffer.putDouble(readings.seconds(i));
        }
        for (int i = 0; i < readings.size(); i++) {
            buffer.put((byte) readings.quality(i).ordinal());
        }
        end();
    }

    /**
     * Write down that a program failed.
     *
     * @param id the number of its intent
     * @param firing whether pulses may have reached the array
     * @param reason what happened
     */
    public synchronized void failed(long id, BenchException.Firing firing, String reason) {
        begin(FAILED, 64 + 4 * reason.length());
        buffer.putLong(id).put((byte) firing.ordinal());
        text(reason);
        end();
    }

    /**
     * Write down that some pulses will not be written down, because there is another way to know them.
     *
     * @param what which pulses, and how they are known
     */
    public synchronized void unrecorded(String what) {
        begin(UNRECORDED, 512);
        buffer.putLong(nextId++);
        text(what);
        end();
    }

    private void begin(byte kind, int bytes) {
        if (buffer.capacity() < bytes + HEAD) {
            buffer = ByteBuffer.allocateDirect(2 * (bytes + HEAD)).order(ByteOrder.LITTLE_ENDIAN);
        }
        buffer.clear().putInt(0).put(kind).putInt(0);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, 256);
        buffer.putShort((short) length).put(utf8, 0, length);
    }

    private void end() {
        int length = buffer.position() - HEAD;
        CRC32C crc = new CRC32C();
        crc.update(buffer.get(4));
        crc.update(buffer.duplicate().flip().position(HEAD));
        buffer.putInt(0, length).putInt(5, (int) crc.getValue());
        try {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the journal " + file + ": " + e.getMessage() + "; nothing more will be fired", e);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        if (sync == Sync.EVERY_RECORD) {
            channel.force(false);
        }
        buffer.clear();
    }

    /** Let go of the file. */
    @Override
    public synchronized void close() {
        try {
            channel.force(false);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal " + file + ": " + e.getMessage(), e);
        }
    }
}
