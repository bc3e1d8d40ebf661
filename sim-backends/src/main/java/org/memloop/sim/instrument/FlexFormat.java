package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Write measurement data as FLEX does.
 *
 * <pre>
 *   FMT 1, 5     A B C +ddd.dddE+dd       status, channel letter, type, 12 digits
 *   FMT 2        +ddd.dddE+dd             the same without header
 *   FMT 11, 15   A B C +ddd.ddddE+dd      13 digits;  FMT 12 without header
 *   FMT 21, 25   ddd B C +ddd.ddddE+dd    status as a number; FMT 22 without header
 * </pre>
 *
 * Binary formats are not emulated.
 */
final class FlexFormat {
    /** Value that stands for no data. */
    static final double NONE = 199.999e99;
    static final List<Integer> FORMATS = List.of(1, 2, 5, 11, 12, 15, 21, 22, 25);

    /**
     * Hold one datum.
     *
     * @param status N, T, C, V ... of measured data, W or E of source data
     * @param channel slot number, 0 for the time
     * @param type V, I or T
     */
    record Item(char status, int channel, char type, double value) {}

    private final List<String> items = new ArrayList<>();
    private final int format;

    FlexFormat(int format) {
        this.format = format;
    }

    void add(Item item) {
        int digits = format < 10 ? 3 : 4;
        String number = engineering(item.value, digits);
        char letter = item.channel == 0 ? 'Z' : (char) ('A' + item.channel - 1);
        String header = switch (format) {
            case 2, 12, 22 -> "";
            case 21, 25 -> "%03d%c%c".formatted(statusSum(item.status), letter, item.type);
            default -> "" + item.status + letter + item.type;
        };
        items.add(header + number);
    }

    private static int statusSum(char status) {
        return switch (status) {
            case 'V' -> 1;
            case 'X' -> 2;
            case 'T' -> 4;
            case 'C' -> 8;
            case 'E' -> 128;
            default -> 0;
        };
    }

    /** Write a number with an exponent that is a multiple of 3 and three digits before the point. */
    static String engineering(double value, int digits) {
        if (value == NONE) {
            return String.format(Locale.ROOT, "+199.%sE+99", "9".repeat(digits));
        }
        int exponent = value == 0 ? 0 : (int) Math.floor(Math.log10(Math.abs(value)) / 3) * 3;
        String mantissa = mantissa(value, exponent, digits);
        if (mantissa.length() > digits + 5) { // rounded up to 1000
            exponent += 3;
            mantissa = mantissa(value, exponent, digits);
        }
        return mantissa + String.format(Locale.ROOT, "E%+03d", exponent);
    }

    private static String mantissa(double value, int exponent, int digits) {
        return String.format(Locale.ROOT, "%+0" + (digits + 5) + "." + digits + "f", value * Math.pow(10, -exponent));
    }

    int count() {
        return items.size();
    }

    String text() {
        return String.join(",", items);
    }
}
