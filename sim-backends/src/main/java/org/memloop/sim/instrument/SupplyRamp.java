package org.memloop.sim.instrument;

/**
 * Bring the volts of a supply's output to what is wanted as its filter lets them: exponentially, to 1 % within 50 ms,
 * after the delay that was programmed. The time constant is assumed.
 */
final class SupplyRamp {
    private static final double TAU_SECONDS = 10e-3;

    private double wanted;
    private double from;
    private double sinceSeconds;
    private double delaySeconds;

    /** {@return the volts at a time, which never goes back} */
    double volts(double wantedNow, double nowSeconds, double programmedDelaySeconds) {
        double reached = reached(nowSeconds);
        if (wantedNow != wanted) {
            // a delay holds back what is switched on or off, not what is changed meanwhile
            delaySeconds = wanted == 0 || wantedNow == 0 ? programmedDelaySeconds : 0;
            from = reached;
            wanted = wantedNow;
            sinceSeconds = nowSeconds;
        }
        return reached(nowSeconds);
    }

    private double reached(double nowSeconds) {
        double seconds = Math.max(0, nowSeconds - sinceSeconds - delaySeconds);
        return wanted + (from - wanted) * Math.exp(-seconds / TAU_SECONDS);
    }
}
