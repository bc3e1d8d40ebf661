package org.memloop.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hold the schema for editors to the records that read the file. */
class LabSchemaTest {
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(LabFile.schema(), InputFormat.JSON);

    @Test
    void theSchemaKnowsTheKeysOfTheRecordsAndNoOthers() {
        JsonNode root = JsonMapper.shared().readTree(LabFile.schema());
        compare(root, root, LabForm.class, "");
    }

    private static void compare(JsonNode root, JsonNode described, Type type, String path) {
        JsonNode at = described.has("$ref")
                ? root.at("/$defs/" + described.get("$ref").stringValue().substring("#/$defs/".length()))
                : described;
        if (type instanceof Class<?> raw && raw.isRecord()) {
            Set<String> keys = new TreeSet<>();
            for (RecordComponent component : raw.getRecordComponents()) {
                JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
                String key = named == null ? component.getName() : named.value();
                keys.add(key);
                compare(root, at.path("properties").path(key), component.getGenericType(), path + "." + key);
            }
            assertEquals(keys, new TreeSet<>(at.path("properties").propertyNames()), path);
            assertFalse(at.path("additionalProperties").asBoolean(true), path);
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            compare(root, at.path("items"), list.getActualTypeArguments()[0], path + "[]");
        } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            compare(root, at.path("additionalProperties"), map.getActualTypeArguments()[1], path + ".N");
        } else {
            assertFalse(at.isMissingNode(), path);
        }
    }

    @Test
    void filesThatAreReadAreValid() {
        assertEquals(List.of(), check(LabFile.builtInText()));
        assertEquals(List.of(), check(LabFile.builtInText().replace("format: 2", "format: 1")));
        assertEquals(List.of(), check(LabFileTest.UNIT_BENCH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bit-line: 2.5 V>bitline: 2.5 V", "bit-line: 2.5 V>bit-line: 2.5", "rows: 8>rows: many",
            "most: 100 kohm>most: 100 kV", "name: probe station>notes: none", "role: supply-5v>rolle: supply-5v",
            "pulse-measure-unit:\n>generator:\n", "least: 10 kohm>least: 10 kohm, map: board.csv",
            "wiring: rows-reversed>wiring: rows-reversed, fault: slow", "format: 2>format: 3",
            "on: true>feeds: { 1: [VDD] }", "column: 201>column: 0", "2: { feeds>two: { feeds"})
    void mistakesAreFoundInTheEditor(String change) {
        String[] parts = change.split(">");
        assertFalse(check(LabFileTest.UNIT_BENCH.replace(parts[0], parts[1])).isEmpty());
    }

    private List<String> check(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream().map(Error::toString).toList();
    }
}
