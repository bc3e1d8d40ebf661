package org.memloop.sim.array;

/** Tell binary logarithms to 3e-6, for effects that go with the logarithm of a time. */
final class Log2 {
    private static final int INDEX_BITS = 8;
    private static final int FRACTION_BITS = 52;
    private static final int REST_BITS = FRACTION_BITS - INDEX_BITS;
    private static final double[] TABLE = new double[(1 << INDEX_BITS) + 1];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            TABLE[i] = Math.log(1 + i * 0x1p-8) / Math.log(2);
        }
    }

    private Log2() {}

    /**
     * Tell a logarithm.
     *
     * @param x a number of at least 1, not infinite
     * @return its logarithm to the base of 2
     */
    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> FRACTION_BITS) - Double.MAX_EXPONENT;
        int i = (int) (bits >>> REST_BITS) & (1 << INDEX_BITS) - 1;
        double part = (bits & (1L << REST_BITS) - 1) * 0x1p-44;
        return exponent + TABLE[i] + part * (TABLE[i + 1] - TABLE[i]);
    }
}
