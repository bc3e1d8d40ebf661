package org.memloop.sim.array;

/**
 * Tabulate what a time does to each decade of 1/f noise: which share of its value it loses, and how large the normal
 * number is that takes its place. Times are rounded to 1 part in 256 at most; a row is one cache line.
 */
final class FlickerSteps {
    /** How many numbers a row has: first the shares lost, then the roots of the variance that comes in. */
    static final int ROW = 2 * CellRecords.DECADES;
    private static final double FASTEST_HERTZ = 1e4;
    private static final int INDEX_BITS = 7;
    private static final int PER_OCTAVE = 1 << INDEX_BITS;
    private static final int REST_BITS = 52 - INDEX_BITS;
    /** Below 0.1 ns nothing moves; after nine hours nothing is remembered. */
    private static final int FIRST_OCTAVE = -33;
    private static final int OCTAVES = 15 - FIRST_OCTAVE;
    private static final long OFFSET = (long) (Double.MAX_EXPONENT + FIRST_OCTAVE) << INDEX_BITS;
    private static final float[] TABLE = new float[(OCTAVES * PER_OCTAVE + 1) * ROW];

    static {
        for (int row = 1; row * ROW < TABLE.length; row++) {
            double seconds = Double.longBitsToDouble(row + OFFSET << REST_BITS);
            double hertz = FASTEST_HERTZ;
            for (int decade = 0; decade < CellRecords.DECADES; decade++) {
                TABLE[row * ROW + decade] = (float) -Math.expm1(-seconds * hertz);
                TABLE[row * ROW + CellRecords.DECADES + decade] = (float) Math.sqrt(-Math.expm1(-2 * seconds * hertz));
                hertz /= 10;
            }
        }
    }

    private FlickerSteps() {}

    /** {@return where the row of a time begins} */
    static int row(double seconds) {
        long rounded = Double.doubleToRawLongBits(seconds) + (1L << REST_BITS - 1) >>> REST_BITS;
        return (int) Math.clamp(rounded - OFFSET, 0L, (long) OCTAVES * PER_OCTAVE) * ROW;
    }

    static float lost(int row, int decade) {
        return TABLE[row + decade];
    }

    static float entering(int row, int decade) {
        return TABLE[row + CellRecords.DECADES + decade];
    }
}
