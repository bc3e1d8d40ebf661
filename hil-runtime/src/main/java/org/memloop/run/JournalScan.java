package org.memloop.run;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Find the records of a journal, up to the first whose checksum does not hold, and look whether any follow it. */
final class JournalScan {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int START = Journal.MAGIC.length + 2;
    /** So many bytes after damage are searched for the beginning of a whole record. */
    private static final long SEARCHED = 1 << 20;

    private final Path file;
    private final MemorySegment bytes;
    private final int version;
    private final CRC32C crc = new CRC32C();
    private long[] offsets = new long[1024];
    private int[] kinds = new int[1024];
    private int count;
    private long end = START;
    private Optional<String> damage = Optional.empty();
    private int beyond;
    private long nextId = 1;

    JournalScan(Path file, MemorySegment bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        byte[] magic = bytes.asSlice(0, Math.min(Journal.MAGIC.length, bytes.byteSize()))
                .toArray(ValueLayout.JAVA_BYTE);
        version = bytes.byteSize() < START
                ? 0
                : bytes.get(ValueLayout.JAVA_BYTE, Journal.MAGIC.length)
                        | bytes.get(ValueLayout.JAVA_BYTE, Journal.MAGIC.length + 1) << 8;
        if (!Arrays.equals(magic, Journal.MAGIC) || version < 1 || version > Journal.VERSION) {
            throw new IOException(file + " is not a journal of version 1 to " + Journal.VERSION);
        }
        while (end < bytes.byteSize() && damage.isEmpty()) {
            damage = fault(end);
            if (damage.isEmpty()) {
                take(end);
                end += Journal.HEAD + length(end);
            }
        }
        if (damage.isPresent()) {
            lookBeyond();
        }
    }

    private int length(long at) {
        return bytes.get(U32, at);
    }

    private int kindAt(long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at + 4);
    }

    private Optional<String> fault(long at) {
        long there = bytes.byteSize() - at;
        if (there < Journal.HEAD) {
            return Optional.of("the record at byte " + at + " is cut off after " + there + " bytes");
        }
        int length = length(at);
        if (length < 0 || length > there - Journal.HEAD) {
            return Optional.of("the record at byte " + at + " is cut off: " + Integer.toUnsignedString(length)
                    + " bytes expected, " + (there - Journal.HEAD) + " there");
        }
        crc.reset();
        crc.update(kindAt(at));
        crc.update(body(at));
        if ((int) crc.getValue() != bytes.get(U32, at + 5)) {
            return Optional.of("the record at byte " + at + " does not match its checksum");
        }
        return Journal.Kind.of(kindAt(at)).isEmpty() || version == 1 && kindAt(at) > 4
                ? Optional.of("the record at byte " + at + " is of kind " + kindAt(at) + ", which version " + version
                        + " does not have")
                : Optional.empty();
    }

    private void take(long at) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        offsets[count] = at;
        kinds[count++] = kindAt(at);
        Journal.Kind kind = Journal.Kind.of(kindAt(at)).orElseThrow();
        if (kind == Journal.Kind.INTENT || kind == Journal.Kind.UNRECORDED || kind == Journal.Kind.REST) {
            long id = version == 1
                    ? body(at).order(ByteOrder.LITTLE_ENDIAN).getLong()
                    : new JournalBody(body(at)).varint();
            nextId = Math.max(nextId, id + 1);
        }
    }

    /** Records after damage prove that more was done than can be read: the file was harmed, not cut off. */
    private void lookBeyond() {
        long at = end + 1;
        long last = Math.min(bytes.byteSize() - Journal.HEAD, end + SEARCHED);
        if (bytes.byteSize() - end >= Journal.HEAD && length(end) >= 0
                && length(end) < bytes.byteSize() - end - Journal.HEAD) {
            at = end + Journal.HEAD + length(end); // its head may be sound
            if (bytes.byteSize() - at < Journal.HEAD || fault(at).isPresent()) {
                at = end + 1;
            }
        }
        while (at <= last && !begins(at)) {
            at++;
        }
        while (at < bytes.byteSize() && begins(at)) {
            beyond++;
            at += Journal.HEAD + length(at);
        }
    }

    private boolean begins(long at) {
        return bytes.byteSize() - at >= Journal.HEAD && Journal.Kind.of(kindAt(at)).isPresent() && length(at) >= 0
                && length(at) <= bytes.byteSize() - at - Journal.HEAD && fault(at).isEmpty();
    }

    ByteBuffer body(long at) {
        return bytes.asSlice(at + Journal.HEAD, length(at)).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    Path file() {
        return file;
    }

    int version() {
        return version;
    }

    long[] offsets() {
        return Arrays.copyOf(offsets, count);
    }

    int[] kinds() {
        return Arrays.copyOf(kinds, count);
    }

    Optional<String> damage() {
        return beyond == 0 ? damage : damage.map(said -> said + "; " + beyond + " whole records follow it");
    }

    long end() {
        return end;
    }

    int beyond() {
        return beyond;
    }

    long nextId() {
        return nextId;
    }
}
