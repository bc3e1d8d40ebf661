package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.lab.LabFile;
import org.memloop.lab.ResistorBoard;

class MiswiringTest {
    private static final Pulse BACK = new Pulse("BACK", Pulse.Polarity.RESET, 0.2, 3, 100e-6, true);
    private static final double PATH_OHMS = 170;
    private static final Geometry GEOMETRY = new Geometry(128, 64);

    @TempDir
    private Path folder;

    private String board(String technology) throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LabFile.builtInText().replace("hfox-leti",
                technology + "\n  board: { least: 10 kohm, most: 100 kohm }"));
        return "wire:" + file + "?baud=0&seed=3";
    }

    /** The current of cell (2, 5) is that of another cell, or none. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            '',                         2,   5,    2,   5
            rows-reversed,              125, 5,    125, 5
            columns-reversed,           2,   58,   2,   58
            swap-bit-lines-5-6,         2,   6,    2,   5
            swap-source-lines-5-60,     2,   5,    2,   60
            swap-word-lines-2-100,      100, 5,    100, 5
            open-word-line-2,           none,none, none,none
            open-bit-line-5,            none,none, none,none
            open-source-line-5,         none,none, none,none
            stuck-bit-line-5,           none,none, 2,   5
            register-shifted,           3,   6,    3,   6
            generator-channels-swapped, none,none, none,none
            """)
    void aWrongWireReadsAnotherCell(String fault, Integer setRow, Integer setColumn, Integer resetRow,
            Integer resetColumn) throws Exception {
        ResistorBoard board = ResistorBoard.coded(GEOMETRY, 10e3, 100e3);
        BenchUri uri = BenchUri.parse(board("resistor-board") + "&wiring=" + fault);
        int cell = GEOMETRY.cell(2, 5);
        try (Bench bench = new WireBenchProvider().open(uri)) {
            double set = bench.run(PulseProgram.of(Pulse.READ, cell)).amps(0);
            double reset = bench.run(PulseProgram.of(BACK, cell)).amps(0);
            assertEquals(expected(board, Pulse.Polarity.SET, setRow, setColumn), set, 0.5e-6);
            assertEquals(expected(board, Pulse.Polarity.RESET, resetRow, resetColumn), reset, 0.5e-6);
        }
    }

    private static double expected(ResistorBoard board, Pulse.Polarity polarity, Integer row, Integer column) {
        return row == null ? 0 : 0.2 / (board.ohms(GEOMETRY.cell(row, column), polarity) + PATH_OHMS);
    }

    @Test
    void nothingConductsInAnEmptySocket() throws Exception {
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse(board("empty")))) {
            assertEquals(0, bench.run(PulseProgram.of(Pulse.READ, 0)).amps(0), 0.5e-6);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rows-upside-down    | no wiring fault 'rows-upside-down'
            open-bit-line-64    | a 128x64 array has bit lines 0 to 63
            """)
    void aWireThatThereIsNotIsNamed(String fault, String said) throws Exception {
        BenchUri uri = BenchUri.parse(board("resistor-board") + "&wiring=" + fault);
        ConfigurationException e = assertThrows(ConfigurationException.class,
                () -> new WireBenchProvider().open(uri).close());
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }
}
