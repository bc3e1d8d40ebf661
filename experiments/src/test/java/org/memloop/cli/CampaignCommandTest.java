package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Quantity;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.experiments.campaign.CampaignFile;
import org.memloop.lab.LabFile;

/** Campaigns as a person starts them. */
class CampaignCommandTest {
    @TempDir
    private Path folder;
    private final Words words = new Words();

    private String lab() throws Exception {
        Path file = folder.resolve("lab.yaml");
        Files.writeString(file, LabFile.builtInText().replace("instruments:\n", """
                instruments:
                  source-measure-unit: { driver: keysight-b1500a, resource: "GPIB0::17::INSTR" }
                """).replace("rows: 128", "rows: 8").replace("columns: 64", "columns: 4"));
        return file.toString();
    }

    @Test
    void aSourceMeasureUnitDrawsLoopsOfCurrentAgainstVoltage() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/dev/pts")), "this system has no pseudo-terminals");
        Path campaign = Files.writeString(folder.resolve("iv.yaml"), CampaignFile.text("iv-sweep")
                .replace("step: 50 mV", "step: 250 mV").replace("step: 0.1 V", "step: 0.25 V"));
        words.run(0, "campaign", "run", campaign.toString(), "--runs", folder + "/runs", "--bench",
                "wire:" + lab() + "?seed=2&pulses=source-measure-unit&compliance=60uA");
        assertTrue(words.out().contains("2/2 iv-sweep: 4 of 4 cells reached"), words.out());
        List<String> lines = Files.readAllLines(folder.resolve("runs/0001-campaign/iv-sweep.csv"));
        // up and down in 6 steps on both lines, twice, and a reading, of four cells
        assertEquals(1 + 4 * (2 * 2 * 11 + 1), lines.size());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("compliance")), lines.getLast());
        assertTrue(lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",")[17])).max()
                .orElseThrow() < 63e-6, "the compliance holds");
    }

    @Test
    void aLaboratoryWithoutSourceMeasureUnitSaysSo() {
        words.run(1, "campaign", "run", "iv-sweep", "--runs", folder + "/runs", "--bench",
                "wire:?pulses=source-measure-unit");
        assertTrue(words.err().contains("no source-measure unit; name its driver and resource"), words.err());
    }

    @Test
    void cellsWithClosedGatesGiveACalibrationCardThatTheNextRunUses() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/dev/pts")), "this system has no pseudo-terminals");
        Path campaign = Files.writeString(folder.resolve("offset.yaml"), """
                format: 1
                name: offset
                stages:
                  - procedure: read-offset
                    cells: all
                """);
        String bench = "wire:" + lab() + "?seed=2";
        words.run(0, "campaign", "run", campaign.toString(), "--runs", folder + "/runs", "--bench", bench);
        Path file = folder.resolve("runs/0001-campaign/read-offset-card.yaml");
        assertTrue(words.out().contains("calibration card " + file), words.out());
        CalibrationCard card = CalibrationFile.read(file);
        assertEquals(0, card.reading().offsetAmps(), 50e-9);
        assertEquals("640", card.remarks().get("readings"));
        assertTrue(Quantity.parse(card.remarks().get("noise"), "A") > 0);
        words.run(0, "campaign", "run", campaign.toString(), "--runs", folder + "/runs", "--bench", bench, "--card",
                file.toString());
        assertTrue(Files.exists(folder.resolve("runs/0002-campaign/card.yaml")));
        List<String> passes = Files.readAllLines(folder.resolve("runs/0002-campaign/passes.csv"));
        double medianSiemens = Double.parseDouble(passes.getLast().substring(passes.getLast().lastIndexOf(',') + 1));
        // 20 readings each: the offset is taken off, what is left is noise
        assertEquals(0, medianSiemens, Quantity.parse(card.remarks().get("noise"), "A") / 0.2);
    }
}
