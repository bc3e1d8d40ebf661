package org.memloop.sim.device;

import java.util.random.RandomGenerator;

/**
 * Model a device that pulses of one polarity potentiate and pulses of the other depress, both exponentially: the
 * asymmetric, non-linear synapse of M. E. Fouda et al. (section 3.5). Its whole state is its conductance.
 *
 * @param potentiation towards the largest conductance
 * @param depression towards the smallest conductance
 */
public record ExponentialDevice(ExponentialBranch potentiation, ExponentialBranch depression) {

    /** Refuse branches that lead the wrong way. */
    public ExponentialDevice {
        if (!(depression.limitSiemens() >= 0 && depression.limitSiemens() < potentiation.limitSiemens()
                && potentiation.spanSiemens() < 0 && depression.spanSiemens() > 0)) {
            throw new IllegalArgumentException("potentiation " + potentiation + ", depression " + depression
                    + ": the first has to rise to a larger conductance than that to which the second falls");
        }
    }

    /** {@return the smallest conductance, siemens} */
    public double minSiemens() {
        return depression.limitSiemens();
    }

    /** {@return the largest conductance, siemens} */
    public double maxSiemens() {
        return potentiation.limitSiemens();
    }

    /** {@return what lies between the smallest and the largest conductance, siemens} */
    public double rangeSiemens() {
        return maxSiemens() - minSiemens();
    }

    /**
     * Apply pulses.
     *
     * @param siemens the conductance before; beyond the range it counts as its end
     * @param pulses how many: above 0 potentiating, below 0 depressing ones
     * @return the conductance afterwards, siemens, within the range
     */
    public double after(double siemens, double pulses) {
        double state = clipped(siemens);
        return clipped(pulses < 0 ? depression.after(state, -pulses) : potentiation.after(state, pulses));
    }

    /**
     * Find the pulses for a wanted change: the inverse of {@link #after}.
     *
     * @param siemens the conductance before, within the range
     * @param changeSiemens how much it shall change
     * @return pulses, as {@link #after} takes them; infinitely many for a change up to the end of the range or beyond
     */
    public double pulsesFor(double siemens, double changeSiemens) {
        return changeSiemens < 0
                ? -depression.pulsesFor(siemens, changeSiemens)
                : potentiation.pulsesFor(siemens, changeSiemens);
    }

    /**
     * Find about the pulses for a wanted small change, without a logarithm.
     *
     * @param siemens the conductance before, within the range
     * @param changeSiemens how much it shall change
     * @return pulses, as {@link #after} takes them
     */
    public double pulsesForSmall(double siemens, double changeSiemens) {
        return changeSiemens < 0
                ? -depression.pulsesForSmall(siemens, changeSiemens)
                : potentiation.pulsesForSmall(siemens, changeSiemens);
    }

    private double clipped(double siemens) {
        return Math.clamp(siemens, minSiemens(), maxSiemens());
    }

    /**
     * Tell how far both branches are from straight lines.
     *
     * @param pulses N, that potentiate the device fully
     * @return the factors
     */
    public Nonlinearity nonlinearity(double pulses) {
        return new Nonlinearity(potentiation.siemens(pulses / 2) / rangeSiemens() - 0.5,
                0.5 - depression.siemens(pulses / 2) / rangeSiemens());
    }

    /**
     * State the asymmetric non-linearity: how far the conductance is from the middle of its range after half the pulses.
     *
     * @param potentiation PANL, {@code G_LTP(N/2) / (Gmax - Gmin) - 0.5}
     * @param depression DANL, {@code 0.5 - G_LTD(N/2) / (Gmax - Gmin)}
     */
    public record Nonlinearity(double potentiation, double depression) {
        /** {@return ANL, both together: eq 12} */
        public double both() {
            return potentiation + depression;
        }
    }

    /**
     * Say how devices differ from one another: each parameter is normal around that of the nominal device. What a span
     * differs by counts as a difference of its rate (the source's remark on beta).
     *
     * @param perPulse tolerance of both rates
     * @param max tolerance of the largest conductance
     * @param min tolerance of the smallest conductance
     * @param reading what a tolerance is
     */
    public record Tolerances(double perPulse, double max, double min, Reading reading) {
        /**
         * Take those of the source for Mo/TiOx/TiN: 25 % for the rates, 1 % and 5 % for the largest and the smallest
         * conductance.
         *
         * @param reading what its "tolerance (Variance/mean)" is
         * @return the tolerances
         */
        public static Tolerances of(Reading reading) {
            return new Tolerances(0.25, 0.01, 0.05, reading);
        }
    }

    /** Choose what "25 % tolerance (Variance/mean)" means. */
    public enum Reading {
        /** Standard deviation over mean; it gives the wide band of the source's figure 7b. */
        DEVIATION_OVER_MEAN {
            @Override
            double deviation(double tolerance, double mean, double unit) {
                return tolerance * mean;
            }
        },
        /** Variance over mean, in the units of the source's tables: 1e-3 for rates, nanosiemens for conductances. */
        VARIANCE_OVER_MEAN {
            @Override
            double deviation(double tolerance, double mean, double unit) {
                return Math.sqrt(tolerance * mean / unit) * unit;
            }
        };

        abstract double deviation(double tolerance, double mean, double unit);
    }

    /**
     * Make a device that differs from this one.
     *
     * @param tolerances how much devices differ
     * @param random draws the differences, those that no device can have once more
     * @return another device
     */
    public ExponentialDevice varied(Tolerances tolerances, RandomGenerator random) {
        double max = draw(maxSiemens(), tolerances.max(), 1e-9, tolerances.reading(), random);
        double min = draw(minSiemens(), tolerances.min(), 1e-9, tolerances.reading(), random);
        return new ExponentialDevice(
                new ExponentialBranch(max, draw(potentiation.perPulse(), tolerances.perPulse(), 1e-3,
                        tolerances.reading(), random), potentiation.spanSiemens()),
                new ExponentialBranch(min, draw(depression.perPulse(), tolerances.perPulse(), 1e-3,
                        tolerances.reading(), random), depression.spanSiemens()));
    }

    private static double draw(double mean, double tolerance, double unit, Reading reading, RandomGenerator random) {
        double deviation = reading.deviation(tolerance, mean, unit);
        double drawn;
        do {
            drawn = mean + deviation * random.nextGaussian();
        } while (drawn <= 0);
        return drawn;
    }
}
