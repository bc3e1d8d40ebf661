package org.memloop.check;

import java.util.Locale;

/**
 * Hold one number against the range it has to lie in.
 *
 * @param name short name of the number, for example {@code R2}
 * @param what what it is, in a few words
 * @param unit the unit of all its numbers, with an SI prefix where one makes them readable; empty for none
 * @param target what it should be, as a person writes it
 * @param value what it is
 * @param low least value that passes; minus infinity for no limit
 * @param high greatest value that passes; infinity for no limit
 */
public record Check(String name, String what, String unit, String target, double value, double low, double high) {
    /**
     * Expect a number to be near another.
     *
     * @param name short name
     * @param what what it is
     * @param unit its unit
     * @param target what it should be
     * @param tolerance by how much it may differ, in the same unit
     * @param value what it is
     * @return the check
     */
    public static Check near(String name, String what, String unit, double target, double tolerance, double value) {
        return new Check(name, what, unit, text(target) + " \u00b1 " + text(tolerance), value, target - tolerance,
                target + tolerance);
    }

    /**
     * Expect a number to be another, up to a factor.
     *
     * @param name short name
     * @param what what it is
     * @param unit its unit
     * @param target what it should be, above 0
     * @param factor by how much more or less it may be, more than 1
     * @param value what it is
     * @return the check
     */
    public static Check within(String name, String what, String unit, double target, double factor, double value) {
        return new Check(name, what, unit, text(target) + " \u00d7\u00f7 " + text(factor), value, target / factor,
                target * factor);
    }

    /**
     * Expect a number not to be below a limit.
     *
     * @param name short name
     * @param what what it is
     * @param unit its unit
     * @param limit the limit
     * @param value what it is
     * @return the check
     */
    public static Check atLeast(String name, String what, String unit, double limit, double value) {
        return new Check(name, what, unit, "\u2265 " + text(limit), value, limit, Double.POSITIVE_INFINITY);
    }

    /**
     * Expect a number not to be above a limit.
     *
     * @param name short name
     * @param what what it is
     * @param unit its unit
     * @param limit the limit
     * @param value what it is
     * @return the check
     */
    public static Check atMost(String name, String what, String unit, double limit, double value) {
        return new Check(name, what, unit, "\u2264 " + text(limit), value, Double.NEGATIVE_INFINITY, limit);
    }

    /** {@return whether the number lies in its range; one that is none does not} */
    public boolean passed() {
        return value >= low && value <= high;
    }

    /**
     * Write a number with as many digits as checks need.
     *
     * @param value the number
     * @return up to six digits
     */
    public static String text(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") || !text.contains(".") ? text : text.replaceAll("\\.?0+$", "");
    }
}
