package org.memloop.experiments.thesis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Set cells that follow made-up traces beside the thesis's chapter 4, whose cells follow 314 measured ones.
 *
 * @param name what the part is called
 * @param cases the experiments, each with the accuracy printed in the thesis
 */
record ChapterFour(String name, Map<Experiment, String> cases) implements Section {
    @Override
    public List<Experiment> experiments() {
        return List.copyOf(cases.keySet());
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
        cases.forEach((experiment, printed) -> {
            Learnt learnt = new Learnt(runs.get(experiment));
            table.row(List.of(experiment.label(), Spread.of(learnt.bestPercent()).text(2),
                    Spread.of(learnt.bestEpoch()).text(1), learnt.saturation(), printed));
        });
        return table.text();
    }
}
