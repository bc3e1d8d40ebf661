package org.memloop.recording;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Quantity;

/** Find out in which unit a file states conductances. */
final class SiemensUnit {
    /** A symbol that stands alone: {@code G (uS)}, {@code pulse_0 [µS]}, {@code siemens}; not the S of {@code SET}. */
    private static final Pattern SYMBOL = Pattern
            .compile("(?<![\\p{L}\\d])([fpnu\\u00b5\\u03bcmkMG]?(?:S|siemens|ohms?|Ohms?|\\u03a9|\\u2126))(?!\\p{L})");

    private SiemensUnit() {}

    /**
     * {@return how many siemens one unit of a text is; empty when the text names no unit}
     *
     * @throws ConfigurationException when it names two units, or one of resistance
     */
    static Optional<Double> inText(String where, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = SYMBOL.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).replace("siemens", "S").replace('\u03bc', 'u').replace('\u00b5', 'u'));
        }
        if (found.size() > 1) {
            throw new ConfigurationException(where + ": names several units: " + List.copyOf(found)
                    + "; all conductances of a recording are in one");
        }
        return found.stream().findFirst().map(symbol -> siemens(where, symbol));
    }

    private static double siemens(String where, String symbol) {
        if (!symbol.endsWith("S")) {
            throw new ConfigurationException(
                    where + ": states resistances in " + symbol
                            + "; a recording holds conductances in S, mS, uS or nS");
        }
        return Quantity.parse("1 " + symbol, "S");
    }
}
