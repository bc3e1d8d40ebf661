package org.memloop.sim.fit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Take the numbers of nested records apart, by their path, and put others in their place. */
final class Numbers {
    private Numbers() {}

    /** {@return every number of a record and of the records in it, by path: {@code access.thresholdVolts}} */
    static Map<String, Double> of(Record record) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        collect(record, "", numbers);
        return numbers;
    }

    private static void collect(Record record, String path, Map<String, Double> numbers) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            switch (value(record, component)) {
                case Double number -> numbers.put(path + component.getName(), number);
                case Record inner -> collect(inner, path + component.getName() + ".", numbers);
                default -> {
                    // a name
                }
            }
        }
    }

    /** {@return the same record with other numbers at some paths} */
    static <R extends Record> R with(R record, Map<String, Double> numbers) {
        return with(record, "", numbers);
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R with(R record, String path, Map<String, Double> numbers) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components).map(component -> {
            String at = path + component.getName();
            return switch (value(record, component)) {
                case Double number -> numbers.getOrDefault(at, number);
                case Record inner -> with(inner, at + ".", numbers);
                case Object other -> other;
            };
        }).toArray();
        try {
            return (R) record.getClass().getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(path + " does not take these numbers: " + e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot rebuild " + record.getClass().getSimpleName(), e);
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
