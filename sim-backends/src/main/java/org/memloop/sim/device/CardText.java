package org.memloop.sim.device;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.HashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.memloop.bench.ConfigurationException;

/** Put numbers of a technology into the text of its card, where everything else, remarks too, stays as it is. */
public final class CardText {
    private static final Pattern LINE = Pattern.compile("( *)([a-z0-9-]+):( *)([^#]*?)( *#.*)?");
    private static final List<String> PREFIXES = List.of("f", "p", "n", "u", "m", "", "k", "M", "G");
    private static final int UNIT_PREFIX = 5;
    private static final MathContext DIGITS = new MathContext(4);

    private CardText() {}

    /**
     * Put numbers in.
     *
     * @param source where the text comes from, for messages
     * @param text YAML, each number in a line of its own, under the key of its record
     * @param technology holds the numbers
     * @return YAML
     * @throws ConfigurationException when a number has no line
     */
    public static String with(String source, String text, AbruptFilament technology) {
        Map<String, String> values = new HashMap<>();
        collect(technology, "", values);
        Set<String> left = new TreeSet<>(values.keySet());
        StringBuilder group = new StringBuilder();
        String written = text.lines().map(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return line;
            }
            if (parts.group(1).isEmpty()) {
                group.setLength(0);
                group.append(parts.group(2)).append('.');
                return line;
            }
            String value = values.get(group + parts.group(2));
            left.remove(group + parts.group(2));
            return value == null ? line : line(parts, value);
        }).collect(Collectors.joining("\n", "", "\n"));
        if (!left.isEmpty()) {
            throw new ConfigurationException("technology card " + source + ": " + String.join(", ", left)
                    + " must stand in a line of its own, for its fitted number to be written there");
        }
        return written;
    }

    private static String line(Matcher parts, String value) {
        String start = parts.group(1) + parts.group(2) + ": " + value;
        if (parts.group(5) == null) {
            return start;
        }
        int column = parts.start(5) + parts.group(5).length() - parts.group(5).stripLeading().length();
        return start + " ".repeat(Math.max(1, column - start.length())) + parts.group(5).strip();
    }

    private static void collect(Record record, String path, Map<String, String> values) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            CardUnit unit = CardUnit.of(component);
            try {
                switch (component.getAccessor().invoke(record)) {
                    case Double number -> values.put(path + unit.key(), quantity(number, unit.symbol()));
                    case Record inner -> collect(inner, unit.key() + ".", values);
                    default -> {
                        // the name stays
                    }
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }

    /** {@return a number as people write it on a card, with four digits} */
    static String quantity(double number, String symbol) {
        BigDecimal rounded = new BigDecimal(number).round(DIGITS);
        if (symbol.isEmpty() || symbol.startsWith("/")) {
            return (plain(rounded) + " " + symbol).strip();
        }
        int thousands = rounded.signum() == 0
                ? 0
                : Math.clamp(Math.floorDiv(rounded.precision() - rounded.scale() - 1, 3), -UNIT_PREFIX,
                        PREFIXES.size() - 1 - UNIT_PREFIX);
        return plain(rounded.scaleByPowerOfTen(-3 * thousands)) + " " + PREFIXES.get(UNIT_PREFIX + thousands) + symbol;
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int magnitude = stripped.precision() - stripped.scale();
        return stripped.signum() != 0 && (magnitude < -3 || magnitude > 6)
                ? stripped.toString().toLowerCase(Locale.ROOT).replace("e+", "e")
                : stripped.toPlainString();
    }
}
