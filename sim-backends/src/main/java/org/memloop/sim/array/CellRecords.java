package org.memloop.sim.array;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.memloop.sim.random.CellRandom;

/**
 * Keep what changes in each cell, and what every reading needs, in one record of the size of two cache lines: a large
 * die does not fit any cache, and what a pulse costs is then the number of lines it touches. A pulse that programs needs
 * the first half alone.
 *
 * <pre>
 *     0  state, drifted at, programmed at, pulses received            four of 8 bytes
 *    32  speed, its spread, draw, relaxation, arrangement,
 *        own speed of SET, own speed of RESET                         seven of 4 bytes
 *    60  life, direction, traps, summed decades                       four of 1 byte
 *    64  read at                                                      8 bytes
 *    72  1/f noise                                                    eight of 4 bytes
 *   104  conductance factor, threshold, transconductance,
 *        first trap, reservoir, cycles                                six of 4 bytes
 * </pre>
 */
final class CellRecords {
    /** Bytes of a record. */
    static final int BYTES = 128;

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
    /** Standard normal number that tells this turn of direction from others. */
    static final OfFloat DRAW = new OfFloat(40);
    /** Standard normal number of the relaxation since it was last programmed. */
    static final OfFloat RELAXATION = new OfFloat(44);
    /** Standard normal number of its present metastable arrangement. */
    static final OfFloat ARRANGEMENT = new OfFloat(48);
    /** Its own factor on the speed of SET. */
    static final OfFloat SET_SPEED = new OfFloat(52);
    /** Its own factor on the speed of RESET. */
    static final OfFloat RESET_SPEED = new OfFloat(56);
    /** Ordinal of its {@link CellState}. */
    static final OfByte LIFE = new OfByte(60);
    /** In which direction it was last switched, see {@link Condition#direction()}; 0 when in none. */
    static final OfByte DIRECTION = new OfByte(61);
    /** How many traps it has. */
    static final OfByte TRAPS = new OfByte(62);
    /** How many of the fastest decades of its 1/f noise are known by their sum alone. */
    static final OfByte SUMMED_DECADES = new OfByte(63);
    /** When its noise last moved on, seconds. */
    static final OfDouble READ_SECONDS = new OfDouble(64);
    /** Factor on the conductance of its filament. */
    static final OfFloat CONDUCTANCE_FACTOR = new OfFloat(104);
    /** Threshold of its transistor, volts. */
    static final OfFloat THRESHOLD_VOLTS = new OfFloat(108);
    /** Transconductance of its transistor, amperes per square volt. */
    static final OfFloat TRANSCONDUCTANCE = new OfFloat(112);
    /** Number of its first trap. */
    static final OfInt FIRST_TRAP = new OfInt(116);
    /** Highest state that its vacancies allow, channels. */
    static final OfFloat RESERVOIR = new OfFloat(120);
    /** How many times it was SET after a RESET. */
    static final OfInt CYCLES = new OfInt(124);

    private static final VarHandle DOUBLE = view(double[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle INT = view(int[].class);

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

    record OfInt(int offset) {}

    record OfByte(int offset) {}

    /** {@return one of the cell's decades of 1/f noise, a standard normal number} */
    static OfFloat flicker(int decade) {
        return new OfFloat(72 + Float.BYTES * decade);
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

    int get(int cell, OfInt column) {
        return (int) INT.get(records, BYTES * cell + column.offset);
    }

    void set(int cell, OfInt column, int value) {
        INT.set(records, BYTES * cell + column.offset, value);
    }

    int get(int cell, OfByte column) {
        return records[BYTES * cell + column.offset];
    }

    void set(int cell, OfByte column, int value) {
        records[BYTES * cell + column.offset] = (byte) value;
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
