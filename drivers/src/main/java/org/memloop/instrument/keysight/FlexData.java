package org.memloop.instrument.keysight;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.instrument.SourceMeasureUnit.Status;

/**
 * Read measurement data of FLEX in its ASCII formats with header.
 *
 * <pre>
 *   FMT 1, 5     A B C ±ddd.dddE±dd       status, channel letter, type, 12 digits
 *   FMT 11, 15   A B C ±ddd.ddddE±dd      13 digits
 *   FMT 21, 25   ddd B C ±ddd.ddddE±dd    status as a sum, 13 digits
 *
 *   status of what was measured   N good   T other channel in compliance   C in compliance   V over range, or no data
 *                                 X oscillating   F saturated   G search failed   S search stopped
 *   status of what was forced     W step   E last step
 *   channel letter                A..J slots 1 to 10, a..j their second channel, V ground unit, Z none
 * </pre>
 *
 * Source: B1500A programming guide, section "Data output format".
 *
 * @param letter status letter; of the numeric formats, the letter that says the same
 * @param channel slot number, 0 for what belongs to none
 * @param type V, I, T for time, or another letter of the guide
 * @param value in SI units; {@link #NO_DATA} or more when there is none
 */
record FlexData(char letter, int channel, char type, double value) {
    /** From here on a value stands for no data. */
    static final double NO_DATA = 199e99;

    private static final Pattern LETTERED = Pattern.compile("([A-Z])([A-JVZa-j])([A-Z])([+-]\\d+\\.\\d+E[+-]\\d+)");
    private static final Pattern NUMBERED = Pattern.compile("(\\d{3})([A-JVZa-j])([A-Za-z])([+-]\\d+\\.\\d+E[+-]\\d+)");
    private static final String FORCED = "WE";

    /**
     * Read a line of items.
     *
     * @param text items between commas or line ends
     * @return the items
     * @throws IllegalArgumentException quoting the first item that is none
     */
    static List<FlexData> parse(String text) {
        List<FlexData> items = new ArrayList<>();
        for (String item : text.strip().split("[,\\r\\n]+")) {
            Matcher lettered = LETTERED.matcher(item.strip());
            Matcher numbered = NUMBERED.matcher(item.strip());
            if (lettered.matches()) {
                items.add(new FlexData(lettered.group(1).charAt(0), slot(lettered.group(2)),
                        lettered.group(3).charAt(0), Double.parseDouble(lettered.group(4))));
            } else if (numbered.matches()) {
                char type = numbered.group(3).charAt(0);
                items.add(new FlexData(letter(Integer.parseInt(numbered.group(1)), Character.isLowerCase(type)),
                        slot(numbered.group(2)), Character.toUpperCase(type), Double.parseDouble(numbered.group(4))));
            } else {
                throw new IllegalArgumentException("'" + item.strip() + "' is no measurement datum");
            }
        }
        return items;
    }

    private static int slot(String letter) {
        char c = Character.toUpperCase(letter.charAt(0));
        return c >= 'A' && c <= 'J' ? c - 'A' + 1 : 0;
    }

    /** Turn a status sum into the letter of the worst that it holds. */
    private static char letter(int sum, boolean forced) {
        if (forced) {
            return (sum & 128) != 0 ? 'E' : 'W';
        }
        return (sum & 64) != 0
                ? 'V'
                : (sum & 2) != 0 ? 'X' : (sum & 1) != 0 ? 'V' : (sum & 8) != 0 ? 'C' : (sum & 4) != 0 ? 'T' : 'N';
    }

    /** {@return whether this is what was forced, and not what was measured} */
    boolean forced() {
        return FORCED.indexOf(letter) >= 0;
    }

    /** {@return whether nothing was measured: the sweep had stopped} */
    boolean missing() {
        return Math.abs(value) >= NO_DATA;
    }

    /** {@return how far it can be trusted} */
    Status status() {
        return switch (letter) {
            case 'N', 'W', 'E' -> Status.GOOD;
            case 'T' -> Status.OTHER_IN_COMPLIANCE;
            case 'C' -> Status.IN_COMPLIANCE;
            case 'X' -> Status.OSCILLATING;
            case 'F' -> Status.SATURATED;
            default -> Status.OVER_RANGE; // V, and what searches and capacitance units say, which is not asked for
        };
    }
}
