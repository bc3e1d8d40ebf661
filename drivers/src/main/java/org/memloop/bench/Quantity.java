package org.memloop.bench;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Read quantities as people write them: {@code 0.9 V}, {@code 600ns}, {@code 62.5 uS}, {@code 1/16000 S}. Only the edges of
 * the program do this; inside, every number is an SI double.
 */
public final class Quantity {
    private static final Pattern FORM = Pattern
            .compile("([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)(?:\\s*/\\s*([0-9.]+(?:[eE][-+]?[0-9]+)?))?\\s*(\\p{L}*)");
    private static final Map<String, Integer> PREFIXES = Map.ofEntries(Map.entry("f", -15), Map.entry("p", -12),
            Map.entry("n", -9),
            Map.entry("u", -6), Map.entry("\u00b5", -6), Map.entry("\u03bc", -6), Map.entry("m", -3), Map.entry("", 0),
            Map.entry("k", 3), Map.entry("M", 6), Map.entry("G", 9));

    private Quantity() {}

    /**
     * Read a quantity that must carry its unit.
     *
     * @param text number, or number/number, and the unit with an optional SI prefix
     * @param unit symbol of the SI unit, for example {@code V}
     * @return the value in that unit
     * @throws IllegalArgumentException when it is no finite number in that unit; the message says how to write it
     */
    public static double parse(String text, String unit) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches() || !parts.group(3).endsWith(unit)) {
            throw refuse(text, unit);
        }
        String symbol = parts.group(3);
        Integer power = PREFIXES.get(symbol.substring(0, symbol.length() - unit.length()));
        if (power == null) {
            throw refuse(text, unit);
        }
        try {
            // the power of ten goes into the decimal text, so that 600 ns is exactly the double 600e-9
            double value = Double.parseDouble(scaled(parts.group(1), power))
                    / (parts.group(2) == null ? 1 : Double.parseDouble(parts.group(2)));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw refuse(text, unit);
    }

    /**
     * Read a quantity that may leave its unit out; a bare number is in the SI unit.
     *
     * @param text number, or number/number, and perhaps the unit
     * @param unit symbol of the SI unit
     * @return the value in that unit
     * @throws IllegalArgumentException when it is no finite number in that unit; the message says how to write it
     */
    public static double parseOrBare(String text, String unit) {
        boolean bare = !text.isBlank() && !Character.isLetter(text.strip().codePointBefore(text.strip().length()));
        return parse(bare ? text + unit : text, unit);
    }

    /**
     * Write a quantity so that {@link #parse} reads the same number back.
     *
     * @param value in the SI unit, finite
     * @param unit symbol of the SI unit
     * @return for example {@code 600 ns}
     */
    public static String text(double value, String unit) {
        BigDecimal number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int magnitude = number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
        // 0.9 V reads better than 900 mV
        int thousands = magnitude == -1 ? 0 : Math.floorDiv(magnitude, 3);
        int power = Math.clamp(3L * thousands, -15, 9);
        String prefix = PREFIXES.entrySet().stream().filter(known -> known.getValue() == power)
                .map(Map.Entry::getKey).filter(known -> known.length() == 0 || known.charAt(0) < 128).findFirst()
                .orElseThrow();
        return number.scaleByPowerOfTen(-power).toPlainString() + " " + prefix + unit;
    }

    private static String scaled(String number, int power) {
        String[] parts = number.toLowerCase(Locale.ROOT).split("e");
        return parts[0] + "e" + ((parts.length > 1 ? Integer.parseInt(parts[1]) : 0) + power);
    }

    private static IllegalArgumentException refuse(String text, String unit) {
        return new IllegalArgumentException(
                "'" + text + "' is not a quantity in " + unit + "; write for example 2.5 " + unit
                        + ", 2500 m" + unit + " or 5/2 " + unit);
    }
}
