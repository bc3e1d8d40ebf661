package org.memloop.sim.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.memloop.bench.ConfigurationException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Read technology cards: YAML files, one for each technology, that hold the numbers of a {@link Technology} with their
 * units.
 *
 * <p>A card has a key for each component of the records it fills, written with dashes and without the unit; the unit, which
 * is the last word of the component's name, stands with the number:
 *
 * <pre>
 *   record Transistor(double transconductanceAmpsPerSquareVolt, double thresholdVolts, double thermalVolts)
 *   transistor: { transconductance: 80 uA/V2, threshold: 0.70 V, thermal: 25.9 mV }
 * </pre>
 *
 * Every key has to be there and none may be unknown. The key {@code physics} of a cell names its {@link CellPhysics}.
 */
public final class TechnologyCard {
    /** The physics a card can name. */
    private static final Map<String, Class<? extends CellPhysics>> PHYSICS = Map.of("quantised-filament",
            QuantisedFilament.class);
    private static final List<String> BUILT_IN = List.of("hfox-leti");
    /** Cards whose cells have more of a state than one number. */
    private static final List<String> ABRUPT_BUILT_IN = List.of("rram-64k");
    private static final String ABRUPT = "abrupt-filament";
    private static final int FORMAT = 1;
    private static final Set<String> HEAD = Set.of("format", "notes");
    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String source;

    private TechnologyCard(String source) {
        this.source = source;
    }

    /** {@return the names of the cards that come with the program} */
    public static List<String> builtInNames() {
        return BUILT_IN;
    }

    /**
     * Read a card that comes with the program.
     *
     * @param name its name, see {@link #builtInNames()}
     * @return the technology
     * @throws ConfigurationException when there is none of that name
     */
    public static Technology builtIn(String name) {
        return parse(name + ".yaml", builtInText(name));
    }

