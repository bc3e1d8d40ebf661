package org.memloop.experiments.thesis;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.TrainPlan;
import org.memloop.run.Environment;

/** Measure what the thesis measured, and write it down beside the thesis's figures. */
public final class Results {
    private static final List<Section> SECTIONS = List.of(new ChapterThree(),
            new ChapterFour("chapter-4", MemristorCases.main()), new ChapterFour("sweeps", MemristorCases.sweeps()),
            new OnSimulation());

    private final ResultsPlan plan;
    private final PlanReader reader;
    private final Console console;
    private final Clock clock;

    /**
     * Get ready.
     *
     * @param plan every setting
     * @param reader makes the plans of the runs
     * @param console who is told
     * @param clock tells the date
     */
    public Results(ResultsPlan plan, PlanReader reader, Console console, Clock clock) {
        this.plan = plan;
        this.reader = reader;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Run what is missing and write the page.
     *
     * @throws ConfigurationException when a section is named that there is not, or the page has no place for one
     * @throws java.util.concurrent.CancellationException when the person stopped it; finished runs are kept
     */
    public void run() {
        List<Section> sections = chosen();
        Optional<LearningSpeed> speed = isChosen(LearningSpeed.NAME)
                ? Optional.of(new LearningSpeed(plan, new Processes(), console, clock))
                : Optional.empty();
        List<String> names = new ArrayList<>(sections.stream().map(Section::name).toList());
        speed.ifPresent(_ -> names.add(LearningSpeed.NAME));
        ResultsPage.requirePlaces(plan.page(), names);
        Map<Section, Map<Experiment, List<RunRequest>>> wanted = new LinkedHashMap<>();
        sections.forEach(section -> wanted.put(section, requests(section)));
        List<RunRequest> all = wanted.values().stream().flatMap(map -> map.values().stream()).flatMap(List::stream)
                .toList();
        List<PastRun> done = all.isEmpty() ? List.of() : new RunSeries(plan.runs(), plan.jobs(), console).obtain(all);
        Map<RunRequest, PastRun> found = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            found.put(all.get(i), done.get(i));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        wanted.forEach((section, requests) -> texts.put(section.name(), text(section, requests, found)));
        speed.ifPresent(measured -> texts.put(LearningSpeed.NAME, measured.text()));
        ResultsPage.write(plan.page(), texts);
        console.result("results " + plan.page());
    }

    private List<Section> chosen() {
        Set<String> names = SECTIONS.stream().map(Section::name).collect(Collectors.toCollection(TreeSet::new));
        names.add(LearningSpeed.NAME);
        plan.sections().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new ConfigurationException("there is no part '" + name + "'; there are " + String.join(", ", names));
        });
        return SECTIONS.stream().filter(part -> isChosen(part.name())).toList();
    }

    private boolean isChosen(String name) {
        return plan.sections().isEmpty() || plan.sections().contains(name);
    }

    private Map<Experiment, List<RunRequest>> requests(Section section) {
        Map<Experiment, List<RunRequest>> requests = new LinkedHashMap<>();
        RunPlans plans = new RunPlans(reader, plan.runs(), plan.data());
        for (Experiment experiment : section.experiments()) {
            List<RunRequest> seeds = new ArrayList<>();
            for (int seed = 0; seed < plan.seeds(); seed++) {
                seeds.add(new RunRequest(atMost(plans, section.placed(experiment, plan, reader), seed),
                        section.columns(), false));
            }
            requests.put(experiment, seeds);
        }
        return requests;
    }

    private TrainPlan atMost(RunPlans plans, Experiment experiment, int seed) {
        TrainPlan preset = plans.plan(experiment, seed, OptionalInt.empty());
        return plan.epochs().isEmpty() || plan.epochs().getAsInt() >= preset.epochs()
                ? preset
                : plans.plan(experiment, seed, plan.epochs());
    }

    private String text(Section section, Map<Experiment, List<RunRequest>> requests, Map<RunRequest, PastRun> found) {
        Map<Experiment, List<PastRun>> runs = new LinkedHashMap<>();
        requests.forEach((experiment, seeds) -> runs.put(experiment,
                seeds.stream().map(seed -> found.get(seed).first(seed.plan().epochs())).toList()));
        return section.text(runs) + "\n" + origin(section, runs);
    }

    /** Says how to measure it again, and on what it was measured. */
    private String origin(Section section, Map<Experiment, List<PastRun>> runs) {
        Environment here = Environment.detect();
        Set<String> software = runs.values().stream().flatMap(List::stream).map(PastRun::commit)
                .collect(Collectors.toCollection(TreeSet::new));
        StringBuilder text = new StringBuilder("Measured by `memloop results --only " + section.name() + " --seeds "
                + plan.seeds() + plan.epochs().stream().mapToObj(epochs -> " --epochs " + epochs)
                        .collect(Collectors.joining())
                + "`, seeds 0 to " + (plan.seeds() - 1) + ", written " + LocalDate.now(clock) + " on "
                + Machine.describe(here) + "; memloop " + here.memloop() + ", runs of "
                + software.stream().map(commit -> commit.replaceFirst("^([0-9a-f]{12})[0-9a-f]+", "$1"))
                        .collect(Collectors.joining(", "))
                + ". One run of each:\n\n");
        runs.keySet().forEach(experiment -> text.append("    memloop train ")
                .append(String.join(" ", section.placed(experiment, plan, reader).options())).append(" --seed 0\n"));
        return text.toString();
    }
}
