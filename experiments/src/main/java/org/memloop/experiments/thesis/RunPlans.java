package org.memloop.experiments.thesis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.memloop.experiments.TrainPlan;

/**
 * Make plans for the runs of an experiment: one thread each, no page at the end.
 *
 * @param reader makes the plans
 * @param runs folder of the runs
 * @param data folder with the images, where the person names one
 */
record RunPlans(PlanReader reader, Path runs, Optional<Path> data) {
    TrainPlan plan(Experiment experiment, long seed, OptionalInt epochs) {
        List<String> words = new ArrayList<>(experiment.options());
        words.addAll(List.of("--seed", "" + seed, "--threads", "1", "--no-report", "--out", runs.toString()));
        data.ifPresent(folder -> words.addAll(List.of("--data", folder.toString())));
        epochs.ifPresent(number -> words.addAll(List.of("--epochs", "" + number)));
        return reader.read(words);
    }
}
