package org.memloop.sim.instrument;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.zip.CRC32;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;

/** Hold the program in an emulated router's memory and walk through it. */
final class RouterProgram {
    private final Geometry geometry;
    private final int id;
    private final Pulse.Polarity polarity;
    private final double settleSeconds;
    private final double afterTriggerSeconds;
    private final int[] rows;
    private final int[] columns;
    private final int[] counts;
    private final CRC32 checksum = new CRC32();
    private final BitSet register = new BitSet();
    private int steps;
    private long triggers;
    private int step;
    private int pulsesOfStep;
    private long given;

    RouterProgram(Geometry geometry, int id, int capacity, Pulse.Polarity polarity, double settleSeconds,
            double afterTriggerSeconds) {
        this.geometry = geometry;
        this.id = id;
        this.polarity = polarity;
        this.settleSeconds = settleSeconds;
        this.afterTriggerSeconds = afterTriggerSeconds;
        rows = new int[capacity];
        columns = new int[capacity];
        counts = new int[capacity];
    }

    /** Hold no program. */
    static RouterProgram none(Geometry geometry) {
        return new RouterProgram(geometry, 0, 0, Pulse.Polarity.SET, 0, 0);
    }

    /** Take steps from a request; return false at the first that is none, and take nothing from there on. */
    boolean take(ByteBuffer body) {
        while (body.hasRemaining()) {
            int start = body.position();
            if (steps == counts.length || body.remaining() < 3) {
                return false;
            }
            int row = body.get() & 0xFF;
            int column = body.get() & 0xFF;
            long count = 0;
            int shift = 0;
            int part;
            do {
                if (!body.hasRemaining() || shift > 28) {
                    return false;
                }
                part = body.get() & 0xFF;
                count |= (long) (part & 0x7F) << shift;
                shift += 7;
            } while (part > 0x7F);
            if (row >= geometry.rows() || column >= geometry.columns() || count < 1 || count > Integer.MAX_VALUE) {
                return false;
            }
            checksum.update(body.array(), body.arrayOffset() + start, body.position() - start);
            rows[steps] = row;
            columns[steps] = column;
            counts[steps++] = (int) count;
            triggers += count;
        }
        return true;
    }

    boolean isWhole(long announcedTriggers, int announcedChecksum) {
        return steps == counts.length && triggers == announcedTriggers
                && (int) checksum.getValue() == announcedChecksum;
    }

    /** Give at most so many triggers, then stand between two pulses. */
    void walk(Wiring wiring, int atMost) {
        for (int i = 0; i < atMost && !ended(); i++) {
            if (pulsesOfStep == 0) {
                select(wiring);
            }
            wiring.advance(settleSeconds);
            wiring.trigger();
            wiring.advance(afterTriggerSeconds);
            count();
            step();
        }
    }

    /** Select the cell whose turn it is. */
    void select(Wiring wiring) {
        select(geometry, rows[step], columns[step], polarity, register);
        wiring.latch(register);
    }

    void count() {
        given++;
        pulsesOfStep++;
    }

    private boolean step() {
        if (pulsesOfStep < counts[step]) {
            return false;
        }
        pulsesOfStep = 0;
        step++;
        return true;
    }

    /** A pulse is over: go to the next cell, when it was the last of its step. */
    void next(Wiring wiring) {
        if (step() && !ended()) {
            select(wiring);
        }
    }

    double afterTriggerSeconds() {
        return afterTriggerSeconds;
    }

    /**
     * Set the register bits that select one cell; every other line stays on ground.
     *
     * <pre>
     *   word line of the row         bit  row
     *   SET: bit line of column      bit  rows + column
     *   RESET: source line of column bit  rows + columns + column
     * </pre>
     */
    static void select(Geometry geometry, int row, int column, Pulse.Polarity polarity, BitSet register) {
        register.clear();
        register.set(row);
        register.set(geometry.rows() + (polarity == Pulse.Polarity.SET ? 0 : geometry.columns()) + column);
    }

    boolean ended() {
        return step == steps;
    }

    int id() {
        return id;
    }

    int steps() {
        return steps;
    }

    int stepsDone() {
        return step;
    }

    long given() {
        return given;
    }
}
