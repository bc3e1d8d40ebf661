package org.memloop.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.instrument.StepTiming;

class LabFileTest {
    @Test
    void builtInLaboratoryIsTheThesisBench() {
        LabFile lab = LabFile.builtIn();
        assertEquals(new Geometry(128, 64), lab.geometry());
        assertEquals(new Limits(2.5, 2.5, 5, 100e-9, 1e-3, 1_000_000), lab.limits());
        assertEquals(new StepTiming(5e-6, 5e-6), lab.timing());
        assertEquals("ASRL/dev/ttyACM0::INSTR", lab.router().resource());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bit-line: 2.5 V           | bitline: 2.5 V                | unknown key 'limits.bitline'
            bit-line: 2.5 V           | bit-line: 2.5                 | limits.bit-line: '2.5' is not a quantity in V
            bit-line: 2.5 V           | bit-line: -2.5 V              | limits.bit-line must not be negative
            settle: 5 us              | settle: 5 ms V                | timing.settle
            rows: 128                 | rows: many                    | array.rows
            rows: 128                 | rows: 0                       | at least one row
            name: thesis bench        | notes: none                   | name is missing
            pulses-per-cell: 1000000  | pulses-per-cell: 0            | limits.pulses-per-cell must be at least 1
            format: 1                 | format: 7                     | format 7 is not known
            format: 1                 | format: 1: {                  | is not YAML
            """)
    void everyMistakeNamesFileAndKey(String right, String wrong, String said) {
        String text = LabFile.builtInText();
        assertTrue(text.contains(right));
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> LabFile.parse("lab.yaml", text.replace(right, wrong)));
        assertTrue(e.getMessage().startsWith("lab.yaml"), e.getMessage());
        assertTrue(e.getMessage().contains(said), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void missingFileIsNamed() {
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> LabFile.read(Path.of("nowhere/lab.yaml")));
        assertTrue(e.getMessage().contains("nowhere/lab.yaml"));
    }
}
