package org.memloop.sim.device;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;

import org.memloop.bench.Quantity;

/**
 * Tell how a number is written on a card: its key, and the unit that has to stand with it.
 *
 * @param key the component's name with dashes, without its unit
 * @param symbol the unit; empty for a bare number
 */
record CardUnit(String key, String symbol) {
    /** Last words of names, and the symbol of what they mean; of several that fit, the longest counts. */
    private static final Map<String, String> UNITS = Map.ofEntries(Map.entry("Volts", "V"), Map.entry("Amps", "A"),
            Map.entry("Siemens", "S"), Map.entry("Ohms", "Ohm"), Map.entry("Seconds", "s"), Map.entry("Hertz", "Hz"),
            Map.entry("Kelvin", "K"), Map.entry("Electronvolts", "eV"), Map.entry("PerVolt", "/V"),
            Map.entry("PerSecond", "/s"), Map.entry("PerHertz", "/Hz"), Map.entry("KelvinPerWatt", "K/W"),
            Map.entry("AmpsPerSquareVolt", "A/V2"));

    /** {@return how a component of a record is written} */
    static CardUnit of(RecordComponent component) {
        String name = component.getName();
        String unit = component.getType() != double.class
                ? ""
                : UNITS.keySet().stream().filter(name::endsWith)
                        .reduce("", (a, b) -> a.length() >= b.length() ? a : b);
        String rest = name.substring(0, name.length() - unit.length());
        return new CardUnit(rest.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT), UNITS.getOrDefault(unit, ""));
    }

    /**
     * Read the number.
     *
     * @param text what the card says
     * @return the number, in the unit
     * @throws IllegalArgumentException when it is no number, or not in the unit; the message says how to write it
     */
    double parse(String text) {
        int slash = symbol.indexOf('/');
        String under = slash < 0 ? "" : symbol.substring(slash);
        String over = slash < 0 ? symbol : symbol.substring(0, slash);
        try {
            if (text.endsWith(under)) {
                String number = text.substring(0, text.length() - under.length());
                return over.isEmpty() ? bare(number) : Quantity.parse(number, over);
            }
        } catch (IllegalArgumentException _) {
            // said below, with the whole unit
        }
        throw new IllegalArgumentException("'" + text + "' is not a "
                + (symbol.isEmpty()
                        ? "bare number; write for example 0.5"
                        : "quantity in " + symbol
                                + "; write for example 2.5 " + symbol));
    }

    private static double bare(String text) {
        double number = Double.parseDouble(text.strip());
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }
}
