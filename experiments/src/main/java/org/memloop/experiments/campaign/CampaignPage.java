package org.memloop.experiments.campaign;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.memloop.bench.Capabilities;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.Verdict.Result;
import org.memloop.die.CellLedger;
import org.memloop.experiments.Console;
import org.memloop.report.CampaignReport;
import org.memloop.run.Environment;
import org.memloop.run.Run;

/** Put the page of a campaign together. */
final class CampaignPage {
    private static final double MICRO = 1e6;

    private CampaignPage() {}

    static void write(Path file, CampaignPlan plan, Run run, Capabilities bench, List<PassData> passes,
            List<Path> recordings, CellLedger ledger, String how) {
        List<String> notes = new ArrayList<>();
        if (!how.equals("done")) {
            notes.add("The campaign did not come to its end: " + how);
        }
        recordings.forEach(one -> notes.add("Recording " + one.getFileName() + ": train on it with --bench traces:"
                + one));
        CampaignReport.write(file, new CampaignReport.Content("Run " + run.number() + ": campaign "
                + plan.campaign().name() + " on " + plan.bench(), plan.campaign().description() + "; " + how, notes,
                tiles(passes, ledger), table(passes), sections(passes, bench), origin(plan, run, bench)));
    }

    private static Map<String, String> tiles(List<PassData> passes, CellLedger ledger) {
        Map<String, String> tiles = new LinkedHashMap<>();
        tiles.put("cells known to be formed", count(ledger.cells(cell -> ledger.cell(cell).formed()).length) + " of "
                + count(ledger.geometry().cells()));
        tiles.put("healthy cells", count(ledger.healthyCells().length));
        for (CellHealth health : List.of(CellHealth.NOT_FORMED, CellHealth.STUCK_HRS, CellHealth.STUCK_LRS)) {
            tiles.put(health.name().toLowerCase(Locale.ROOT).replace('_', ' '), count(ledger
                    .cells(cell -> ledger.cell(cell).health().filter(health::equals).isPresent()).length));
        }
        tiles.put("pulses", count(passes.stream().mapToLong(pass -> pass.pulses).sum()));
        tiles.put("readings", count(passes.stream().mapToLong(pass -> pass.readings).sum()));
        return tiles;
    }

    private static CampaignReport.Table table(List<PassData> passes) {
        return new CampaignReport.Table(List.of("pass", "stage", "condition", "cells", "reached", "missed",
                "left alone", "yield (%)", "pulses", "time", "median (\u00b5S)"), passes.stream().map(data -> {
                    int there = data.count(Result.REACHED) + data.count(Result.LEFT_ALONE);
                    return List.of("" + data.pass.number(), data.pass.stage(), data.pass.label(),
                            count(data.pass.cells().length), count(data.count(Result.REACHED)),
                            count(data.count(Result.MISSED)), count(data.count(Result.LEFT_ALONE)),
                            String.format(Locale.ROOT, "%.2f", 100.0 * there / Math.max(1, data.verdicts.size())),
                            count(data.pulses), Console.duration(data.seconds()),
                            String.format(Locale.ROOT, "%.2f", MICRO * data.medianSiemens()));
                }).toList());
    }

    private static List<CampaignReport.Section> sections(List<PassData> passes, Capabilities bench) {
        Map<String, List<PassData>> stages = new LinkedHashMap<>();
        passes.forEach(pass -> stages.computeIfAbsent(pass.pass.stage(), _ -> new ArrayList<>()).add(pass));
        return stages.entrySet().stream().map(stage -> new CampaignReport.Section(stage.getKey(),
                CampaignWords.settings((Record) stage.getValue().getFirst().pass.procedure()),
                new CampaignFigures(stage.getValue(), bench.geometry()).figures())).toList();
    }

    private static Map<String, Map<String, String>> origin(CampaignPlan plan, Run run, Capabilities bench) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("run", run.folder().getFileName().toString());
        about.put("id", run.id().toString());
        about.put("command", String.join(" ", plan.commandLine()));
        about.put("campaign", "campaign.yaml in the run's folder");
        Environment here = Environment.detect();
        about.put("software", "memloop " + here.memloop() + here.commit().map(hash -> ", commit " + hash).orElse(""));
        Map<String, String> instruments = new LinkedHashMap<>();
        instruments.put("bench", bench.description());
        bench.instruments().forEach(one -> instruments.put(one.role(), one.idn() + " at " + one.resource()));
        Map<String, Map<String, String>> origin = new LinkedHashMap<>();
        origin.put("Settings", plan.settings());
        origin.put("Run", about);
        origin.put("Bench", instruments);
        return origin;
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
