package org.memloop.experiments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Name the settings of an experiment that others did, so that it can be done again. A preset is a YAML file whose keys are
 * options of {@code memloop train} without their dashes, and {@code about}, one line for a person.
 *
 * @param name what it is called, for example {@code thesis-3.6}
 * @param about what it does again
 * @param options values by option, as they would be written on the command line
 */
public record Preset(String name, String about, Map<String, String> options) {
    /** Every preset there is, in the order of the thesis's figures. */
    public static final List<String> NAMES = List.of("thesis-3.2", "thesis-3.3", "thesis-3.4", "thesis-3.6",
            "thesis-3.7", "thesis-3.8", "thesis-3.9", "thesis-3.10", "thesis-3.11", "thesis-3.13", "thesis-3.14",
            "thesis-3.15", "thesis-3.17", "thesis-3.17-learnable", "thesis-3.18", "thesis-3.19", "thesis-4.10",
            "thesis-4.11", "thesis-4.12", "thesis-4.13", "thesis-4.14", "thesis-4.15", "thesis-4.16", "thesis-4.16a",
            "thesis-4.16b", "thesis-4.18", "thesis-4.18a", "thesis-4.18b");

    /** Stands in the address of a bench where only the person knows the file. */
    private static final String FILE = "FILE";
    private static final String ABOUT = "about";
    private static final Set<String> KEYS = Set.of(ABOUT, "bench", "dataset", "images", "input-gain", "layers",
            "weights", "alpha", "synapse", "gth", "gth-read", "step", "biases", "eta", "rule", "theta",
            "pulses-per-trit", "max-pulses", "travel", "beta", "sign", "batch", "free-steps", "nudge-steps",
            "time-step", "epochs");
    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Keep the options from changing. */
    public Preset {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Find a preset.
     *
     * @param name one of {@link #NAMES}
     * @return the preset
     * @throws ConfigurationException when there is none of that name; it names those there are
     */
    public static Preset named(String name) {
        if (!NAMES.contains(name)) {
            throw new ConfigurationException(
                    "there is no preset '" + name + "'; there are " + String.join(", ", NAMES));
        }
        try (InputStream file = Preset.class.getResourceAsStream("presets/" + name + ".yaml")) {
            return parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Preset parse(String name, String yaml) {
        Map<String, String> values;
        try {
            values = YAML.readValue(yaml, new TypeReference<LinkedHashMap<String, String>>() {
            });
        } catch (JacksonException e) {
            throw new ConfigurationException("preset " + name + ": not a list of keys with one value each: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        }
        values.forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                throw new ConfigurationException("preset " + name + ": unknown key '" + key + "'; known are "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
            if (value == null || value.isBlank()) {
                throw new ConfigurationException("preset " + name + ": the key '" + key + "' has no value");
            }
        });
        String about = Optional.ofNullable(values.remove(ABOUT)).orElseThrow(() -> new ConfigurationException(
                "preset " + name + ": the key '" + ABOUT + "' is missing; say in one line what it does"));
        return new Preset(name, about, values);
    }

    /**
     * Choose the bench. One of the preset's kind gets the settings it lacks from the preset, for example the size of an
     * array of recorded cells.
     *
     * @param wanted the address: the preset's own, or what the person gave
     * @return the address, complete
     * @throws ConfigurationException when a file has to be named and was not
     */
    public BenchUri bench(BenchUri wanted) {
        BenchUri own = BenchUri.parse(options.getOrDefault("bench", wanted.toString()));
        if (wanted.path().equals(FILE)) {
            throw new ConfigurationException("preset " + name + " needs a recording of devices: say which with --bench "
                    + wanted.scheme() + ":FILE; 'memloop traces generate' makes one up");
        }
        Map<String, String> parameters = new TreeMap<>();
        if (own.scheme().equals(wanted.scheme())) {
            parameters.putAll(own.parameters());
        }
        parameters.putAll(wanted.parameters());
        return new BenchUri(wanted.scheme(), wanted.path(), parameters);
    }
}
