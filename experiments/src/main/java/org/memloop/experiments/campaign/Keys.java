package org.memloop.experiments.campaign;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Quantity;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Take the values of one map of a file, each by its key, and in the end refuse keys nobody took. */
final class Keys {
    private final String source;
    private final String path;
    private final ObjectNode node;
    private final Set<String> known = new LinkedHashSet<>();

    private Keys(String source, String path, ObjectNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** Begin with the map at a path; the whole file has the empty path. */
    static Keys of(String source, String path, JsonNode node) {
        if (node instanceof ObjectNode map) {
            return new Keys(source, path, map);
        }
        throw new ConfigurationException(source + ": " + (path.isEmpty() ? "the file" : path)
                + " must be a map of keys and values");
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    ConfigurationException wrong(String key, String what) {
        return new ConfigurationException(source + ": " + path(key) + " " + what);
    }

    Optional<JsonNode> node(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    JsonNode required(String key) {
        return node(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    Optional<Keys> map(String key) {
        return node(key).map(value -> of(source, path(key), value));
    }

    Optional<String> text(String key) {
        return node(key).map(value -> {
            if (!value.isValueNode()) {
                throw wrong(key, "must be one value");
            }
            return value.asString();
        });
    }

    Optional<Integer> whole(String key) {
        return number(key, "a whole number", Integer::parseInt);
    }

    Optional<Long> large(String key) {
        return number(key, "a whole number", Long::parseLong);
    }

    OptionalDouble decimal(String key) {
        Optional<Double> value = number(key, "a number", Double::parseDouble);
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    private <T> Optional<T> number(String key, String what, Function<String, T> parse) {
        return text(key).map(text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException e) {
                throw wrong(key, "must be " + what + ", not '" + text + "'");
            }
        });
    }

    OptionalDouble quantity(String key, String unit) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(value(text.get(), unit));
        } catch (IllegalArgumentException e) {
            throw wrong(key, "is " + e.getMessage());
        }
    }

    /** Times may be given in minutes, hours and days too. */
    private static double value(String text, String unit) {
        if (unit.equals("s")) {
            String[] parts = text.strip().split("\\s+");
            double factor = parts.length != 2 ? 0 : switch (parts[1]) {
                case "min" -> 60;
                case "h" -> 3600;
                case "d" -> 86_400;
                default -> 0;
            };
            if (factor > 0) {
                return factor * Quantity.parseOrBare(parts[0], "");
            }
        }
        return Quantity.parse(text, unit);
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> kind) {
        return text(key).map(text -> Arrays.stream(kind.getEnumConstants())
                .filter(one -> SettingKey.dashed(one.name().toLowerCase(java.util.Locale.ROOT)).replace('_', '-')
                        .equals(text))
                .findFirst().orElseThrow(() -> wrong(key, "must be one of " + String.join(", ", choices(kind))
                        + ", not '" + text + "'")));
    }

    static Iterable<String> choices(Class<? extends Enum<?>> kind) {
        return Arrays.stream(kind.getEnumConstants())
                .map(one -> one.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')).toList();
    }

    /** Refuse keys nobody asked for. */
    void end() {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw new ConfigurationException(source + ": unknown key '" + path(key) + "'; known here are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
