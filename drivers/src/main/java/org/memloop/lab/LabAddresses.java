package org.memloop.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import org.memloop.bench.ConfigurationException;

/** Write a laboratory file anew with other addresses, and leave the rest of it as it is. Its comments are lost. */
public final class LabAddresses {
    private static final String INSTRUMENTS = "instruments";
    private static final String RESOURCE = "resource";

    private LabAddresses() {}

    /**
     * Put other addresses into the text of a laboratory file.
     *
     * @param text the text, which has been read as a laboratory file before
     * @param folder where the file is; files that it names beside it are named with their whole path
     * @param resources VISA resource names by role
     * @return the new text
     * @throws ConfigurationException when the text is not YAML
     */
    public static String move(String text, Path folder, Map<String, String> resources) {
        YAMLMapper yaml = YAMLMapper.builder().build();
        try {
            ObjectNode file = (ObjectNode) yaml.readTree(text);
            JsonNode instruments = file.path(INSTRUMENTS);
            resources.forEach((role, resource) -> {
                if (instruments.path(role) instanceof ObjectNode station) {
                    station.put(RESOURCE, resource);
                }
                for (JsonNode supply : instruments.path("supplies")) {
                    if (supply.path("role").asString("").equals(role)) {
                        ((ObjectNode) supply).put(RESOURCE, resource);
                    }
                }
            });
            nameWhole(file.path("array"), "technology", folder);
            nameWhole(file.path("array").path("board"), "map", folder);
            return yaml.writeValueAsString(file);
        } catch (JacksonException e) {
            throw new ConfigurationException("a laboratory file cannot be written anew: " + e.getOriginalMessage(), e);
        }
    }

    private static void nameWhole(JsonNode node, String key, Path folder) {
        String name = node.path(key).asString("");
        if (!name.isEmpty() && node instanceof ObjectNode object && Files.isRegularFile(folder.resolve(name))) {
            object.put(key, folder.resolve(name).toAbsolutePath().normalize().toString());
        }
    }
}
