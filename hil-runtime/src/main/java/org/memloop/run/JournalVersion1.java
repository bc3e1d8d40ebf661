package org.memloop.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.memloop.bench.BenchException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.run.JournalReader.Entry;

/**
 * Unpack records of the first version of the journal.
 *
 * <pre>
 *   kind 1   intent      id u64, pulses u8 x (name, polarity u8, column f64, gate f64, width f64, measured u8),
 *                        steps u32, cell u32 x n, pulse u8 x n, count u32 x n
 *   kind 2   done        id u64, readings u32, step u32 x m, volts f64 x m, amps f64 x m, seconds f64 x m, quality u8 x m
 *   kind 3   failed      id u64, firing u8 (0 none, 1 possible), reason
 *   kind 4   unrecorded  id u64, what is not written from here on
 *            names and reasons: length u16, UTF-8
 * </pre>
 */
final class JournalVersion1 {
    private JournalVersion1() {}

    static Entry entry(Journal.Kind kind, ByteBuffer body) {
        long id = body.getLong();
        return switch (kind) {
            case INTENT -> new Entry.Intent(id, program(body));
            case DONE -> new Entry.Done(id, readings(body));
            case FAILED -> new Entry.Failed(id, BenchException.Firing.values()[body.get()], text(body), "");
            case UNRECORDED -> new Entry.Unrecorded(id, text(body));
            default -> throw new IllegalArgumentException("version 1 has no " + kind);
        };
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
