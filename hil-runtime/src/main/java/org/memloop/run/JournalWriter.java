package org.memloop.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Pack numbers and columns of a journal's records, without losing a bit ({@code docs/journal.md}, <i>Columns</i>).
 *
 * <pre>
 *   varint           7 bits a byte, lowest first, top bit set while more follow
 *   zigzag           0, -1, 1, -2 ... as 0, 1, 2, 3 ...
 *   column of whole numbers   form u8
 *     0 all equal    first zigzag
 *     1 runs         until all are there: first zigzag, stride zigzag, length varint
 *     2 differences  first zigzag, then each to the one before, zigzag
 *   column of decimals        form u8
 *     0 lines        until all are there: length varint, first f64, then if length > 1: stride f64, width u8, deviations
 *     1 packed       shift u8, width u8, least u64, (bits >>> shift) - least in so many bits each
 * </pre>
 */
final class JournalWriter {
    static final byte EQUAL = 0;
    static final byte RUNS = 1;
    static final byte DIFFERENCES = 2;
    static final byte LINES = 0;
    static final byte PACKED = 1;
    private static final int USUAL_LINE = 8;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long[] scratch = new long[64];

    /** {@return what was written, from its first byte to the position} */
    ByteBuffer buffer() {
        return buffer;
    }

    void clear() {
        buffer.clear();
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(2 * buffer.capacity(), buffer.position() + bytes))
                    .order(ByteOrder.LITTLE_ENDIAN);
            larger.put(buffer.flip());
            buffer = larger;
        }
    }

    JournalWriter u8(int value) {
        room(1);
        buffer.put((byte) value);
        return this;
    }

    JournalWriter u32(int value) {
        room(4);
        buffer.putInt(value);
        return this;
    }

    JournalWriter u64(long value) {
        room(8);
        buffer.putLong(value);
        return this;
    }

    JournalWriter f64(double value) {
        room(8);
        buffer.putDouble(value);
        return this;
    }

    JournalWriter bytes(ByteBuffer bytes) {
        room(bytes.remaining());
        buffer.put(bytes);
        return this;
    }

    JournalWriter varint(long value) {
        room(10);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            buffer.put((byte) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        buffer.put((byte) left);
        return this;
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    /** A text of any length: its bytes of UTF-8 as a varint, then they. */
    JournalWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        room(utf8.length);
        buffer.put(utf8);
        return this;
    }

    /** A column of whole numbers; its length is known to whoever reads it. */
    void column(int[] values, int length) {
        if (length == 0) {
            return;
        }
        int runs = runs(values, length);
        if (runs == 1 && (length == 1 || values[1] == values[0])) {
            u8(EQUAL).zigzag(values[0]);
        } else if (3 * runs < length) {
            u8(RUNS);
            int from = 0;
            while (from < length) {
                int to = runEnd(values, from, length);
                zigzag(values[from]);
                zigzag(to - from > 1 ? (long) values[from + 1] - values[from] : 0);
                varint(to - from);
                from = to;
            }
        } else {
            u8(DIFFERENCES);
            room(5 * length);
            ByteBuffer out = buffer;
            int before = 0;
            for (int i = 0; i < length; i++) {
                long difference = (long) values[i] - before;
                long packed = difference << 1 ^ difference >> 63;
                for (; packed > 0x7F; packed >>>= 7) {
                    out.put((byte) (packed | 0x80));
                }
                out.put((byte) packed);
                before = values[i];
            }
        }
    }

    private static int runs(int[] values, int length) {
        int runs = 0;
        for (int from = 0; from < length; from = runEnd(values, from, length)) {
            runs++;
        }
        return runs;
    }

    private static int runEnd(int[] values, int from, int length) {
        if (from + 1 >= length) {
            return length;
        }
        int stride = values[from + 1] - values[from];
        int to = from + 2;
        while (to < length && values[to] - values[to - 1] == stride) {
            to++;
        }
        return to;
    }

    /** A column of decimals, as straight lines where it is made of some and packed bits where it is not. */
    void column(double[] values, int length) {
        if (length == 0) {
            return;
        }
        int lines = 0;
        int most = length / USUAL_LINE + 1;
        for (int from = 0; from < length && lines <= most; from = lineEnd(values, from, length)) {
            lines++;
        }
        if (lines > most) {
            packed(values, length);
            return;
        }
        u8(LINES);
        int from = 0;
        while (from < length) {
            int to = lineEnd(values, from, length);
            line(values, from, to);
            from = to;
        }
    }

    private static int lineEnd(double[] values, int from, int length) {
        if (from + 1 >= length) {
            return length;
        }
        double stride = values[from + 1] - values[from];
        if (!Double.isFinite(stride)) {
            return from + 1;
        }
        int to = from + 2;
        while (to < length && isClose(values[to] - values[to - 1], stride, values[to])) {
            to++;
        }
        return to;
    }

    /** Differences of a clock that is counted on vary by its last places, and so by more the later it is. */
    private static boolean isClose(double difference, double stride, double value) {
        return Math.abs(difference - stride) <= 16 * Math.ulp(value);
    }

    private void line(double[] values, int from, int to) {
        int length = to - from;
        varint(length).f64(values[from]);
        if (length == 1) {
            return;
        }
        double stride = (values[to - 1] - values[from]) / (length - 1);
        f64(stride);
        if (scratch.length < length) {
            scratch = new long[2 * length];
        }
        long before = 0;
        long all = 0;
        for (int i = 1; i < length; i++) {
            long deviation = Double.doubleToRawLongBits(values[from + i])
                    - Double.doubleToRawLongBits(values[from] + i * stride);
            long change = deviation - before;
            scratch[i - 1] = change << 1 ^ change >> 63;
            all |= scratch[i - 1];
            before = deviation;
        }
        pack(length - 1, Long.SIZE - Long.numberOfLeadingZeros(all));
    }

    private void packed(double[] values, int length) {
        if (scratch.length < length) {
            scratch = new long[2 * length];
        }
        long any = 0;
        for (int i = 0; i < length; i++) {
            scratch[i] = Double.doubleToRawLongBits(values[i]);
            any |= scratch[i];
        }
        int shift = any == 0 ? 0 : Long.numberOfTrailingZeros(any);
        long least = -1L;
        for (int i = 0; i < length; i++) {
            scratch[i] >>>= shift;
            least = Long.compareUnsigned(scratch[i], least) < 0 ? scratch[i] : least;
        }
        long all = 0;
        for (int i = 0; i < length; i++) {
            scratch[i] -= least;
            all |= scratch[i];
        }
        u8(PACKED).u8(shift);
        int width = Long.SIZE - Long.numberOfLeadingZeros(all);
        u8(width).u64(least);
        bits(length, width);
    }

    private void pack(int length, int width) {
        u8(width);
        bits(length, width);
    }

    /** The lowest bits of so many numbers, lowest bit first, filled up to whole bytes. */
    private void bits(int length, int width) {
        room(length * width / 8 + 17);
        ByteBuffer out = buffer;
        long lane = 0;
        int filled = 0;
        for (int i = 0; i < length; i++) {
            lane |= scratch[i] << filled;
            if (filled + width >= Long.SIZE) {
                out.putLong(lane);
                int used = Long.SIZE - filled;
                filled = filled + width - Long.SIZE;
                lane = used == Long.SIZE ? 0 : scratch[i] >>> used;
                lane = filled == 0 ? 0 : lane;
            } else {
                filled += width;
            }
        }
        for (; filled > 0; filled -= 8, lane >>>= 8) {
            buffer.put((byte) lane);
        }
        if (scratch.length > 1 << 20) {
            scratch = Arrays.copyOf(scratch, 64);
        }
    }
}
