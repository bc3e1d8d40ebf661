package org.memloop.experiments.campaign;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;

/**
 * Read the settings of a record from a file; what is not said stays as usual. Numbers carry the unit that the last word of
 * the setting's name says.
 */
final class SettingsReader {
    private SettingsReader() {}

    static <T extends Record> T read(Keys keys, T usual) {
        RecordComponent[] components = usual.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(keys, components[i], usual);
        }
        keys.end();
        return make(keys, usual, components, values);
    }

    private static <T extends Record> T make(Keys keys, T usual, RecordComponent[] components, Object[] values) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // a record's own class
            Constructor<T> constructor = (Constructor<T>) usual.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw keys.wrong("", "is not right: " + wrong.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Keys keys, RecordComponent component, Record usual) {
        SettingKey name = SettingKey.of(component);
        Object value;
        try {
            value = component.getAccessor().invoke(usual);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return switch (value) {
            case Double number when name.unit().isEmpty() -> keys.decimal(name.key()).orElse(number);
            case Double number -> keys.quantity(name.key(), name.unit()).orElse(number);
            case Integer number -> keys.whole(name.key()).orElse(number);
            case Long number -> keys.large(name.key()).orElse(number);
            case Enum<?> choice -> choice(keys, name.key(), choice);
            case Pulse pulse -> pulse(keys, name.key(), pulse);
            case Record record -> keys.map(name.key()).<Record>map(map -> read(map, record)).orElse(record);
            default -> throw new IllegalStateException("a setting of " + value.getClass() + " has no form in a file");
        };
    }

    private static Object choice(Keys keys, String key, Enum<?> usual) {
        return choice(keys, key, usual.getDeclaringClass(), usual);
    }

    private static <E extends Enum<E>> Object choice(Keys keys, String key, Class<E> kind, Object usual) {
        return keys.choice(key, kind).<Object>map(one -> one).orElse(usual);
    }

    /** A pulse is the name of one of table 4.1, or a map of what differs from the usual one. */
    static Pulse pulse(Keys keys, String key, Pulse usual) {
        return keys.node(key).map(node -> {
            if (node.isString()) {
                return Pulse.TABLE_4_1.stream().filter(one -> one.name().equals(node.asString())).findFirst()
                        .orElseThrow(() -> keys.wrong(key, "names no pulse; there are "
                                + String.join(", ", Pulse.TABLE_4_1.stream().map(Pulse::name).toList())));
            }
            Keys map = keys.map(key).orElseThrow();
            String name = map.text("name").orElse(usual.name());
            double column = map.quantity("column", "V").orElse(usual.columnVolts());
            double gate = map.quantity("gate", "V").orElse(usual.gateVolts());
            double width = map.quantity("width", "s").orElse(usual.widthSeconds());
            map.end();
            try {
                return new Pulse(name, usual.polarity(), column, gate, width, usual.measured());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(keys.wrong(key, "is not right: ").getMessage() + e.getMessage(), e);
            }
        }).orElse(usual);
    }
}
