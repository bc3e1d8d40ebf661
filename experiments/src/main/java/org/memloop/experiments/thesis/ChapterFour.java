package org.memloop.experiments.thesis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Set cells that follow made-up traces beside the thesis's chapter 4, whose cells follow 314 measured ones. */
final class ChapterFour implements Section {
    private static final Map<Experiment, String> CASES = MemristorCases.all();

    @Override
    public String name() {
        return "chapter-4";
    }

    @Override
    public List<Experiment> experiments() {
        return List.copyOf(CASES.keySet());
    }

    @Override
    public Experiment placed(Experiment experiment, ResultsPlan plan, PlanReader reader) {
        return experiment.on(MadeUpTraces.bench(plan.runs()));
    }

    @Override
    public Set<String> columns() {
        return Set.of(Columns.VALIDATION, Columns.SATURATED, Columns.PULSES);
    }

    @Override
    public String text(Map<Experiment, List<PastRun>> runs) {
        MarkdownTable table = new MarkdownTable(List.of("recorded cells", "best validation (%)", "in epoch",
                "first device saturated in epoch", "thesis (%)"));
        CASES.forEach((experiment, printed) -> {
            Learnt learnt = new Learnt(runs.get(experiment));
            table.row(List.of(experiment.label(), Spread.of(learnt.bestPercent()).text(2),
                    Spread.of(learnt.bestEpoch()).text(1), learnt.saturation(), printed));
        });
        return table.text();
    }
}
