package org.memloop.sim.array;

/** Tell how much of something is left after a time: exp(-x) to 3e-9, and for a short time 1 - exp(-x) to 1e-8 of itself. */
final class Decay {
    /** From here on, less is left (2e-9) than the rounding of the numbers it goes into (6e-8). */
    static final int END = 20;
    private static final int PER_UNIT = 16;
    private static final double STEP = 1.0 / PER_UNIT;
    private static final double[] TABLE = new double[END * PER_UNIT + 1];

    static {
        for (int i = 0; i < TABLE.length - 1; i++) {
            TABLE[i] = Math.exp(-i * STEP);
        }
    }

    private Decay() {}

    /**
     * Tell what is left.
     *
     * @param x time in units of the time constant, not negative
     * @return a number from 0 to 1
     */
    static double left(double x) {
        // without a branch, which nobody could predict; the last entry of the table is 0
        double within = Math.min(x, END);
        int i = (int) (within * PER_UNIT + 0.5);
        double r = i * STEP - within;
        double square = r * r;
        // grouped so that the terms of exp(r) do not wait for one another
        return TABLE[i] * (1 + r + square * (1.0 / 2 + r * (1.0 / 6) + square * (1.0 / 24)));
    }
}
