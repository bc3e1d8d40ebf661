package org.memloop.sim.instrument;

/**
 * Say when a fault strikes. Its occasions are, as suits the fault, messages, answers, trigger edges, or chunks of bytes.
 *
 * @param fault what happens
 * @param probability at how large a share of the occasions, 0 to 1
 * @param occasion at which occasion alone, counted from 1; 0 for all of them
 * @param fromSeconds from when on occasions count, on the laboratory's simulated clock
 * @param delaySeconds how late answers come, where that is the fault, seconds of real time
 */
public record FaultRule(Fault fault, double probability, long occasion, double fromSeconds, double delaySeconds) {
    private static final double USUAL_DELAY_SECONDS = 1;

    /**
     * Check the numbers.
     *
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public FaultRule {
        require(probability >= 0 && probability <= 1, "a probability is 0 to 1, not " + probability);
        require(occasion >= 0, "occasions count from 1 (0 for all), not " + occasion);
        require(fromSeconds >= 0, "a time is 0 or later, not " + fromSeconds + " s");
        require(delaySeconds >= 0 && delaySeconds < 3600, "a delay is 0 to an hour, not " + delaySeconds + " s");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Let a fault strike at every occasion.
     *
     * @param fault what happens
     * @return the rule
     */
    public static FaultRule always(Fault fault) {
        return new FaultRule(fault, 1, 0, 0, USUAL_DELAY_SECONDS);
    }

    /**
     * Let a fault strike once.
     *
     * @param fault what happens
     * @param occasion at which occasion, counted from 1
     * @return the rule
     */
    public static FaultRule once(Fault fault, long occasion) {
        return new FaultRule(fault, 1, occasion, 0, USUAL_DELAY_SECONDS);
    }

    /**
     * Let a fault strike now and then.
     *
     * @param fault what happens
     * @param probability at how large a share of the occasions, 0 to 1
     * @return the rule
     */
    public static FaultRule sometimes(Fault fault, double probability) {
        return new FaultRule(fault, probability, 0, 0, USUAL_DELAY_SECONDS);
    }

    /**
     * Let the rule hold from a moment on.
     *
     * @param seconds when, on the laboratory's simulated clock
     * @return otherwise the same rule
     */
    public FaultRule from(double seconds) {
        return new FaultRule(fault, probability, occasion, seconds, delaySeconds);
    }

    /**
     * Let answers be late by another time.
     *
     * @param seconds by how much, of real time
     * @return otherwise the same rule
     */
    public FaultRule delayed(double seconds) {
        return new FaultRule(fault, probability, occasion, fromSeconds, seconds);
    }
}
