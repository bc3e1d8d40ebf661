package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;

class PresetTest {
    @SuppressWarnings("unused") // by name
    private static final List<String> NAMES = Preset.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void a_preset_leaves_no_setting_to_a_default(String name) {
        Preset preset = Preset.named(name);
        boolean ideal = preset.options().get("bench").startsWith("ideal:");
        String rule = preset.options().get("rule");
        Set<String> wanted = new HashSet<>(Set.of("bench", "dataset", "images", "input-gain", "layers", "biases", "eta",
                "rule", "beta", "sign", "batch", "free-steps", "nudge-steps", "time-step", "epochs"));
        if (!ideal) {
            wanted.addAll(Set.of("weights", "alpha", "synapse", "gth", "gth-read"));
        }
        if (!rule.equals("continuous")) {
            wanted.add("theta");
            if (ideal) {
                wanted.add("step");
            }
        }
        if (rule.equals("ternary")) {
            wanted.add("pulses-per-trit");
        }
        if (rule.equals("quantized")) {
            wanted.add("max-pulses");
        }
        if (name.equals("thesis-3.4")) {
            wanted.add("travel"); // changes no result: without it, it is as with --no-report
        }
        assertEquals(wanted, preset.options().keySet());
        assertTrue(preset.about().startsWith("Figure "), preset.about());
    }

    @Test
    void every_file_has_its_name_in_the_list() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/org/memloop/experiments/presets"))) {
            assertEquals(new HashSet<>(Preset.NAMES), files
                    .map(file -> file.getFileName().toString().replace(".yaml", "")).collect(Collectors.toSet()));
        }
    }

    @Test
    void a_wrong_name_tells_the_right_ones() {
        var told = assertThrows(ConfigurationException.class, () -> Preset.named("thesis-9.9"));
        assertTrue(told.getMessage().contains("'thesis-9.9'") && told.getMessage().contains("thesis-3.17-learnable"),
                told.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"about: a\nthetta: 1", "about: a\ntheta: 1\ntheta: 2", "about: a\ntheta:", "theta: 1",
            "about: a\ntheta: [1, 2]", "- a", ""})
    void a_file_with_a_fault_is_refused(String yaml) {
        var told = assertThrows(ConfigurationException.class, () -> Preset.parse("mine", yaml));
        assertTrue(told.getMessage().startsWith("preset mine: "), told.getMessage());
        assertEquals(1, told.getMessage().lines().count(), told.getMessage());
    }

    @Test
    void an_unknown_key_is_named() {
        var told = assertThrows(ConfigurationException.class, () -> Preset.parse("mine", "about: a\nthetta: 1"));
        assertTrue(told.getMessage().contains("'thetta'") && told.getMessage().contains("theta,"), told.getMessage());
    }

    @Test
    void a_recording_gets_the_size_of_its_array_from_the_preset() {
        Preset preset = Preset.named("thesis-4.12");
        assertEquals("traces:my.h5?columns=794&rows=1024&seed=3",
                preset.bench(BenchUri.parse("traces:my.h5?seed=3")).toString());
        assertEquals("traces:my.h5?columns=900&rows=1024",
                preset.bench(BenchUri.parse("traces:my.h5?columns=900")).toString());
        assertEquals("sim:hfox-128x64", preset.bench(BenchUri.parse("sim:hfox-128x64")).toString());
        var told = assertThrows(ConfigurationException.class,
                () -> preset.bench(BenchUri.parse(preset.options().get("bench"))));
        assertTrue(told.getMessage().contains("--bench traces:FILE"), told.getMessage());
    }
}
