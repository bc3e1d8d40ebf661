package org.memloop.learn;

/**
 * Turn wanted changes of weights into pulses. What a synapse gets depends on nothing but its wanted change, its index and
 * the number of the draw, so the work can be cut into parts at will.
 */
public non-sealed interface Discretizer extends UpdateRule {
    /**
     * Say for some synapses how many pulses each gets and of which sign.
     *
     * @param draw number that is different for every layer and mini-batch: names the random numbers of a rule that needs
     *        some
     * @param at number of the first synapse in its layer; the others follow ({@link org.memloop.learn.kernel.Layout#number})
     * @param wanted wanted change of each weight; it is only read
     * @param count how many synapses, a multiple of 8
     * @param pulses where the answer goes: more than 0 strengthens the synapse
     * @return whether any synapse gets a pulse
     */
    boolean discretize(long draw, int at, float[] wanted, int count, int[] pulses);

    /** {@return the most pulses a synapse can get at a time} */
    int most();

    /**
     * Give one pulse to each synapse whose wanted change is larger than a threshold (thesis, section 3.5.1.1).
     *
     * @param theta the threshold, not negative
     * @return a discretizer of -1, 0 and 1
     */
    static Discretizer ternary(double theta) {
        return ternary(theta, 1);
    }

    /**
     * Give a train of pulses to each synapse whose wanted change is larger than a threshold. On cells whose single pulse
     * does little beside the spread of their initial conductances, trains learn in fewer mini-batches, so with fewer
     * readings; the wear is that of their pulses.
     *
     * @param theta the threshold, not negative
     * @param pulses length of a train, 1 to 127
     * @return a discretizer of -pulses, 0 and pulses
     */
    static Discretizer ternary(double theta, int pulses) {
        requireTrain(pulses);
        if (!(theta >= 0)) {
            throw new IllegalArgumentException("theta must not be negative, not " + theta);
        }
        return new Thresholds.Ternary((float) theta, pulses);
    }

    /**
     * Give one pulse with a probability that grows with the wanted change and is 1 from theta on (thesis, equations 3.17
     * and 3.18).
     *
     * @param theta wanted change that gets a pulse for sure, above 0
     * @param seed where the random numbers come from, from its stream {@code update}
     * @return a discretizer of -1, 0 and 1
     */
    static Discretizer probabilistic(double theta, Seed seed) {
        requirePositive(theta);
        return new Thresholds.Probabilistic((float) theta, seed.stream("update").nextLong());
    }

    /**
     * Give one pulse for every whole theta of the wanted change, {@code min(floor(|dW| / theta), pulses)} (thesis, section
     * 3.6).
     *
     * @param theta wanted change worth a pulse, above 0
     * @param pulses most pulses at a time, 1 to 127
     * @return a discretizer of -pulses to pulses
     */
    static Discretizer quantized(double theta, int pulses) {
        requirePositive(theta);
        requireTrain(pulses);
        return new Thresholds.Quantized((float) theta, pulses);
    }

    private static void requirePositive(double theta) {
        if (!(theta > 0)) {
            throw new IllegalArgumentException("theta must be above 0, not " + theta);
        }
    }

    private static void requireTrain(int pulses) {
        if (pulses < 1 || pulses > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("a train has 1 to " + Byte.MAX_VALUE + " pulses, not " + pulses);
        }
    }
}
