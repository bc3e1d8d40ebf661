package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Pulse;
import org.memloop.calibration.Amplitude;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.calibration.ConductanceCard;
import org.memloop.die.LedgerFile;
import org.memloop.recording.Recordings;

/** Record traces as a person does who has a die with a name and a calibrated bench. */
class TracesMeasureTest {
    @TempDir
    private Path folder;
    private final Words words = new Words();

    private double firstSiemens(String name, String... more) {
        Path file = folder.resolve(name);
        List<String> all = new java.util.ArrayList<>(List.of("traces", "measure", "--bench", "sim:hfox-8x8?seed=4",
                "--devices", "5", "--pulses", "20", "--runs", folder + "/runs", "--out", file.toString()));
        all.addAll(List.of(more));
        words.run(0, all.toArray(String[]::new));
        return Recordings.read(file, Optional.empty()).siemens(0, 0);
    }

    @Test
    void aNamedDieGetsALedgerAndACardSaysWhatReadingsMean() throws Exception {
        Path card = folder.resolve("card.yaml");
        CalibrationFile.write(new CalibrationCard("b", "test", OffsetDateTime.now(), 30, List.of(), Pulse.READ,
                new ConductanceCard(0, 1, 1000), Amplitude.EXACT, Amplitude.EXACT, Map.of()), card);
        double plain = firstSiemens("plain.csv");
        double with = firstSiemens("with.csv", "--die", "A7", "--dies", folder + "/dies", "--card", card.toString());
        assertEquals(1 / plain - 1000, 1 / with, 1, "a kiloohm is taken out of the path");
        assertTrue(Files.exists(folder.resolve("runs/0002-traces/card.yaml")), "the run keeps its card");
        LedgerFile ledger = LedgerFile.read(folder.resolve("dies/A7/cells.csv"));
        assertTrue(ledger.ledger().healthyCells().length > 50);
        // forming, ten cycles and a SET, and 19 weak RESET of those recorded
        assertEquals(1 + 20 + 1 + 19, java.util.Arrays.stream(ledger.ledger().pulses()).max().orElseThrow(), 2);
        assertEquals(1, ledger.runs().size());
    }

    @Test
    void aCardOfAnotherBenchIsRefused() {
        Path card = folder.resolve("card.yaml");
        CalibrationFile.write(new CalibrationCard("b", "test", OffsetDateTime.now(), 30,
                List.of(new org.memloop.bench.Capabilities.Identity("oscilloscope", "A,B,1,2", "TCPIP::h::INSTR")),
                Pulse.READ, ConductanceCard.WHOLE_PATH, Amplitude.EXACT, Amplitude.EXACT, Map.of()), card);
        words.run(1, "traces", "measure", "--bench", "sim:hfox-8x8", "--devices", "5", "--pulses", "20", "--card",
                card.toString(), "--out", folder + "/x.h5", "--runs", folder + "/runs");
        assertTrue(words.err().contains("'A,B,1,2', this bench has none") && words.err().contains("--accept-card"),
                words.err());
    }
}
