package org.memloop.instrument;

import java.util.List;

import org.memloop.bench.Capabilities;

/** Force a voltage or a current, slowly, and measure both: current-voltage curves of single devices and neurons. */
public interface SourceMeasureUnit extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return how finely a current is read during READ, of which one power-line cycle is averaged} */
    Capabilities.ReadAccuracy accuracy();

    /** {@return which channels feed column and gate} */
    UnitWiring wiring();

    /** {@return the channels that can force and measure, as the instrument numbers them} */
    List<Integer> channels();

    /**
     * Switch a channel on, and let it force.
     *
     * @param channel its number
     * @param bias what to force
     * @throws org.memloop.bench.LimitException before anything is sent, when instrument or device do not allow it
     */
    void force(int channel, Bias bias);

    /**
     * Measure voltage and current of a channel once.
     *
     * @param channel its number, switched on
     * @return one point
     */
    CurvePoint measure(int channel);

    /**
     * Measure a channel at equal intervals while what is forced stays.
     *
     * @param channel its number, switched on
     * @param points how many
     * @param intervalSeconds from one to the next, seconds
     * @return the points
     */
    List<CurvePoint> sample(int channel, int points, double intervalSeconds);

    /**
     * Sweep a channel in steps. Channels that {@link #force} go on meanwhile.
     *
     * @param staircase the steps
     * @return one point a step; those after a stop are missing
     * @throws org.memloop.bench.LimitException before anything is sent, when instrument or device do not allow it
     */
    List<CurvePoint> sweep(Staircase staircase);

    /** Give one edge on the trigger output, for a router to step by. What is forced stays. */
    void trigger();

    /** Bring every channel to 0 V, then switch all off. */
    void off();

    /** Switch off and let go of the link. Calling it again is harmless. */
    @Override
    void close();

    /** Say what is forced, and so what the compliance limits. */
    enum Quantity {
        /** Volts are forced, the current is limited. */
        VOLTS,
        /** A current is forced, the volts are limited. */
        AMPS
    }

    /**
     * Force a constant.
     *
     * @param quantity volts or a current
     * @param value how much, volts or amperes
     * @param compliance limit of the other quantity, amperes or volts, more than 0
     */
    record Bias(Quantity quantity, double value, double compliance) {
        /** Refuse what limits nothing. */
        public Bias {
            if (!(compliance > 0) || !Double.isFinite(value)) {
                throw new IllegalArgumentException("a bias of " + value + " needs a compliance of more than 0, not "
                        + compliance);
            }
        }
    }

    /**
     * Sweep in steps.
     *
     * @param channel which channel is swept
     * @param quantity volts or a current
     * @param start first value, volts or amperes
     * @param stop last value
     * @param points how many values from first to last, both counted; the way back has as many again
     * @param spacing how they are spread
     * @param returns whether the sweep goes back to its start
     * @param compliance limit of the other quantity, amperes or volts, more than 0
     * @param holdSeconds before the first step, seconds
     * @param delaySeconds from each step to its measurement, seconds
     * @param stopsInCompliance whether the sweep ends where the compliance is reached
     */
    record Staircase(int channel, Quantity quantity, double start, double stop, int points, Spacing spacing,
            boolean returns, double compliance, double holdSeconds, double delaySeconds, boolean stopsInCompliance) {
        /** Say how the values of a sweep are spread. */
        public enum Spacing {
            /** At equal distances. */
            LINEAR,
            /** At equal ratios; both ends have one sign and are not 0. */
            LOGARITHMIC
        }

        /** Refuse what is no sweep. */
        public Staircase {
            if (points < 1 || !(compliance > 0) || !(holdSeconds >= 0) || !(delaySeconds >= 0)) {
                throw new IllegalArgumentException(
                        "a sweep has at least 1 point, a compliance of more than 0 and no negative times");
            }
            if (spacing == Spacing.LOGARITHMIC && !(start * stop > 0)) {
                throw new IllegalArgumentException(
                        "a logarithmic sweep goes from " + start + " to " + stop + ", which have not one sign");
            }
        }

        /**
         * Sweep linearly there, without holding or stopping.
         *
         * @param channel which channel is swept
         * @param quantity volts or a current
         * @param start first value, volts or amperes
         * @param stop last value
         * @param points how many values
         * @param compliance limit of the other quantity
         * @return the sweep
         */
        public static Staircase linear(int channel, Quantity quantity, double start, double stop, int points,
                double compliance) {
            return new Staircase(channel, quantity, start, stop, points, Spacing.LINEAR, false, compliance, 0, 0,
                    false);
        }

        /** {@return how many points are measured, the way back included} */
        public int measured() {
            return returns ? 2 * points : points;
        }
    }

    /**
     * Hold one point of a curve.
     *
     * @param seconds when it was measured, since the measurement began
     * @param volts across the channel
     * @param amps through the channel
     * @param status how far it can be trusted
     */
    record CurvePoint(double seconds, double volts, double amps, Status status) {}

    /** Say how far a point can be trusted; of several, the last of these that holds. */
    enum Status {
        /** Measured as asked. */
        GOOD,
        /** Another channel is at its compliance. */
        OTHER_IN_COMPLIANCE,
        /** This channel is at its compliance: the value that was forced was not reached. */
        IN_COMPLIANCE,
        /** Beyond the measurement range. */
        OVER_RANGE,
        /** The channel oscillates. */
        OSCILLATING,
        /** The channel is saturated. */
        SATURATED
    }
}
