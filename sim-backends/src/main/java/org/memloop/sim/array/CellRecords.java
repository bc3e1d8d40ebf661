package org.memloop.sim.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.memloop.sim.random.CellRandom;

/**
 * Keep what pulses and readings of a cell need in one record of the size of two cache lines: a large die does not fit any
 * cache, and what a pulse costs is then the number of lines it touches. A pulse that programs needs the first half alone.
 * What is needed only when the direction of switching turns lies apart.
 *
 * <pre>
 *     0  state, drifted at, programmed at, pulses received            four of 8 bytes
 *    32  speed, its spread, relaxation, arrangement                   four of 4 bytes
 *    48  life and direction, traps                                    three of 4 bits
 *    50  own speed of SET                                             2 bytes
 *    52  conductance factor, threshold, transconductance              three of 4 bytes
 *    64  read at                                                      8 bytes
 *    72  1/f noise                                                    eight of 4 bytes
 *   104  traps                                                        six of 4 bytes
 * </pre>
 */
final class CellRecords {
    /** Bytes of a record. */
    static final int BYTES = 128;
    /** How many traps have room in a record. */
    static final int TRAPS_WITHIN = 6;
    /** How many decades of 1/f noise a cell has. */
    static final int DECADES = 8;
    private static final int FLICKER_OFFSET = 72;
    private static final int TRAPS_OFFSET = 104;

    /** State, in channels. */
    static final OfDouble CHANNELS = new OfDouble(0);
    /** Until when its drift at rest has been worked out, seconds. */
    static final OfDouble DRIFTED_SECONDS = new OfDouble(8);
    /** When it was last programmed, seconds. */
    static final OfDouble PROGRAMMED_SECONDS = new OfDouble(16);
    /** How many pulses it got, readings included. */
    static final OfLong RECEIVED = new OfLong(24);
    /** Factor on the speed of the state under conditions of {@link #SPEED_SPREAD}. */
    static final OfFloat SPEED = new OfFloat(32);
    /** For which spread of speeds {@link #SPEED} holds; negative when for none. */
    static final OfFloat SPEED_SPREAD = new OfFloat(36);
    /** Standard normal number of the relaxation since it was last programmed. */
    static final OfFloat RELAXATION = new OfFloat(40);
    /** Standard normal number of its present metastable arrangement. */
    static final OfFloat ARRANGEMENT = new OfFloat(44);
    /** Ordinal of its {@link CellState}. */
    static final OfNibble LIFE = new OfNibble(48, 0);
    /** In which direction it was last switched, see {@link Condition#direction()}; 0 when in none. */
    static final OfNibble DIRECTION = new OfNibble(48, 4);
    /** How many traps it has. */
    static final OfNibble TRAPS = new OfNibble(49, 0);
    /** Its own factor on the speed of SET, right to 5e-4. */
    static final OfHalf SET_SPEED = new OfHalf(50);
    /** Factor on the conductance of its filament. */
    static final OfFloat CONDUCTANCE_FACTOR = new OfFloat(52);
    /** Threshold of its transistor, volts. */
    static final OfFloat THRESHOLD_VOLTS = new OfFloat(56);
    /** Transconductance of its transistor, amperes per square volt. */
    static final OfFloat TRANSCONDUCTANCE = new OfFloat(60);
    /** When its noise last moved on, seconds. */
    static final OfDouble READ_SECONDS = new OfDouble(64);

    private static final VarHandle DOUBLE = view(double[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle FLOAT = view(float[].class);

    private final byte[] records;
    private final long seedBits;

    CellRecords(int cells, long seed) {
        records = new byte[Math.multiplyExact(BYTES, cells)];
        seedBits = CellRandom.seedBits(seed);
    }

    private static VarHandle view(Class<?> arrayOf) {
        return MethodHandles.byteArrayViewVarHandle(arrayOf, ByteOrder.nativeOrder()).withInvokeExactBehavior();
    }

    record OfDouble(int offset) {}

    record OfLong(int offset) {}

    record OfFloat(int offset) {}

    /** Half of a byte: a number from 0 to 15. */
    record OfNibble(int offset, int shift) {}

    /** A float of two bytes. */
    record OfHalf(int offset) {}

    /** {@return one of a cell's traps that lie within its record, see {@link Trap}} */
    int trap(int cell, int trap) {
        return (int) INT.get(records, BYTES * cell + TRAPS_OFFSET + Integer.BYTES * trap);
    }

    void setTrap(int cell, int trap, int value) {
        INT.set(records, BYTES * cell + TRAPS_OFFSET + Integer.BYTES * trap, value);
    }

    /** {@return one of the cell's decades of 1/f noise, a standard normal number} */
    float flicker(int cell, int decade) {
        return (float) FLOAT.get(records, BYTES * cell + FLICKER_OFFSET + Float.BYTES * decade);
    }

    void setFlicker(int cell, int decade, float value) {
        FLOAT.set(records, BYTES * cell + FLICKER_OFFSET + Float.BYTES * decade, value);
    }

    double get(int cell, OfDouble column) {
        return (double) DOUBLE.get(records, BYTES * cell + column.offset);
    }

    void set(int cell, OfDouble column, double value) {
        DOUBLE.set(records, BYTES * cell + column.offset, value);
    }

    long get(int cell, OfLong column) {
        return (long) LONG.get(records, BYTES * cell + column.offset);
    }

    void set(int cell, OfLong column, long value) {
        LONG.set(records, BYTES * cell + column.offset, value);
    }

    float get(int cell, OfFloat column) {
        return (float) FLOAT.get(records, BYTES * cell + column.offset);
    }

    void set(int cell, OfFloat column, double value) {
        FLOAT.set(records, BYTES * cell + column.offset, (float) value);
    }

    int get(int cell, OfNibble column) {
        return records[BYTES * cell + column.offset] >> column.shift & 15;
    }

    void set(int cell, OfNibble column, int value) {
        int at = BYTES * cell + column.offset;
        records[at] = (byte) (records[at] & ~(15 << column.shift) | value << column.shift);
    }

    float get(int cell, OfHalf column) {
        return Float.float16ToFloat((short) SHORT.get(records, BYTES * cell + column.offset));
    }

    void set(int cell, OfHalf column, double value) {
        SHORT.set(records, BYTES * cell + column.offset, Float.floatToFloat16((float) value));
    }

    /** {@return what all random bits of the die hang off} */
    long seedBits() {
        return seedBits;
    }

    /** {@return the random bits of an event of a cell; event 0 is its making, event n its n-th pulse} */
    long event(int cell, long number) {
        return CellRandom.event(CellRandom.key(seedBits, cell), number);
    }

    /** Count a pulse. {@return its random bits} */
    long receive(int cell) {
        long number = get(cell, RECEIVED) + 1;
        set(cell, RECEIVED, number);
        return event(cell, number);
    }

    boolean is(int cell, CellState life) {
        return get(cell, LIFE) == life.ordinal();
    }

    void live(int cell, CellState life) {
        set(cell, LIFE, life.ordinal());
    }

    /** Load a cell's record. {@return nothing of meaning, so that the load counts as used} */
    int touch(int cell) {
        return touchHalf(cell) + records[BYTES * (cell + 1) - 1];
    }

    /** Load the half that programming needs. {@return nothing of meaning} */
    int touchHalf(int cell) {
        int at = BYTES * cell;
        return records[at] + records[at + BYTES / 2];
    }
}
