package org.memloop.experiments.campaign;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;

/**
 * Say how a setting of a procedure is written in a file: {@code targetSiemens} is {@code target: 60 uS}.
 *
 * @param key what stands before the colon
 * @param unit symbol of its unit, empty where it has none
 */
record SettingKey(String key, String unit) {
    private static final Map<String, String> UNITS = Map.of("Volts", "V", "Seconds", "s", "Siemens", "S", "Amps", "A",
            "Ohms", "ohm");

    static SettingKey of(RecordComponent component) {
        String name = component.getName();
        for (Map.Entry<String, String> unit : UNITS.entrySet()) {
            if (name.endsWith(unit.getKey())) {
                return new SettingKey(dashed(name.substring(0, name.length() - unit.getKey().length())),
                        unit.getValue());
            }
        }
        return new SettingKey(dashed(name), "");
    }

    static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
