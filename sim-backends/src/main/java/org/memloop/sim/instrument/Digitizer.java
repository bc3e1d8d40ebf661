package org.memloop.sim.instrument;

import java.util.random.RandomGenerator;

/**
 * Emulate an oscilloscope's input: noise, a converter of 10 bits that clips at the ends of its range, and the averaging
 * of m conversions for each point in the high-resolution modes, which adds a bit for every factor of four.
 *
 * <pre>
 *   noise of a conversion   sqrt((127 uV)^2 + (0.35 % of range)^2)      130 uV at 1 mV/div
 *   noise of a point        that / sqrt(m)
 *   step of a point         range / 2^10 / 2^floor(log4 m)
 * </pre>
 *
 * The noise of the average is drawn at once. Only near the ends, where some conversions clip, are they drawn one by one.
 */
final class Digitizer {
    /** Counts of a 16-bit sample in one step of the bare converter; keeps full scale clear of the code for a hole. */
    static final int COUNTS_PER_STEP = 56;
    static final int STEPS = 1024;
    static final int AVERAGED_MAX = 64;

    private static final double FLOOR_VOLTS = 127e-6;
    private static final double RANGE_SHARE = 0.0035;
    private static final double CLIP_SIGMAS = 5;

    private final RandomGenerator random;
    private final double rangeVolts;
    private final double offsetVolts;
    private final double noiseVolts;
    private final int averaged;
    private final int stepsPerStep;

    /** Take points of {@code averaged} conversions on a screen of {@code rangeVolts} around {@code offsetVolts}. */
    Digitizer(RandomGenerator random, double rangeVolts, double offsetVolts, int averaged) {
        this.random = random;
        this.rangeVolts = rangeVolts;
        this.offsetVolts = offsetVolts;
        this.averaged = averaged;
        noiseVolts = Math.hypot(FLOOR_VOLTS, RANGE_SHARE * rangeVolts);
        stepsPerStep = 1 << (31 - Integer.numberOfLeadingZeros(averaged)) / 2;
    }

    static double countVolts(double rangeVolts) {
        return rangeVolts / STEPS / COUNTS_PER_STEP;
    }

    /** Convert one point to its 16-bit sample, with an input that clips at a share of half its range. */
    short point(double volts, double clippingShare) {
        double half = rangeVolts / 2 * clippingShare;
        double fromCentre = clippingShare < 1 ? Math.clamp(volts - offsetVolts, -half, half) : volts - offsetVolts;
        double mean = Math.abs(fromCentre) < half - CLIP_SIGMAS * noiseVolts
                ? fromCentre + noiseVolts / Math.sqrt(averaged) * random.nextGaussian()
                : clippedMean(fromCentre, half);
        int end = STEPS / 2 * stepsPerStep;
        long step = Math.round(mean / rangeVolts * STEPS * stepsPerStep);
        return (short) (Math.clamp(step, -end, end - 1) * (COUNTS_PER_STEP / stepsPerStep));
    }

    private double clippedMean(double fromCentre, double half) {
        double sum = 0;
        for (int i = 0; i < averaged; i++) {
            sum += Math.clamp(fromCentre + noiseVolts * random.nextGaussian(), -half, half);
        }
        return sum / averaged;
    }
}
