package org.memloop.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Unpack what a {@link JournalWriter} packed. Whatever does not fit ends in an {@link IllegalArgumentException}. */
final class JournalBody {
    private final ByteBuffer body;

    JournalBody(ByteBuffer body) {
        this.body = body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8() {
        return body.get() & 0xFF;
    }

    int u32() {
        return body.getInt();
    }

    long u64() {
        return body.getLong();
    }

    double f64() {
        return body.getDouble();
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = body.get();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    /** A number of things that follow, each of which takes up something. */
    int count() {
        long count = varint();
        if (count < 0 || count > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("there cannot be " + count);
        }
        return (int) count;
    }

    private long zigzag() {
        long packed = varint();
        return packed >>> 1 ^ -(packed & 1);
    }

    String text() {
        byte[] utf8 = new byte[Math.min(count(), body.remaining())];
        body.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    int[] wholes(int length) {
        int[] values = new int[length];
        if (length == 0) {
            return values;
        }
        switch (u8()) {
            case JournalWriter.EQUAL -> Arrays.fill(values, (int) zigzag());
            case JournalWriter.RUNS -> {
                int from = 0;
                while (from < length) {
                    long value = zigzag();
                    long stride = zigzag();
                    int to = Math.addExact(from, count());
                    if (to == from) {
                        throw new IllegalArgumentException("a run of nothing");
                    }
                    for (; from < to; from++, value += stride) {
                        values[from] = (int) value;
                    }
                }
            }
            case JournalWriter.DIFFERENCES -> {
                long value = 0;
                for (int i = 0; i < length; i++) {
                    value += zigzag();
                    values[i] = (int) value;
                }
            }
            default -> throw new IllegalArgumentException("a column of an unknown form");
        }
        return values;
    }

    double[] decimals(int length) {
        double[] values = new double[length];
        if (length == 0) {
            return values;
        }
        switch (u8()) {
            case JournalWriter.LINES -> {
                int from = 0;
                while (from < length) {
                    int to = Math.addExact(from, count());
                    if (to == from) {
                        throw new IllegalArgumentException("a line of nothing");
                    }
                    line(values, from, to);
                    from = to;
                }
            }
            case JournalWriter.PACKED -> {
                int shift = u8();
                int width = u8();
                long least = u64();
                Bits bits = new Bits(width);
                for (int i = 0; i < length; i++) {
                    values[i] = Double.longBitsToDouble(bits.next() + least << shift);
                }
                bits.end();
            }
            default -> throw new IllegalArgumentException("a column of an unknown form");
        }
        return values;
    }

    private void line(double[] values, int from, int to) {
        double first = f64();
        values[from] = first;
        if (to - from == 1) {
            return;
        }
        double stride = f64();
        int width = u8();
        Bits bits = new Bits(width);
        long deviation = 0;
        for (int i = 1; i < to - from; i++) {
            long packed = bits.next();
            deviation += packed >>> 1 ^ -(packed & 1);
            values[from + i] = Double
                    .longBitsToDouble(Double.doubleToRawLongBits(first + i * stride) + deviation);
        }
        bits.end();
    }

    /** Numbers of a few bits each, lowest bit first. */
    private final class Bits {
        private final int width;
        private long lane;
        private int left;

        Bits(int width) {
            if (width > Long.SIZE) {
                throw new IllegalArgumentException("numbers of " + width + " bits");
            }
            this.width = width;
        }

        long next() {
            if (width == 0) {
                return 0;
            }
            long value = lane;
            if (left >= width) {
                lane = width == Long.SIZE ? 0 : lane >>> width;
                left -= width;
            } else {
                int have = left;
                refill();
                value |= have == Long.SIZE ? 0 : lane << have;
                int used = width - have;
                lane = used == Long.SIZE ? 0 : lane >>> used;
                left -= used;
            }
            return width == Long.SIZE ? value : value & (1L << width) - 1;
        }

        private void refill() {
            if (body.remaining() >= Long.BYTES) {
                lane = body.getLong();
                left = Long.SIZE;
                return;
            }
            lane = 0;
            left = 0;
            while (body.hasRemaining()) {
                lane |= (body.get() & 0xFFL) << left;
                left += 8;
            }
        }

        /** Give back the bytes that were loaded ahead. */
        void end() {
            body.position(body.position() - left / 8);
        }
    }
}
