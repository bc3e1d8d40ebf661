package org.memloop.experiments.thesis;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.memloop.bench.BenchUri;
import org.memloop.learn.Network;

/** Do the experiments of the thesis's chapter 4 on a simulated array, every pulse by the physics of its cell. */
final class OnSimulation implements Section {
    private static final Map<Experiment, String> CASES = MemristorCases.few();
    /** Share of cells an array has beyond those a network needs, since some of them are bad. */
    private static final double SPARE = 0.06;
    private static final int ROWS = 1024;
    /** Stands for a bench where only the network counts. */
    private static final BenchUri ANY = BenchUri.parse("sim:hfox-128x64");

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public List<Experiment> experiments() {
        return List.copyOf(CASES.keySet());
    }

    /** An array of a thousand rows for the thesis's network, of fewer for a small one. */
    @Override
    public Experiment placed(Experiment experiment, ResultsPlan plan, PlanReader reader) {
        Network network = reader.read(experiment.on(ANY).options()).network();
        long cells = (long) Math.ceil(2.0 * network.synapses() * (1 + SPARE));
        int rows = (int) Math.min(ROWS, Math.ceil(Math.sqrt(cells)));
        return experiment.on(BenchUri.parse("sim:hfox-" + rows + "x" + Math.ceilDiv(cells, rows)));
    }

    @Override
    public Set<String> columns() {
        return Set.of(Columns.VALIDATION, Columns.PULSES);
    }

    @Override
    public String text(Map<Experiment, List<PastRun>> runs) {
        MarkdownTable table = new MarkdownTable(List.of("simulated cells", "epochs", "best validation (%)",
                "last validation (%)", "pulses of an epoch (millions)", "seconds of an epoch"));
        CASES.keySet().forEach(experiment -> {
            List<PastRun> done = runs.get(experiment);
            Learnt learnt = new Learnt(done);
            table.row(List.of(experiment.label(), "" + done.getFirst().metrics().epochs(),
                    Spread.of(learnt.bestPercent()).text(2),
                    Spread.of(done.stream().mapToDouble(run -> 100 * last(run)).toArray()).text(2),
                    Spread.of(done.stream().mapToDouble(run -> mean(run.metrics().need(Columns.PULSES)) / 1e6)
                            .toArray()).text(2),
                    Spread.of(done.stream().mapToDouble(run -> mean(run.timing().need(Columns.SECONDS))).toArray())
                            .text(1)));
        });
        return table.text();
    }

    private static double last(PastRun run) {
        double[] values = run.metrics().need(Columns.VALIDATION);
        return values[values.length - 1];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