    /**
     * Return the text of a card that comes with the program, to start a card of one's own from.
     *
     * @param name its name, see {@link #builtInNames()}
     * @return YAML
     * @throws ConfigurationException when there is none of that name
     */
    public static String builtInText(String name) {
        if (!BUILT_IN.contains(name) && !ABRUPT_BUILT_IN.contains(name)) {
            throw new ConfigurationException("unknown technology '" + name + "'; known are "
                    + String.join(", ", BUILT_IN) + ", " + String.join(", ", ABRUPT_BUILT_IN)
                    + ", or the path of a card of your own that ends in .yaml");
        }
        try (InputStream in = TechnologyCard.class.getResourceAsStream(name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Read a card.
     *
     * @param file its path
     * @return the technology
     * @throws ConfigurationException naming the file and key, and what to write there
     */
    public static Technology read(Path file) {
        return parse(file.toString(), fileText(file));
    }

    /**
     * Read the text of a card.
     *
     * @param source where it comes from, for messages
     * @param text YAML
     * @return the technology
     * @throws ConfigurationException naming the source and key, and what to write there
     */
    public static Technology parse(String source, String text) {
        TechnologyCard card = new TechnologyCard(source);
        JsonNode tree = card.tree(text);
        if (tree.has("physics")) {
            throw card.refuse("is one of " + tree.path("physics").asString()
                    + " cells, which this cannot use; it takes the cards of cells whose state is one number");
        }
        return card.record(Technology.class, "", tree, HEAD);
    }

    /**
     * Read a card of cells that break abruptly: one whose first keys say {@code physics: abrupt-filament}.
     *
     * @param source where it comes from, for messages
     * @param text YAML
     * @return the technology; empty when the card is one of other cells
     * @throws ConfigurationException naming the source and key, and what to write there
     */
    public static Optional<AbruptFilament> parseAbrupt(String source, String text) {
        TechnologyCard card = new TechnologyCard(source);
        JsonNode tree = card.tree(text);
        if (!tree.path("physics").asString("").equals(ABRUPT)) {
            return Optional.empty();
        }
        return Optional.of(card.record(AbruptFilament.class, "", tree, Set.of("format", "notes", "physics")));
    }

    /**
     * Return the text of a card.
     *
     * @param card the name of one that comes with the program, or a path that ends in {@code .yaml}
     * @param folder what a path is relative to
     * @return YAML
     * @throws ConfigurationException when there is no such card
     */
    public static String text(String card, Path folder) {
        return card.matches(".+\\.ya?ml") ? fileText(folder.resolve(card)) : builtInText(card);
    }

    private static String fileText(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no technology card " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the technology card " + file + ": " + e.getMessage(), e);
        }
    }

    private JsonNode tree(String text) {
        JsonNode tree;
        try {
            tree = YAML.readTree(text);
        } catch (JacksonException e) {
            throw refuse("is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("")
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"), e);
        }
        JsonNode format = tree.path("format");
        if (!format.isIntegralNumber() || format.intValue() != FORMAT) {
            throw refuse("the card must say 'format: " + FORMAT + "', which is the only one this version knows");
        }
        return tree;
    }

    /** Fill a record from a mapping that has a key for each of its components. */
    private <T> T record(Class<T> type, String path, JsonNode node, Set<String> others) {
        if (!node.isObject()) {
            throw refuse((path.isEmpty() ? "the card" : path) + " must be a mapping of keys to values");
        }
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(CardUnit.of(component).key(), component);
        }
        for (String key : node.propertyNames()) {
            if (!components.containsKey(key) && !others.contains(key)) {
                Set<String> known = new TreeSet<>(components.keySet());
                known.addAll(others);
                throw refuse("unknown key '" + path + key + "'; known here are " + String.join(", ", known));
            }
        }
        Object[] values = components.entrySet().stream()
                .map(c -> value(c.getValue(), path + c.getKey(), node.path(c.getKey()))).toArray();
        return construct(type, path, values);
    }

    private Object value(RecordComponent component, String key, JsonNode node) {
        Class<?> type = component.getType();
        if (node.isMissingNode() || node.isNull()) {
            throw refuse(key + " is missing");
        }
        if ((type == double.class || type == String.class) && !node.isValueNode()) {
            throw refuse(key + " must be a single value");
        }
        if (type == double.class) {
            return number(component, key, node.asString());
        }
        if (type == String.class) {
            return node.asString();
        }
        return type == CellPhysics.class
                ? record(physics(key, node), key + ".", node, Set.of("physics"))
                : record(type, key + ".", node, Set.of());
    }

    private double number(RecordComponent component, String key, String text) {
        double number;
        try {
            number = CardUnit.of(component).parse(text);
        } catch (IllegalArgumentException e) {
            throw refuse(key + ": " + e.getMessage(), e);
        }
        if (component.isAnnotationPresent(Positive.class) && number <= 0) {
            throw refuse(key + " must be above 0, not " + text);
        }
        if (number < 0 && !component.isAnnotationPresent(Signed.class)) {
            throw refuse(key + " must not be negative, as " + text + " is");
        }
        return number;
    }

    private Class<? extends CellPhysics> physics(String key, JsonNode node) {
        String name = node.path("physics").asString("");
        Class<? extends CellPhysics> physics = PHYSICS.get(name);
        if (physics == null) {
            throw refuse(key + ".physics must be one of " + String.join(", ", new TreeSet<>(PHYSICS.keySet()))
                    + ", not '" + name + "'");
        }
        return physics;
    }

    private <T> T construct(Class<T> type, String path, Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refuse(path.isEmpty()
                    ? e.getCause().getMessage()
                    : path.substring(0, path.length() - 1) + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getSimpleName().toLowerCase(Locale.ROOT), e);
        }
    }

    private ConfigurationException refuse(String what) {
        return new ConfigurationException("technology card " + source + ": " + what);
    }

    private ConfigurationException refuse(String what, Throwable cause) {
        return new ConfigurationException("technology card " + source + ": " + what, cause);
    }
}
