package org.memloop.sim.array;

/**
 * Keep one trap in four bytes.
 *
 * <pre>
 *   31 .. 20   capture and emission rate together, 1/s      the upper bits of a float, right to 3 %
 *   19 .. 10   relative step of the conductance             bits of a float from 2^-32 on, right to 1.6 %
 *    9 ..  1   share of the time it is full                 logarithm of its odds in steps of 1/16
 *          0   whether it is full
 * </pre>
 *
 * Rate, step and share are drawn, so that rounding them makes a trap another one, not a wrong one.
 */
final class Trap {
    private static final int RATE_SHIFT = 20;
    private static final int RATE_BITS_LEFT_OUT = 19;
    private static final int STEP_SHIFT = 10;
    private static final int STEP_BITS_LEFT_OUT = 18;
    private static final int STEP_MASK = 0x3FF;
    /** Bits of 2^-32, so shifted. */
    private static final int STEP_FIRST = Float.floatToRawIntBits(0x1p-32f) >>> STEP_BITS_LEFT_OUT;
    private static final int SHARE_MASK = 0x1FF;
    private static final int EVEN_ODDS = 256;
    private static final int PER_UNIT = 16;
    private static final double[] SHARES = new double[SHARE_MASK + 1];

    static {
        for (int i = 0; i < SHARES.length; i++) {
            SHARES[i] = 1 / (1 + Math.exp((double) (EVEN_ODDS - i) / PER_UNIT));
        }
    }

    private Trap() {}

    static int of(double hertz, double step, double share) {
        int rate = upper(hertz, RATE_BITS_LEFT_OUT);
        int size = Math.clamp(upper(step, STEP_BITS_LEFT_OUT) - STEP_FIRST, 0, STEP_MASK);
        int odds = Math.clamp(Math.round(PER_UNIT * Math.log(share / (1 - share))) + EVEN_ODDS, 0, SHARE_MASK);
        return rate << RATE_SHIFT | size << STEP_SHIFT | odds << 1;
    }

    /** {@return the upper bits of the nearest float that has no others} */
    private static int upper(double number, int bitsLeftOut) {
        return Float.floatToRawIntBits((float) number) + (1 << bitsLeftOut - 1) >>> bitsLeftOut;
    }

    static float hertz(int trap) {
        return Float.intBitsToFloat(trap >>> RATE_SHIFT << RATE_BITS_LEFT_OUT);
    }

    static float step(int trap) {
        return Float.intBitsToFloat((trap >>> STEP_SHIFT & STEP_MASK) + STEP_FIRST << STEP_BITS_LEFT_OUT);
    }

    static double share(int trap) {
        return SHARES[trap >>> 1 & SHARE_MASK];
    }

    /** {@return 1 when it is full, 0 when not} */
    static int full(int trap) {
        return trap & 1;
    }

    /** {@return the same trap, full (1) or not (0)} */
    static int with(int trap, int full) {
        return trap & ~1 | full;
    }
}
