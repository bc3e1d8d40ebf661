package org.memloop.sim.instrument;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Read and write the data elements of SCPI: numbers with units, switches, words and strings. */
final class ScpiData {
    private static final Pattern NUMBER = Pattern
            .compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*([A-Za-z%]*)");
    private static final Map<String, Double> MULTIPLIERS = Map.ofEntries(Map.entry("", 1.0), Map.entry("T", 1e12),
            Map.entry("G", 1e9), Map.entry("MA", 1e6), Map.entry("K", 1e3), Map.entry("M", 1e-3),
            Map.entry("U", 1e-6), Map.entry("N", 1e-9), Map.entry("P", 1e-12), Map.entry("F", 1e-15));

    private ScpiData() {}

    /**
     * Read a number.
     *
     * @param unit the unit a suffix must end with, such as {@code S}; empty where no suffix is allowed
     */
    static double number(String text, String unit) throws ScpiError {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new ScpiError(ScpiError.DATA_TYPE, text);
        }
        double value = Double.parseDouble(matcher.group(1));
        String suffix = matcher.group(2).toUpperCase(Locale.ROOT);
        if (suffix.isEmpty()) {
            return value;
        }
        if (unit.isEmpty()) {
            throw new ScpiError(ScpiError.SUFFIX_NOT_ALLOWED, suffix);
        }
        if (!suffix.endsWith(unit)) {
            throw new ScpiError(ScpiError.INVALID_SUFFIX, suffix);
        }
        String prefix = suffix.substring(0, suffix.length() - unit.length());
        boolean mega = prefix.equals("M") && (unit.equals("HZ") || unit.equals("OHM")); // MHZ and MOHM are mega
        Double multiplier = mega ? Double.valueOf(1e6) : MULTIPLIERS.get(prefix);
        if (multiplier == null) {
            throw new ScpiError(ScpiError.INVALID_SUFFIX, suffix);
        }
        return value * multiplier;
    }

    static boolean flag(String text) throws ScpiError {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "ON" -> true;
            case "OFF" -> false;
            default -> Math.round(number(text, "")) != 0;
        };
    }

    /**
     * Read a word.
     *
     * @param choices the words that are allowed, the short form of each in capitals
     * @return the short form
     */
    static String choice(String text, String[] choices) throws ScpiError {
        for (String choice : choices) {
            if (is(text, choice)) {
                return shortForm(choice);
            }
        }
        throw new ScpiError(text.startsWith("\"") || text.startsWith("'")
                ? ScpiError.DATA_TYPE
                : ScpiError.ILLEGAL_VALUE, text);
    }

    static String string(String text) throws ScpiError {
        if (text.length() < 2 || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
            throw new ScpiError(ScpiError.DATA_TYPE, text);
        }
        return text.substring(1, text.length() - 1);
    }

    static boolean is(String text, String word) {
        return text.equalsIgnoreCase(word) || text.equalsIgnoreCase(shortForm(word));
    }

    static String shortForm(String word) {
        return word.replaceAll("[a-z]", "");
    }

    static String show(double value) {
        return String.format(Locale.ROOT, "%+.6E", value);
    }

    static String show(boolean value) {
        return value ? "1" : "0";
    }
}
