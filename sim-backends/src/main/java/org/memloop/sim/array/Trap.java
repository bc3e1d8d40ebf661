package org.memloop.sim.array;

import org.memloop.bench.Pulse;

/**
 * Keep one trap in eight bytes.
 *
 * <pre>
 *   63 .. 48   capture and emission rate together, 1/s      float of two bytes, its first 8 bits of mantissa
 *   47 .. 32   share of its step that a READ sees           float of two bytes, right to 5e-4
 *   31 .. 16   relative step of the conductance             float of two bytes, right to 5e-4
 *   15 ..  1   share of the time it is full                 in steps of 2^-15
 *          0   whether it is full
 * </pre>
 *
 * Rate, step and share are drawn, so that rounding them makes a trap another one, not a wrong one. Eight bytes of zero are
 * a trap that does nothing.
 */
final class Trap {
    private static final int SHARE_BITS = 15;
    private static final double SHARE_STEP = 0x1p-15;
    private static final int HALF = 0xFFFF;

    private Trap() {}

    static long of(double hertz, double step, double share, boolean full) {
        long steps = Math.clamp(Math.round(share / SHARE_STEP), 0, (1 << SHARE_BITS) - 1);
        long rate = Float.floatToRawIntBits((float) hertz) >>> Short.SIZE;
        double rounded = Float.intBitsToFloat((int) rate << Short.SIZE);
        return rate << 48 | half(seen(rounded, Pulse.READ.widthSeconds())) << 32 | half(step) << 16 | steps << 1
                | (full ? 1 : 0);
    }

    private static long half(double number) {
        return Float.floatToFloat16((float) number) & HALF;
    }

    static double hertz(long trap) {
        return Float.intBitsToFloat((int) (trap >>> 32) & ~HALF);
    }

    /** {@return the share of its step that a reading sees, which averages over what is faster} */
    static double seen(long trap, double widthSeconds) {
        return widthSeconds == Pulse.READ.widthSeconds()
                ? Float.float16ToFloat((short) (trap >> 32))
                : seen(hertz(trap), widthSeconds);
    }

    private static double seen(double hertz, double widthSeconds) {
        return 1 / Math.sqrt(Math.max(1, hertz * widthSeconds));
    }

    static double step(long trap) {
        return Float.float16ToFloat((short) (trap >> 16));
    }

    static double share(long trap) {
        return (trap >> 1 & (1 << SHARE_BITS) - 1) * SHARE_STEP;
    }

    /** {@return 1 when it is full, 0 when not} */
    static long full(long trap) {
        return trap & 1;
    }

    /** {@return the same trap, full (1) or not (0)} */
    static long with(long trap, long full) {
        return trap & ~1 | full;
    }
}
