package org.memloop.sim.array;

import java.util.random.RandomGenerator;

/**
 * Generate the random numbers of one event of one cell (SplitMix64). Event {@code n} of a cell owns 64 random bits that
 * are a function of seed, cell and {@code n} alone; whoever needs more numbers starts a generator from them. So nothing
 * depends on which cells were pulsed before, or by which thread.
 */
final class CellRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Start from the bits of an event, told apart from the event's other uses by a tag. */
    CellRandom(long eventBits, long tag) {
        state = eventBits ^ mix(tag);
    }

    /** {@return a seed made ready for {@link #key}} */
    static long seedBits(long seed) {
        return mix(seed);
    }

    /** {@return the key of a cell's events} */
    static long key(long seedBits, int cell) {
        return mix(seedBits + cell * GAMMA);
    }

    /** {@return the random bits of a cell's event} */
    static long event(long key, long number) {
        return mix(key + number * GAMMA);
    }

    /** {@return a number in [0, 1) from the upper 53 bits; the lower 11 stay free for another use} */
    static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    @Override
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public double nextDouble() {
        return uniform(nextLong());
    }

    @Override
    public double nextGaussian() {
        return Ziggurat.gaussian(nextLong());
    }

    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
