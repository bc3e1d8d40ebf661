package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchUriTest {
    @Test
    void readsSchemePathAndSettings() {
        BenchUri uri = BenchUri.parse("sim:hfox-128x64?stuck=0.003&seed=7");
        assertEquals(new BenchUri("sim", "hfox-128x64", Map.of("seed", "7", "stuck", "0.003")), uri);
        assertEquals("sim:hfox-128x64?seed=7&stuck=0.003", uri.toString());
        assertEquals(7, uri.number("seed", 1));
        assertEquals(0.003, uri.decimal("stuck", 0));
    }

    @Test
    void fallsBackWhereASettingIsAbsent() {
        BenchUri uri = BenchUri.parse("rack:lab.yaml");
        assertEquals(3, uri.number("seed", 3));
        assertEquals(0.5, uri.decimal("stuck", 0.5));
        assertEquals("rack:lab.yaml?seed=9", uri.withDefault("seed", "9").toString());
        assertEquals(uri.withDefault("seed", "9"), uri.withDefault("seed", "9").withDefault("seed", "10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hfox-128x64", ":x", "", "sim:x?seed", "sim:x?=1", "sim:x?seed=1&seed=2", "sim:x?"})
    void refusesWhatIsNoAddress(String text) {
        assertThrows(ConfigurationException.class, () -> BenchUri.parse(text));
    }

    @Test
    void refusesSettingsNobodyReadsAndNamesThoseItKnows() {
        BenchUri uri = BenchUri.parse("sim:x?sede=1");
        String message = assertThrows(ConfigurationException.class, () -> uri.allow(Set.of("seed", "threads")))
                .getMessage();
        assertTrue(message.contains("'sede'") && message.contains("seed, threads"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "NaN", "Infinity", "1.5", ""})
    void refusesValuesThatAreNoNumbers(String value) {
        BenchUri uri = new BenchUri("sim", "x", Map.of("seed", value));
        assertThrows(ConfigurationException.class, () -> uri.number("seed", 1));
        if (!value.equals("1.5")) {
            assertThrows(ConfigurationException.class, () -> uri.decimal("seed", 1));
        }
    }
}
