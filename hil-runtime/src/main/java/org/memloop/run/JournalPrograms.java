package org.memloop.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/**
 * Pack programs and readings into a journal's records and unpack them.
 *
 * <pre>
 *   program    pulses u8 x (name, polarity u8, column f64, gate f64, width f64, measured u8), segments varint, then each:
 *              pulse u8 | steps varint | cells of varint: 0 its own column, k those of the k-th segment before | counts
 *   readings   number varint, columns of step, volts, amps, seconds, quality
 * </pre>
 */
final class JournalPrograms {
    /** Cells of so many segments are looked at for equal ones. */
    private static final int REMEMBERED = 4;
    private static final Pulse.Polarity[] POLARITIES = Pulse.Polarity.values();
    private static final Readings.Quality[] QUALITIES = Readings.Quality.values();

    private final JournalWriter out;
    private int[] wholes = new int[64];
    private double[] decimals = new double[64];

    JournalPrograms(JournalWriter out) {
        this.out = out;
    }

    void put(PulseProgram program) {
        out.u8(program.pulses().size());
        for (Pulse pulse : program.pulses()) {
            out.text(pulse.name()).u8(pulse.polarity().ordinal()).f64(pulse.columnVolts()).f64(pulse.gateVolts())
                    .f64(pulse.widthSeconds()).u8(pulse.measured() ? 1 : 0);
        }
        int segments = 0;
        for (int from = 0; from < program.size(); from = program.segmentEnd(from)) {
            segments++;
        }
        out.varint(segments);
        Deque<int[]> before = new ArrayDeque<>();
        for (int from = 0; from < program.size(); from = program.segmentEnd(from)) {
            segment(program, from, program.segmentEnd(from), before);
        }
    }

    private void segment(PulseProgram program, int from, int to, Deque<int[]> before) {
        int[] cells = new int[to - from];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = program.cell(from + i);
        }
        out.u8(program.kind(from)).varint(cells.length);
        int back = 0;
        int same = 0;
        for (int[] earlier : before) {
            back++;
            if (Arrays.equals(earlier, cells)) {
                same = back;
                break;
            }
        }
        out.varint(same);
        if (same == 0) {
            out.column(cells, cells.length);
        }
        before.addFirst(cells);
        if (before.size() > REMEMBERED) {
            before.removeLast();
        }
        int[] counts = wholes(cells.length);
        for (int i = 0; i < cells.length; i++) {
            counts[i] = program.count(from + i);
        }
        out.column(counts, cells.length);
    }

    void put(Readings readings) {
        int size = readings.size();
        out.varint(size);
        int[] whole = wholes(size);
        for (int i = 0; i < size; i++) {
            whole[i] = readings.step(i);
        }
        out.column(whole, size);
        if (decimals.length < size) {
            decimals = new double[2 * size];
        }
        for (int i = 0; i < size; i++) {
            decimals[i] = readings.volts(i);
        }
        out.column(decimals, size);
        for (int i = 0; i < size; i++) {
            decimals[i] = readings.amps(i);
        }
        out.column(decimals, size);
        for (int i = 0; i < size; i++) {
            decimals[i] = readings.seconds(i);
        }
        out.column(decimals, size);
        for (int i = 0; i < size; i++) {
            whole[i] = readings.quality(i).ordinal();
        }
        out.column(whole, size);
    }

    private int[] wholes(int size) {
        if (wholes.length < size) {
            wholes = new int[2 * size];
        }
        return wholes;
    }

    static PulseProgram program(JournalBody body) {
        Pulse[] pulses = new Pulse[body.u8()];
        for (int i = 0; i < pulses.length; i++) {
            pulses[i] = new Pulse(body.text(), POLARITIES[body.u8()], body.f64(), body.f64(), body.f64(),
                    body.u8() == 1);
        }
        PulseProgram.Builder program = PulseProgram.builder();
        Deque<int[]> before = new ArrayDeque<>();
        for (int left = body.count(); left > 0; left--) {
            Pulse pulse = pulses[body.u8()];
            int steps = body.count();
            int same = body.count();
            int[] cells = same == 0
                    ? body.wholes(steps)
                    : before.stream().skip(same - 1L).findFirst().orElseThrow(IllegalArgumentException::new);
            before.addFirst(cells);
            program.addAll(cells, body.wholes(steps), steps, pulse);
        }
        return program.build();
    }

    static Readings readings(JournalBody body) {
        int size = body.count();
        int[] steps = body.wholes(size);
        double[] volts = body.decimals(size);
        double[] amps = body.decimals(size);
        double[] seconds = body.decimals(size);
        int[] qualities = body.wholes(size);
        Readings.Builder readings = Readings.builder(size);
        for (int i = 0; i < size; i++) {
            readings.add(steps[i], volts[i], amps[i], seconds[i], QUALITIES[qualities[i]]);
        }
        return readings.build();
    }
}
