package org.memloop.bench;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Address a bench: {@code scheme:path?key=value&key=value}.
 *
 * @param scheme what kind of bench
 * @param path which one; may be empty
 * @param parameters the settings after the question mark, in alphabetical order
 */
public record BenchUri(String scheme, String path, Map<String, String> parameters) {
    /** Keep the settings in order and from changing. */
    public BenchUri {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /**
     * Read an address.
     *
     * @param text for example {@code sim:hfox-128x64?seed=7}
     * @return the address
     * @throws ConfigurationException when it is not of that form
     */
    public static BenchUri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new ConfigurationException(
                    "bench '" + text + "' has no scheme; write for example sim:hfox-128x64?seed=1");
        }
        int mark = text.indexOf('?', colon);
        String path = mark < 0 ? text.substring(colon + 1) : text.substring(colon + 1, mark);
        Map<String, String> parameters = new TreeMap<>();
        if (mark >= 0) {
            for (String pair : text.substring(mark + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new ConfigurationException(
                            "bench '" + text + "': '" + pair + "' is not of the form key=value");
                }
                if (parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                    throw new ConfigurationException(
                            "bench '" + text + "': key '" + pair.substring(0, equals) + "' is given twice");
                }
            }
        }
        return new BenchUri(text.substring(0, colon), path, parameters);
    }

    /**
     * Refuse settings nobody reads.
     *
     * @param known every key the bench understands
     * @throws ConfigurationException naming the first unknown key and the known ones
     */
    public void allow(Set<String> known) {
        for (String key : parameters.keySet()) {
            if (!known.contains(key)) {
                throw new ConfigurationException("bench '" + this + "': unknown key '" + key + "'; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    /**
     * Read a whole number among the settings.
     *
     * @param key its key
     * @param otherwise the value when the key is absent
     * @return the number
     * @throws ConfigurationException when the value is not a whole number
     */
    public long number(String key, long otherwise) {
        String value = parameters.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    "bench '" + this + "': " + key + " must be a whole number, not '" + value + "'", e);
        }
    }

    /**
     * Read a decimal number among the settings.
     *
     * @param key its key
     * @param otherwise the value when the key is absent
     * @return the number
     * @throws ConfigurationException when the value is not a finite number
     */
    public double decimal(String key, double otherwise) {
        String value = parameters.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new ConfigurationException("bench '" + this + "': " + key + " must be a number, not '" + value + "'");
    }

    /**
     * Return the same address with one setting added where it is absent.
     *
     * @param key the setting
     * @param value its value
     * @return this address, or one that has the setting
     */
    public BenchUri withDefault(String key, String value) {
        if (parameters.containsKey(key)) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(key, value);
        return new BenchUri(scheme, path, more);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append(':').append(path);
        char separator = '?';
        for (Map.Entry<String, String> entry : parameters.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = '&';
        }
        return text.toString();
    }
}
