package org.memloop.bench;

import java.util.Locale;

/**
 * State what may never be exceeded on an array.
 *
 * <p>Current and energy of a pulse are estimated before it may leave, for the worst case: the whole column voltage over
 * the least resistance that the path can have.
 *
 * @param bitLineVoltsMax highest pulse on a bit line (SET polarity), volts
 * @param sourceLineVoltsMax highest pulse on a source line (RESET polarity), volts
 * @param wordLineVoltsMax highest pulse on a word line (the gate), volts
 * @param widthSecondsMin shortest pulse, seconds
 * @param widthSecondsMax longest pulse, seconds
 * @param pulsesPerCellMax how many {@linkplain Pulse#wears() wearing} pulses one cell may get in its life, as far as the
 *        bench knows of it
 * @param stress what else may not be exceeded
 */
public record Limits(double bitLineVoltsMax, double sourceLineVoltsMax, double wordLineVoltsMax, double widthSecondsMin,
        double widthSecondsMax, long pulsesPerCellMax, Stress stress) {

    /**
     * State how much current, heat and haste an array bears, and how far its cells may be driven. An infinite value is no
     * limit; of the least target resistance, 0 is.
     *
     * @param ampsMax highest current of a column, amperes: estimated before a pulse, and held against every reading
     * @param leastOhms least resistance of the whole path from driver to ground, the cell shorted and the gate open, ohms;
     *        0 where it is not known
     * @param joulesMax most energy of one pulse, joules
     * @param dutyMax largest share of the time that wearing pulses drive a line, 0 to 1
     * @param pulsesPerSecondMax most pulses in a second, pauses included
     * @param targetOhmsMin least resistance a cell may be brought to, ohms: one that read less gets no pulse of SET
     *        polarity
     * @param targetOhmsMax highest resistance a cell may be brought to, ohms: one that read more gets no RESET
     */
    public record Stress(double ampsMax, double leastOhms, double joulesMax, double dutyMax, double pulsesPerSecondMax,
            double targetOhmsMin, double targetOhmsMax) {
        /** No such limits. */
        public static final Stress ANY = new Stress(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 1,
                Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);

        /** Refuse limits nobody can hold. */
        public Stress {
            if (!(ampsMax > 0 && joulesMax > 0 && dutyMax > 0 && pulsesPerSecondMax > 0 && leastOhms >= 0
                    && targetOhmsMin >= 0 && targetOhmsMax > targetOhmsMin)) {
                throw new IllegalArgumentException("limits of current, energy, duty and rate are more than 0, and the"
                        + " highest target resistance is above the least");
            }
            if (leastOhms == 0 && (Double.isFinite(ampsMax) || Double.isFinite(joulesMax))) {
                throw new IllegalArgumentException(
                        "a limit of current or energy needs the least resistance of the path,"
                                + " which is what the worst case follows from");
            }
        }

        private Stress tightest(Stress other) {
            double least = leastOhms == 0
                    ? other.leastOhms
                    : other.leastOhms == 0 ? leastOhms : Math.min(leastOhms, other.leastOhms);
            return new Stress(Math.min(ampsMax, other.ampsMax), least, Math.min(joulesMax, other.joulesMax),
                    Math.min(dutyMax, other.dutyMax), Math.min(pulsesPerSecondMax, other.pulsesPerSecondMax),
                    Math.max(targetOhmsMin, other.targetOhmsMin), Math.min(targetOhmsMax, other.targetOhmsMax));
        }

        /** {@return whether cells are held to a range of resistances} */
        public boolean limitsTargets() {
            return targetOhmsMin > 0 || Double.isFinite(targetOhmsMax);
        }
    }

    /**
     * State limits of voltage, width and wear alone.
     *
     * @param bitLineVoltsMax highest pulse on a bit line, volts
     * @param sourceLineVoltsMax highest pulse on a source line, volts
     * @param wordLineVoltsMax highest pulse on a word line, volts
     * @param widthSecondsMin shortest pulse, seconds
     * @param widthSecondsMax longest pulse, seconds
     * @param pulsesPerCellMax how many wearing pulses one cell may get
     */
    public Limits(double bitLineVoltsMax, double sourceLineVoltsMax, double wordLineVoltsMax, double widthSecondsMin,
            double widthSecondsMax, long pulsesPerCellMax) {
        this(bitLineVoltsMax, sourceLineVoltsMax, wordLineVoltsMax, widthSecondsMin, widthSecondsMax, pulsesPerCellMax,
                Stress.ANY);
    }

    /**
     * State the same limits with others of current, heat, haste and target.
     *
     * @param other they
     * @return the limits
     */
    public Limits with(Stress other) {
        return new Limits(bitLineVoltsMax, sourceLineVoltsMax, wordLineVoltsMax, widthSecondsMin, widthSecondsMax,
                pulsesPerCellMax, other);
    }

    /**
     * Combine two sets of limits so that both hold.
     *
     * @param other the other set
     * @return for each quantity the tighter of the two
     */
    public Limits tightest(Limits other) {
        return new Limits(Math.min(bitLineVoltsMax, other.bitLineVoltsMax),
                Math.min(sourceLineVoltsMax, other.sourceLineVoltsMax),
                Math.min(wordLineVoltsMax, other.wordLineVoltsMax),
                Math.max(widthSecondsMin, other.widthSecondsMin), Math.min(widthSecondsMax, other.widthSecondsMax),
                Math.min(pulsesPerCellMax, other.pulsesPerCellMax), stress.tightest(other.stress));
    }

    /**
     * Check one operating condition.
     *
     * @param pulse the condition
     * @throws LimitException naming the pulse, the quantity and the limit it breaks
     */
    public void check(Pulse pulse) {
        boolean set = pulse.polarity() == Pulse.Polarity.SET;
        atMost(pulse, set ? "bit line" : "source line", pulse.columnVolts(), set ? bitLineVoltsMax : sourceLineVoltsMax,
                "V");
        atMost(pulse, "word line", pulse.gateVolts(), wordLineVoltsMax, "V");
        atMost(pulse, "width", pulse.widthSeconds(), widthSecondsMax, "s");
        if (pulse.widthSeconds() < widthSecondsMin) {
            throw new LimitException(
                    String.format(Locale.ROOT, "pulse %s: width %g s is below the limit of %g s; nothing was fired",
                            pulse.name(), pulse.widthSeconds(), widthSecondsMin));
        }
        if (stress.leastOhms() > 0) {
            double amps = pulse.columnVolts() / stress.leastOhms();
            atMost(pulse, "worst-case current", amps, stress.ampsMax(), "A");
            atMost(pulse, "worst-case energy", pulse.columnVolts() * amps * pulse.widthSeconds(), stress.joulesMax(),
                    "J");
        }
    }

    /**
     * Check one operating condition with the pauses that surround it.
     *
     * @param pulse the condition
     * @param pauseSeconds how long the lines are grounded between two pulses, seconds
     * @throws LimitException naming the pulse, the quantity and the limit it breaks
     */
    public void check(Pulse pulse, double pauseSeconds) {
        check(pulse);
        double periodSeconds = pulse.widthSeconds() + pauseSeconds;
        if (pulse.wears()) {
            atMost(pulse, "duty", pulse.widthSeconds() / periodSeconds, stress.dutyMax(), "of the time");
        }
        atMost(pulse, "rate", 1 / periodSeconds, stress.pulsesPerSecondMax(), "pulses/s");
    }

    /**
     * Check a resistance that a cell is to be brought to.
     *
     * @param ohms the target
     * @throws LimitException when cells may not be brought there
     */
    public void checkTarget(double ohms) {
        if (!(ohms >= stress.targetOhmsMin() && ohms <= stress.targetOhmsMax())) {
            throw new LimitException(String.format(Locale.ROOT,
                    "a target of %.4g ohm is outside the limits of %.4g to %.4g ohm; nothing was fired", ohms,
                    stress.targetOhmsMin(), stress.targetOhmsMax()));
        }
    }

    private static void atMost(Pulse pulse, String what, double value, double limit, String unit) {
        if (value > limit) {
            throw new LimitException(
                    String.format(Locale.ROOT, "pulse %s: %s %.4g %s is above the limit of %.4g %s; nothing was fired",
                            pulse.name(), what, value, unit, limit, unit));
        }
    }
}
