package org.memloop.sim.random;

import java.util.random.RandomGenerator;

/**
 * Generate the random numbers of one event of one cell (SplitMix64). Event {@code n} of a cell owns 64 random bits that
 * are a function of seed, cell and {@code n} alone; whoever needs more numbers starts a generator from them. So nothing
 * depends on which cells were pulsed before, or by which thread.
 */
public final class CellRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /**
     * Start from the bits of an event.
     *
     * @param eventBits the bits
     * @param tag tells this use of the event from its others
     */
    public CellRandom(long eventBits, long tag) {
        state = eventBits ^ mix(tag);
    }

    /**
     * Make a seed ready for {@link #key}.
     *
     * @param seed any number
     * @return its bits
     */
    public static long seedBits(long seed) {
        return mix(seed);
    }

    /**
     * Tell the key of a cell's events.
     *
     * @param seedBits the seed, made ready
     * @param cell the cell's number
     * @return the key
     */
    public static long key(long seedBits, int cell) {
        return mix(seedBits + cell * GAMMA);
    }

    /**
     * Tell the random bits of a cell's event.
     *
     * @param key the cell's key
     * @param number which event
     * @return 64 bits
     */
    public static long event(long key, long number) {
        return mix(key + number * GAMMA);
    }

    /**
     * Make a number in [0, 1) of the upper 53 bits; the lower 11 stay free for another use.
     *
     * @param bits 64 random bits
     * @return the number
     */
    public static double uniform(long bits) {
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
