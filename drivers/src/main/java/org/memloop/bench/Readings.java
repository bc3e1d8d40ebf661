package org.memloop.bench;

import java.util.Arrays;

/**
 * Hold what a program measured, in columns and in the order of its measured pulses. Values are raw: what they mean in
 * siemens is for {@code calibration} to say.
 */
public final class Readings {
    /** Say how far a reading can be trusted. */
    public enum Quality {
        /** Within the range of the measurement. */
        GOOD,
        /** The signal left the range; the value is the end of the range. */
        SATURATED,
        /** The source limited the current; the volts on the cell were lower than stated. */
        IN_COMPLIANCE,
        /** The pulse was fired and its answer was lost on the way; the amperes are 0 and say nothing. */
        LOST
    }

    private static final Quality[] QUALITIES = Quality.values();

    private final int[] steps;
    private final double[] volts;
    private final double[] amps;
    private final double[] seconds;
    private final byte[] qualities;

    private Readings(Builder b) {
        steps = Arrays.copyOf(b.steps, b.size);
        volts = Arrays.copyOf(b.volts, b.size);
        amps = Arrays.copyOf(b.amps, b.size);
        seconds = Arrays.copyOf(b.seconds, b.size);
        qualities = Arrays.copyOf(b.qualities, b.size);
    }

    private Readings(int[] steps, double[] volts, double[] amps, double[] seconds) {
        this.steps = steps;
        this.volts = volts;
        this.amps = amps;
        this.seconds = seconds;
        qualities = new byte[steps.length];
    }

    /**
     * Make readings of whole columns, all of them {@link Quality#GOOD}. The arrays are not copied, and must not be
     * changed afterwards.
     *
     * @param steps index of the program's step of each reading
     * @param volts column volts applied
     * @param amps currents measured
     * @param seconds when the pulses began
     * @return the readings
     * @throws IllegalArgumentException when the columns are not of one length
     */
    public static Readings good(int[] steps, double[] volts, double[] amps, double[] seconds) {
        if (volts.length != steps.length || amps.length != steps.length || seconds.length != steps.length) {
            throw new IllegalArgumentException("readings need columns of one length, not " + steps.length + ", "
                    + volts.length + ", " + amps.length + " and " + seconds.length);
        }
        return new Readings(steps, volts, amps, seconds);
    }

    /**
     * Start collecting readings.
     *
     * @param capacity how many are expected
     * @return a builder
     */
    public static Builder builder(int capacity) {
        return new Builder(capacity);
    }

    /** {@return the number of readings} */
    public int size() {
        return steps.length;
    }

    /**
     * Tell which step of the program a reading belongs to.
     *
     * @param index index of the reading
     * @return index of the program's step
     */
    public int step(int index) {
        return steps[index];
    }

    /**
     * Tell the column volts that were applied.
     *
     * @param index index of the reading
     * @return volts
     */
    public double volts(int index) {
        return volts[index];
    }

    /**
     * Tell the current that was measured.
     *
     * @param index index of the reading
     * @return amperes
     */
    public double amps(int index) {
        return amps[index];
    }

    /**
     * Tell when the pulse began, on the bench's own clock.
     *
     * @param index index of the reading
     * @return seconds since the bench was opened
     */
    public double seconds(int index) {
        return seconds[index];
    }

    /**
     * Tell how far a reading can be trusted.
     *
     * @param index index of the reading
     * @return its quality
     */
    public Quality quality(int index) {
        return QUALITIES[qualities[index]];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Readings that && Arrays.equals(steps, that.steps) && Arrays.equals(volts, that.volts)
                && Arrays.equals(amps, that.amps) && Arrays.equals(seconds, that.seconds)
                && Arrays.equals(qualities, that.qualities);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(steps) + Arrays.hashCode(amps);
    }

    @Override
    public String toString() {
        return "Readings[" + steps.length + "]";
    }

    /** Collect readings in order. */
    public static final class Builder {
        private int[] steps;
        private double[] volts;
        private double[] amps;
        private double[] seconds;
        private byte[] qualities;
        private int size;

        private Builder(int capacity) {
            steps = new int[capacity];
            volts = new double[capacity];
            amps = new double[capacity];
            seconds = new double[capacity];
            qualities = new byte[capacity];
        }

        /**
         * Add one reading.
         *
         * @param step index of the program's step
         * @param columnVolts volts applied to the driven line
         * @param amperes current measured
         * @param startSeconds when the pulse began, seconds since the bench was opened
         * @param quality how far it can be trusted
         * @return this builder
         */
        public Builder add(int step, double columnVolts, double amperes, double startSeconds, Quality quality) {
            if (size == steps.length) {
                int grown = Math.max(16, 2 * size);
                steps = Arrays.copyOf(steps, grown);
                volts = Arrays.copyOf(volts, grown);
                amps = Arrays.copyOf(amps, grown);
                seconds = Arrays.copyOf(seconds, grown);
                qualities = Arrays.copyOf(qualities, grown);
            }
            steps[size] = step;
            volts[size] = columnVolts;
            amps[size] = amperes;
            seconds[size] = startSeconds;
            qualities[size] = (byte) quality.ordinal();
            size++;
            return this;
        }

        /** {@return the readings so far} */
        public Readings build() {
            return new Readings(this);
        }
    }
}
