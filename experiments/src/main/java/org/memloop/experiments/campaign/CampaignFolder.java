package org.memloop.experiments.campaign;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.calibration.CalibrationFile;
import org.memloop.calibration.Observation;
import org.memloop.calibration.OffsetCard;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.calibration.ReadOffset;
import org.memloop.calibration.TraceRecorder;
import org.memloop.calibration.Verdict;
import org.memloop.calibration.Verdict.Result;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.campaign.Pass;
import org.memloop.recording.Recordings;
import org.memloop.run.CsvLog;

/**
 * Write what a campaign measures into the folder of its run, as it comes:
 *
 * <pre>
 *   passes.csv      one line for each pass: cells reached and missed, pulses, time
 *   verdicts.csv    one line for each cell of each pass
 *   forming.csv     every reading of a stage, under the stage's name
 *   weak-reset.h5   the recording of a weak RESET stage, instead of a table
 *   read-offset-card.yaml   the calibration card of a stage that reads with closed gates
 * </pre>
 */
final class CampaignFolder implements AutoCloseable {
    private static final String[] READINGS = {"pass", "condition", "repeat", "cell", "row", "column", "index",
            "applied", "applied_polarity", "applied_column_volts", "applied_gate_volts", "applied_width_seconds",
            "pulses", "measured", "read_seconds", "delay_seconds", "volts", "amps", "siemens", "quality"};
    private static final String NONE = "none";

    private final Path folder;
    private final Geometry geometry;
    private final Pulse read;
    private final CsvLog passes;
    private final CsvLog verdicts;
    private final Map<String, CsvLog> readings = new LinkedHashMap<>();
    private final List<PassData> done = new ArrayList<>();
    private final List<Path> recordings = new ArrayList<>();
    private final List<Path> cards = new ArrayList<>();
    private Optional<TraceRecorder> recorder = Optional.empty();
    private Optional<OffsetCard> offset = Optional.empty();

    CampaignFolder(Path folder, Geometry geometry, Pulse read) {
        this.folder = folder;
        this.geometry = geometry;
        this.read = read;
        passes = new CsvLog(folder.resolve("passes.csv"), "pass", "stage", "procedure", "condition", "repeat", "cells",
                "reached", "missed", "left_alone", "pulses", "readings", "seconds", "median_siemens");
        verdicts = new CsvLog(folder.resolve("verdicts.csv"), "pass", "stage", "condition", "repeat", "cell", "row",
                "column", "result", "pulses", "siemens", "note");
    }

    /** Passes so far, the one that goes on or broke off among them. */
    List<PassData> passes() {
        return done;
    }

    List<Path> recordings() {
        return recordings;
    }

    List<Path> cards() {
        return cards;
    }

    ProcedureObserver begins(Pass pass) {
        PassData data = new PassData(pass);
        done.add(data);
        Optional<CsvLog> table = Optional.empty();
        if (pass.procedure() instanceof WeakResetCharacterization weak) {
            recorder = Optional.of(new TraceRecorder(weak, pass.cells()));
        } else {
            recorder = Optional.empty();
            table = Optional.of(readings.computeIfAbsent(pass.stage(),
                    stage -> new CsvLog(folder.resolve(stage + ".csv"), READINGS)));
        }
        offset = pass.procedure() instanceof ReadOffset ? Optional.of(new OffsetCard()) : Optional.empty();
        Optional<CsvLog> lines = table;
        return new ProcedureObserver() {
            @Override
            public void observed(Observation observation) {
                data.observed(observation);
                recorder.ifPresent(recorder -> recorder.observed(observation));
                offset.ifPresent(card -> card.observed(observation));
                lines.ifPresent(log -> write(log, pass, observation));
            }

            @Override
            public void judged(Verdict verdict) {
                data.judged(verdict);
                verdicts.line(pass.number(), pass.stage(), word(pass.label()), pass.repeat(), verdict.cell(),
                        geometry.row(verdict.cell()), geometry.column(verdict.cell()),
                        verdict.result().name().toLowerCase(Locale.ROOT).replace('_', '-'), verdict.pulses(),
                        verdict.siemens(), verdict.note());
            }
        };
    }

    private void write(CsvLog log, Pass pass, Observation one) {
        Optional<Pulse> applied = one.applied();
        log.line(pass.number(), word(pass.label()), pass.repeat(), one.cell(), geometry.row(one.cell()),
                geometry.column(one.cell()), one.index(), applied.map(Pulse::name).orElse(NONE),
                applied.map(pulse -> pulse.polarity().name()).orElse(NONE),
                applied.map(Pulse::columnVolts).orElse(0.0), applied.map(Pulse::gateVolts).orElse(0.0),
                applied.map(Pulse::widthSeconds).orElse(0.0), one.pulses(), one.measured().name(), one.seconds(),
                one.delaySeconds().isPresent() ? one.delaySeconds().getAsDouble() : "nan", one.volts(), one.amps(),
                one.siemens(), one.quality().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String word(String label) {
        return label.isEmpty() ? NONE : label.replace(',', ';');
    }

    /** Write the line of a pass, and its recording where it has one. */
    void ends(Pass pass, Bench bench, String run) {
        PassData data = done.getLast();
        passes.line(pass.number(), pass.stage(), pass.procedure().name(), word(pass.label()), pass.repeat(),
                pass.cells().length, data.count(Result.REACHED), data.count(Result.MISSED),
                data.count(Result.LEFT_ALONE), data.pulses, data.readings, data.seconds(), data.medianSiemens());
        long same = done.stream().filter(one -> one.pass.stage().equals(pass.stage())).count();
        String name = pass.stage() + (same == 1 ? "" : "-" + same);
        offset.ifPresent(card -> {
            Path file = folder.resolve(name + "-card.yaml");
            CalibrationFile.write(card.card(bench.capabilities(), read, OffsetDateTime.now()), file);
            cards.add(file);
        });
        recorder.ifPresent(traces -> {
            Path file = folder.resolve(name + ".h5");
            Recordings.write(traces.recording(bench, read).with("run", run), file);
            recordings.add(file);
        });
        recorder = Optional.empty();
    }

    @Override
    public void close() {
        passes.close();
        verdicts.close();
        readings.values().forEach(CsvLog::close);
    }
}
