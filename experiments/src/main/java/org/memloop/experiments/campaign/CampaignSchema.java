package org.memloop.experiments.campaign;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.Pulse;
import org.memloop.calibration.Procedure;
import org.memloop.calibration.Procedures;
import org.memloop.campaign.CellSet;
import org.memloop.campaign.Stage;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Describe campaign files to editors, from the procedures themselves: JSON schema, draft 2020-12. */
public final class CampaignSchema {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CampaignSchema() {}

    /** {@return the schema} */
    public static String text() {
        Map<String, Object> schema = object(Map.of("format", Map.of("const", 1), "name", text("One word."),
                "description", text("One line for a person."), "seed", Map.of("type", "integer"), "read",
                pulse(Pulse.READ), "sets", Map.of("type", "object", "additionalProperties",
                        Map.of("$ref", "#/$defs/cells")),
                "stop", Map.of("$ref", "#/$defs/stop"), "stages",
                Map.of("type", "array", "minItems", 1, "items", Map.of("oneOf", stages()))),
                List.of("format", "name", "stages"));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        all.put("title", "memloop campaign, format 1");
        all.putAll(schema);
        all.put("$defs", Map.of("cells", cells(), "stop", stop()));
        return JSON.writeValueAsString(all);
    }

    private static List<Object> stages() {
        List<Object> stages = new ArrayList<>();
        for (Procedure procedure : Procedures.USUAL) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("procedure", Map.of("const", procedure.name()));
            properties.put("name", text("What the stage is called; the procedure's name where it is left out."));
            properties.put("cells", Map.of("$ref", "#/$defs/cells"));
            properties.put("with", settings((Record) procedure));
            properties.put("sweep", Map.of("type", "object", "additionalProperties", Map.of("type", "array")));
            properties.put("assign", Map.of("enum", Keys.choices(CampaignFile.Assign.class)));
            properties.put("repeat", Map.of("type", "integer", "minimum", 1));
            properties.put("order", Map.of("enum", Keys.choices(Stage.Order.class)));
            properties.put("block", Map.of("type", "integer", "minimum", 0));
            properties.put("stop", Map.of("$ref", "#/$defs/stop"));
            stages.add(object(properties, List.of("procedure", "cells")));
        }
        return stages;
    }

    private static Map<String, Object> settings(Record usual) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : usual.getClass().getRecordComponents()) {
            SettingKey key = SettingKey.of(component);
            try {
                properties.put(key.key(), setting(key, component.getAccessor().invoke(usual)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return object(properties, List.of());
    }

    private static Object setting(SettingKey key, Object usual) {
        return switch (usual) {
            case Double number when key.unit().isEmpty() -> Map.of("type", "number", "default", number);
            case Double number -> Map.of("type", "string", "default",
                    org.memloop.bench.Quantity.text(number, key.unit()));
            case Integer number -> Map.of("type", "integer", "default", number);
            case Enum<?> choice -> Map.of("enum", Keys.choices(choice.getDeclaringClass()), "default",
                    choice.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            case Pulse pulse -> pulse(pulse);
            case Record record -> settings(record);
            default -> throw new IllegalStateException("a setting of " + usual.getClass() + " has no form in a file");
        };
    }

    private static Map<String, Object> pulse(Pulse usual) {
        return Map.of("oneOf", List.of(Map.of("enum", Pulse.TABLE_4_1.stream().map(Pulse::name).toList()),
                object(Map.of("name", text("What records call it."), "column", text("Volts, for example 0.9 V."),
                        "gate",
                        text("Volts."), "width", text("Seconds, for example 600 ns.")), List.of())));
    }

    private static Map<String, Object> cells() {
        Map<String, Object> other = Map.of("$ref", "#/$defs/cells");
        Map<String, Object> range = Map.of("type", List.of("string", "integer"));
        Map<String, Object> whole = Map.of("type", "integer", "minimum", 1);
        return Map.of("oneOf", List.of(text("all, healthy, formed, virgin, or one of the sets."),
                Map.of("type", "array", "items", other),
                object(Map.of("rows", range, "columns", range), List.of("rows", "columns")),
                object(Map.of("list", Map.of("type", "array", "items", Map.of("type", "string", "pattern",
                        "^[0-9]+:[0-9]+$"))), List.of("list")),
                object(Map.of("sample", whole, "of", other, "seed", Map.of("type", "integer")),
                        List.of("sample", "of")),
                object(Map.of("spread", whole, "of", other), List.of("spread", "of")),
                object(Map.of("known", Map.of("enum", Keys.choices(CellSet.Known.State.class)), "of", other),
                        List.of("known", "of"))));
    }

    private static Map<String, Object> stop() {
        Map<String, Object> whole = Map.of("type", "integer", "minimum", 0);
        return object(Map.of("yield-below", Map.of("type", "number", "minimum", 0, "maximum", 1), "compliance-hits",
                whole, "time", text("Seconds, or for example 30 min, 12 h, 2 d."), "pulses-per-cell", whole,
                "instrument-errors", whole), List.of());
    }

    private static Map<String, Object> text(String description) {
        return Map.of("type", "string", "description", description);
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("additionalProperties", false);
        object.put("properties", new java.util.TreeMap<>(properties));
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        return object;
    }
}
