package org.memloop.sim.instrument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Emulate the memory of arbitrary waveforms of an 81160A: one volatile waveform and named ones, of 14-bit points, of
 * which an output plays the one that was selected. What is stored can be asked for; it is not played into the chip.
 */
final class ArbitraryMemory {
    private static final int POINT_MAX = 8191;
    private static final int POINTS_MIN = 2;
    private static final int POINTS_MAX = 262_144;
    private static final int NAMES_MAX = 4;
    private static final String VOLATILE = "VOLATILE";

    private final Map<String, short[]> waveforms = new TreeMap<>();
    private final String[] selected = {VOLATILE, VOLATILE};
    private final ScpiSettings.Choice order;

    ArbitraryMemory(ScpiSettings settings, ScpiTable table) {
        order = settings.choice(":FORMat:BORDer", "NORMal|SWAPped");
        table.onReset(() -> Arrays.fill(selected, VOLATILE));
        table.command(":DATA<n>:DAC", call -> {
            requireVolatile(call.text(0));
            waveforms.put(VOLATILE, points(call));
        });
        table.queryWith(":DATA<n>:ATTRibute:POINts", 1,
                call -> String.valueOf(find(call.data().isEmpty() ? VOLATILE : call.text(0)).length));
        table.command(":DATA<n>:COPY", call -> {
            call.atMost(2);
            String name = name(call.text(0));
            short[] points = find(call.data().size() > 1 ? call.text(1) : VOLATILE);
            if (!waveforms.containsKey(name) && waveforms.size() > NAMES_MAX) {
                throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "the memory is full");
            }
            waveforms.put(name, points);
        });
        table.command(":DATA<n>:DELete[:NAME]", call -> {
            call.atMost(1);
            String name = name(call.text(0));
            find(name);
            if (Arrays.asList(selected).contains(name)) {
                throw new ScpiError(ScpiError.SETTINGS_CONFLICT, name + " is selected");
            }
            waveforms.remove(name);
        });
        table.query(":DATA<n>:CATalog", _ -> catalogue(true)).query(":DATA<n>:NVOLatile:CATalog",
                _ -> catalogue(false));
        table.query(":DATA<n>:NVOLatile:FREE", _ -> String.valueOf(
                NAMES_MAX - waveforms.keySet().stream().filter(name -> !name.equals(VOLATILE)).count()));
        table.command(":FUNCtion<n>:USER", call -> {
            call.atMost(1);
            String name = call.text(0).toUpperCase(java.util.Locale.ROOT);
            find(name);
            selected[call.channel()] = name;
        });
        table.query(":FUNCtion<n>:USER", call -> selected[call.channel()]);
    }

    private static void requireVolatile(String text) throws ScpiError {
        if (!text.equalsIgnoreCase(VOLATILE)) {
            throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
        }
    }

    private static String name(String text) throws ScpiError {
        String name = text.toUpperCase(java.util.Locale.ROOT);
        if (!name.matches("[A-Z][A-Z0-9_]{0,11}") || name.equals(VOLATILE)) {
            throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
        }
        return name;
    }

    private short[] find(String text) throws ScpiError {
        short[] points = waveforms.get(text.toUpperCase(java.util.Locale.ROOT));
        if (points == null) {
            throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
        }
        return points;
    }

    private String catalogue(boolean all) {
        StringJoiner names = new StringJoiner(",");
        waveforms.keySet().stream().filter(name -> all || !name.equals(VOLATILE))
                .forEach(name -> names.add('"' + name + '"'));
        return names.length() == 0 ? "\"\"" : names.toString();
    }

    /** Read points as numbers, or as a block of two bytes each. */
    private short[] points(ScpiTable.Call call) throws ScpiError {
        List<String> data = call.data().subList(1, call.data().size());
        boolean block = call.text(1).startsWith("#");
        short[] points = block ? block(call.text(1)) : new short[data.size()];
        for (int i = 0; i < points.length; i++) {
            double value = block ? points[i] : ScpiData.number(data.get(i), "");
            if (!(Math.abs(value) <= POINT_MAX)) {
                throw new ScpiError(ScpiError.OUT_OF_RANGE, String.valueOf(value));
            }
            points[i] = (short) Math.rint(value);
        }
        if (points.length < POINTS_MIN || points.length > POINTS_MAX) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, points.length + " points");
        }
        return points;
    }

    private short[] block(String text) throws ScpiError {
        int digits = text.length() > 1 ? Character.digit(text.charAt(1), 10) : -1;
        if (digits < 0) {
            throw new ScpiError(ScpiError.INVALID_BLOCK);
        }
        byte[] bytes = text.substring(Math.min(text.length(), 2 + digits)).getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length % 2 != 0) {
            throw new ScpiError(ScpiError.INVALID_BLOCK);
        }
        short[] points = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(order.is("NORM") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).asShortBuffer()
                .get(points);
        return points;
    }
}
