package org.memloop.sim.random;

/** Mix bits in the width that vectors mix fastest. */
public final class Mixing {
    /** Distance of the bits of numbers that are told apart by counting. */
    public static final int GOLDEN = 0x9E3779B9;
    private static final int FIRST = 0x21F0AAAD;
    private static final int SECOND = 0x735A2D97;

    private Mixing() {}

    /**
     * Mix 64 bits into 32 (the constants are those of the integer hash {@code lowbias32}).
     *
     * @param bits half of the bits, with what tells this number from others added
     * @param more the other half
     * @return random bits
     */
    public static int mix(int bits, int more) {
        int x = (bits ^ bits >>> 16) * FIRST + more;
        x = (x ^ x >>> 15) * SECOND;
        return x ^ x >>> 15;
    }
}
