package org.memloop.experiments.campaign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.Forming;
import org.memloop.calibration.Procedure;
import org.memloop.calibration.Procedures;
import org.memloop.calibration.WriteVerify;
import org.memloop.campaign.Campaign;
import org.memloop.campaign.CellSet;
import org.memloop.campaign.Stage;
import org.memloop.die.CellLedger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CampaignFileTest {
    private static final String GOOD = """
            format: 1
            name: trial
            seed: 4
            stop: { time: 2 h, instrument-errors: 2 }
            sets:
              corner: { rows: 0-3, columns: 2 }
            stages:
              - procedure: forming
                cells: corner
                with: { shape: gate, from: 1.2 V, pulse: { width: 20 us } }
              - name: program
                procedure: write-verify
                cells: { sample: 3, of: { known: healthy, of: corner }, seed: 9 }
                with: { set-gate: { from: 1.5 V } }
                sweep: { target: [40 uS, 60 uS], set.width: [1 us, 2 us] }
                assign: split
                repeat: 2
                order: random
                block: 2
                stop: { yield-below: 0.25 }
            """;

    private static Campaign parse(String text) {
        return CampaignFile.parse("trial.yaml", text);
    }

    @Test
    void whatIsWrittenIsWhatIsDone() {
        Campaign campaign = parse(GOOD);
        assertEquals(7200, campaign.stop().seconds().getAsDouble());
        Forming forming = (Forming) campaign.stages().getFirst().points().getFirst().procedure();
        assertEquals(Forming.Shape.GATE, forming.shape());
        assertEquals(1.2, forming.fromVolts());
        assertEquals(20e-6, forming.pulse().widthSeconds());
        assertEquals(2.4, forming.pulse().columnVolts());
        Stage second = campaign.stages().get(1);
        assertEquals(4, second.points().size());
        assertEquals("target 60 uS; set.width 1 us", second.points().get(2).label());
        WriteVerify verify = (WriteVerify) second.points().get(2).procedure();
        assertEquals(60e-6, verify.targetSiemens());
        assertEquals(1e-6, verify.set().widthSeconds());
        assertEquals(1.5, verify.setGate().fromVolts());
        assertEquals(9, campaign.passes());
        assertTrue(second.split() && second.repeats() == 2 && second.block() == 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"format: 1|format: 2|format", "cells: corner|cells: nowhere|nowhere",
            "shape: gate|shape: triangle|single, amplitude, gate",
            "shape: gate|shap: gate|unknown key 'stages[0].with.shap'",
            "from: 1.2 V|from: 1.2|stages[0].with.from", "from: 1.2 V|from: 1.2 A|stages[0].with.from",
            "procedure: forming|procedure: farming|farming", "seed: 4|sead: 4|unknown key 'sead'",
            "rows: 0-3|rows: 3-0|sets.corner.rows", "repeat: 2|repeat: 0|repeat", "time: 2 h|time: 2 weeks|stop.time",
            "yield-below: 0.25|yield-below: 25|yield-below", "target: [40 uS, 60 uS]|target: 40 uS|sweep.target",
            "target: [40 uS, 60 uS]|target: [40 uS, 1 uS]|breaks them", "name: trial|name: Trial run|name",
            "sample: 3|sample: 0|sample"})
    void whatIsWrongIsNamedBeforeAnythingIsConnected(String good, String bad, String expected) {
        assertTrue(GOOD.contains(good), good);
        String said = assertThrows(ConfigurationException.class, () -> parse(GOOD.replace(good, bad))).getMessage();
        assertTrue(said.startsWith("trial.yaml") && said.contains(expected) && !said.contains("\n"), said);
    }

    @Test
    void readingsMayNotChangeCells() {
        assertThrows(ConfigurationException.class, () -> parse(GOOD + "read: { column: 0.5 V }\n"));
    }

    @Test
    void setsNameTheirCells() {
        CellLedger ledger = new CellLedger(new Geometry(8, 4));
        for (int cell = 0; cell < 16; cell++) {
            ledger.found(cell, cell % 2 == 0 ? CellHealth.HEALTHY : CellHealth.NOT_FORMED);
        }
        CellSet corner = new CellSet.Rectangle(0, 3, 2, 2);
        assertArrayEquals(new int[]{2, 6, 10, 14}, corner.cells(ledger, 1));
        assertArrayEquals(new int[]{2, 6, 10, 14},
                new CellSet.Known(CellSet.Known.State.HEALTHY, corner).cells(ledger, 1));
        assertEquals(24, new CellSet.Known(CellSet.Known.State.VIRGIN, new CellSet.All()).cells(ledger, 1).length);
        int[] sample = new CellSet.Sample(5, new CellSet.All(), 0).cells(ledger, 7);
        assertArrayEquals(sample, new CellSet.Sample(5, new CellSet.All(), 7).cells(ledger, 1));
        assertEquals(5, Arrays.stream(sample).distinct().count());
        assertThrows(ConfigurationException.class, () -> new CellSet.Spread(9, corner).cells(ledger, 1));
        assertThrows(ConfigurationException.class, () -> new CellSet.Rectangle(0, 8, 0, 0).cells(ledger, 1));
    }

    @Test
    void everyBuiltInCampaignCanBeReadAndEveryProcedureHasASchema() {
        CampaignFile.BUILT_IN.forEach(name -> assertEquals(name, CampaignFile.parse(name, CampaignFile.text(name))
                .name()));
        JsonNode schema = JsonMapper.shared().readTree(CampaignSchema.text());
        JsonNode stages = schema.at("/properties/stages/items/oneOf");
        assertEquals(Procedures.USUAL.size(), stages.size());
        for (int i = 0; i < stages.size(); i++) {
            Procedure procedure = Procedures.USUAL.get(i);
            assertEquals(procedure.name(), stages.get(i).at("/properties/procedure/const").asString());
            assertEquals(procedure.getClass().getRecordComponents().length,
                    stages.get(i).at("/properties/with/properties").size());
        }
    }
}
