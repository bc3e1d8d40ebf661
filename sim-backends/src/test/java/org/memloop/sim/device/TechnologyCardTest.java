package org.memloop.sim.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;

class TechnologyCardTest {
    private static final String HFOX = TechnologyCard.builtInText("hfox-leti");

    @Test
    void readsEveryBuiltInCardUnderItsName() {
        for (String name : TechnologyCard.builtInNames()) {
            assertEquals(name, TechnologyCard.builtIn(name).name());
        }
    }

    @Test
    void readsNumbersInTheirUnits() {
        Technology hfox = TechnologyCard.parse("test", HFOX);
        assertEquals(new Transistor(80e-6, 0.70, 25.9e-3), hfox.transistor());
        assertEquals(300, hfox.seriesOhms());
        QuantisedFilament cell = (QuantisedFilament) hfox.cell();
        assertEquals(new QuantisedFilament.Filament(77.48e-6, 0.5, 1.6, 0.35), cell.filament());
        assertEquals(50e6, cell.kinetics().channelKelvinPerWatt());
        assertEquals(0.052, cell.kinetics().generationPerChannelElectronvolts());
        assertEquals(-22, hfox.mismatch().setByThresholdPerVolt());
        assertEquals(1e-4, hfox.noise().relaxationOnsetSeconds());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "threshold: 0.70 V | threshold: 0.70 | transistor.threshold: '0.7' is not a quantity in V; write for example 2.5 V",
            "transconductance: 80 uA/V2 | transconductance: 80 uA | transistor.transconductance: '80 uA' is not a quantity in A/V2",
            "field: 1.6 /V | field: 1.6 V | cell.filament.field: '1.6 V' is not a quantity in /V",
            "conductance: 0.08 | conductance: 8 % | mismatch.conductance: '8 %' is not a bare number",
            "attempt: 1e13 Hz | attempts: 1e13 Hz | unknown key 'cell.kinetics.attempts'; known here are ambient, attempt,",
            "  attempt: 1e13 Hz | | cell.kinetics.attempt is missing",
            "quantised-filament | magic | cell.physics must be one of quantised-filament, not 'magic'",
            "stuck-fraction: 0.003 | stuck-fraction: 3 | defects: stuckFraction must lie between 0 and 1, not 3.0",
            "series: 300 Ohm | series: -300 Ohm | series must not be negative, as -300 Ohm is",
            "thermal: 25.9 mV | thermal: 0 V | transistor.thermal must be above 0, not 0 V",
            "endurance-shape: 1.5 | endurance-shape: 0 | defects.endurance-shape must be above 0, not 0",
            "series: 300 Ohm | series: { a: 1 } | series must be a single value",
            "name: hfox-leti | name: [ | is not YAML", "name: hfox-leti | format: 1 | is not YAML",
            "format: 1 | format: 2 | the card must say 'format: 1'"})
    void saysWhatIsWrongWhere(String correct, String wrong, String message) {
        assertTrue(HFOX.contains(correct));
        String text = HFOX.replace(correct, wrong == null ? "" : wrong);
        String told = assertThrows(ConfigurationException.class, () -> TechnologyCard.parse("mine.yaml", text))
                .getMessage();
        assertTrue(told.startsWith("technology card mine.yaml: ") && told.contains(message), told);
        assertTrue(told.lines().count() == 1, told);
    }

    @Test
    void readsAPersonsOwnFile(@TempDir Path folder) throws IOException {
        Path card = folder.resolve("mine.yaml");
        Files.writeString(card, HFOX.replace("name: hfox-leti", "name: mine\nnotes: warmer").replace("ambient: 300 K",
                "ambient: 330 K"));
        Technology mine = TechnologyCard.read(card);
        assertEquals("mine", mine.name());
        assertEquals(330, ((QuantisedFilament) mine.cell()).kinetics().ambientKelvin());
        assertThrows(ConfigurationException.class, () -> TechnologyCard.read(folder.resolve("none.yaml")));
    }
}
