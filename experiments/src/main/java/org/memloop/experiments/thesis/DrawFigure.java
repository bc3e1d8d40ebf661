package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.TrainPlan;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.report.Sheet;

/** Draw a figure of the thesis again: do or reuse the runs it needs, and write the picture and its numbers. */
public final class DrawFigure {
    private final FigurePlan plan;
    private final ThesisFigure figure;
    private final PlanReader reader;
    private final Console console;

    /**
     * Get ready.
     *
     * @param plan every setting
     * @param reader makes the plans of the runs
     * @param console who is told
     * @throws ConfigurationException when there is no such figure; it names those there are
     */
    public DrawFigure(FigurePlan plan, PlanReader reader, Console console) {
        this.plan = plan;
        this.figure = ThesisFigure.numbered(plan.number());
        this.reader = reader;
        this.console = console;
        if (plan.bench().isPresent() && !figure.ofCells()) {
            throw new ConfigurationException(
                    "figure " + figure.number() + " is of ideal synapses, a bench has no place in it");
        }
    }

    /**
     * Tell which figures there are.
     *
     * @param console who is told
     */
    public static void list(Console console) {
        ThesisFigure.every().forEach(figure -> console.result(String.format("%-5s %s", figure.number(),
                figure.about())));
    }

    /**
     * Do it.
     *
     * @throws org.memloop.bench.BenchException when a bench cannot be opened or fails
     * @throws java.util.concurrent.CancellationException when the person stopped it; finished runs are kept
     */
    public void run() {
        Map<Experiment, List<PastRun>> runs = obtain();
        Sheet sheet = new Sheet("Figure " + figure.number() + ": " + figure.about(),
                figure.drawing().columnsOfPanels(),
                figure.drawing().panels(new Drawing.Material(runs, this::recording)));
        String name = "figure-" + figure.number();
        try {
            Files.createDirectories(plan.out());
            Files.write(plan.out().resolve(name + ".png"), sheet.png());
            Files.writeString(plan.out().resolve(name + ".svg"), sheet.svg());
            Files.writeString(plan.out().resolve(name + ".csv"), sheet.csv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.result("figure " + plan.out().resolve(name + ".png") + ", .svg and .csv");
    }

    private Map<Experiment, List<PastRun>> obtain() {
        Drawing drawing = figure.drawing();
        RunPlans plans = new RunPlans(reader, plan.runs(), plan.data());
        List<RunRequest> requests = new ArrayList<>();
        for (Experiment experiment : drawing.experiments()) {
            for (long seed = 0; seed < plan.seeds(); seed++) {
                TrainPlan training = plans.plan(figure.ofCells() ? experiment.on(bench()) : experiment, seed,
                        plan.epochs());
                requests.add(new RunRequest(training, drawing.columns(), drawing.synapses()));
            }
        }
        Map<Experiment, List<PastRun>> runs = new LinkedHashMap<>();
        if (!requests.isEmpty()) {
            List<PastRun> done = new RunSeries(plan.runs(), plan.jobs(), console).obtain(requests);
            for (int i = 0; i < drawing.experiments().size(); i++) {
                runs.put(drawing.experiments().get(i), cut(done.subList(i * plan.seeds(), (i + 1) * plan.seeds()),
                        requests.get(i * plan.seeds()).plan().epochs()));
            }
        }
        return runs;
    }

    /** Of a longer run the first epochs serve. */
    private static List<PastRun> cut(List<PastRun> runs, int epochs) {
        return runs.stream().map(run -> run.first(epochs)).toList();
    }

    private BenchUri bench() {
        return plan.bench().orElseGet(() -> MadeUpTraces.bench(plan.runs()));
    }

    private Recording recording() {
        BenchUri bench = bench();
        if (!bench.scheme().equals("traces")) {
            throw new ConfigurationException(
                    "figure " + figure.number() + " shows recorded devices: --bench traces:FILE, "
                            + "not " + bench + "; 'memloop traces measure' records them");
        }
        return Recordings.read(Path.of(bench.path()), Optional.ofNullable(bench.parameters().get("dataset")));
    }
}
