package org.memloop.experiments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Preparation;
import org.memloop.calibration.StageListener;
import org.memloop.calibration.TraceRecorder;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.die.CellLedger;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.run.Environment;
import org.memloop.run.Run;
import org.memloop.run.RunHeader;
import org.memloop.run.Session;

/**
 * Record how the conductance of cells falls with weak RESET pulses (thesis, section 4.3.3): form and condition the array,
 * spread the devices over its healthy cells, and pulse and read them in turn. Every pulse and reading is in the journal
 * of the run, also when the recording does not come to its end.
 */
public final class MeasureTraces {
    private final MeasureTracesPlan plan;
    private final Console console;
    private final ChipSession chip;
    private Run run;

    /**
     * Get ready to measure.
     *
     * @param plan every setting
     * @param console who is told
     */
    public MeasureTraces(MeasureTracesPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        chip = new ChipSession(plan.chip(), plan.bench(), console);
    }

    /**
     * Do it all.
     *
     * @throws org.memloop.bench.BenchException when the bench cannot be opened or fails, or the file's name is no
     *         recording's
     * @throws java.io.UncheckedIOException when the file exists or cannot be written
     * @throws CancellationException when the person stopped it; the journal is kept
     */
    public void run() {
        Recordings.requireNew(plan.file());
        try (Interruption interruption = new Interruption(Duration.ofSeconds(20))) {
            try (chip;
                    Session session = Session.open(new Session.Request(plan.bench(), plan.place(), this::describe,
                            _ -> chip.past(), true, Environment.detect(), Clock.systemDefaultZone()))) {
                interruption.lastResort(session::groundAtOnce);
                run = session.run();
                console.result("run " + run.folder() + " on " + session.bench().capabilities().description());
                Recording recording = measure(session, interruption);
                Recordings.write(recording.with("run", run.id().toString()), plan.file());
                run.finish();
                console.result(GenerateTraces.summary(recording) + ": " + plan.file());
            } catch (RuntimeException e) {
                throw end(e, interruption);
            }
        }
    }

    private RunHeader describe(Capabilities capabilities) {
        int cells = capabilities.geometry().cells();
        if (plan.devices() > cells) {
            throw new ConfigurationException(
                    "the array has " + cells + " cells, --devices asks for " + plan.devices() + " of them");
        }
        long budget = capabilities.limits().pulsesPerCellMax();
        if (plan.pulses() > budget) {
            throw new ConfigurationException("a cell of this bench may get " + budget + " pulses, --pulses asks for "
                    + plan.pulses());
        }
        chip.open(capabilities, Pulse.READ, capabilities.operations().only().isEmpty());
        // the seed of whatever is random about a bench stands in its address
        return new RunHeader("traces", plan.commandLine(), plan.settings(), plan.bench().number("seed", 1),
                plan.bench().toString(), capabilities, plan.notes());
    }

    private Recording measure(Session session, Interruption interruption) {
        try (Stages stages = new Stages(console)) {
            StageListener listener = (stage, done, of) -> {
                if (interruption.requested()) {
                    throw new CancellationException();
                }
                session.mark(stage, done, of);
                stages.reach(stage, done, of);
            };
            Geometry geometry = session.bench().capabilities().geometry();
            ConductanceCard reading = chip.reading(ConductanceCard.WHOLE_PATH);
            CellLedger known = chip.begin(run, geometry, Instant.now(), reading);
            Bench bench = chip.corrected(session.bench());
            Preparation.Result prepared = Preparation.USUAL.with(reading).prepare(bench, ChipSession.health(known),
                    listener);
            for (int cell = 0; cell < geometry.cells(); cell++) {
                chip.found(cell, prepared.health()[cell]);
            }
            return TraceRecorder.measure(new WeakResetCharacterization(plan.pulses(), Pulse.WEAK_RESET), bench, reading,
                    spread(prepared.healthyCells()), listener);
        }
    }

    private int[] spread(int[] healthy) {
        if (healthy.length < plan.devices()) {
            throw new ConfigurationException("the array has " + healthy.length + " healthy cells, --devices asks for "
                    + plan.devices() + " of them");
        }
        int[] cells = new int[plan.devices()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = healthy[(int) ((long) i * healthy.length / cells.length)];
        }
        return cells;
    }

    private RuntimeException end(RuntimeException failure, Interruption interruption) {
        if (run == null) {
            return failure;
        }
        if (!interruption.requested()) {
            run.fail(String.valueOf(failure.getMessage()));
            return failure;
        }
        run.abort("stopped by the user");
        // told here, while the process still waits for the run
        console.remark("memloop: stopped; the array is grounded, what was read so far is in the journal of "
                + run.folder());
        return new CancellationException();
    }
}
