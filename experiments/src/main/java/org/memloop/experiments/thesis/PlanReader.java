package org.memloop.experiments.thesis;

import java.util.List;
import org.memloop.experiments.TrainPlan;

/** Make a plan of the words a person would write behind {@code memloop train}. */
@FunctionalInterface
public interface PlanReader {
    /**
     * Read a plan.
     *
     * @param words options and their values, for example {@code --preset thesis-3.6 --seed 0}
     * @return the plan, with these words as its command line
     * @throws RuntimeException when the words make no plan; it says which and why
     */
    TrainPlan read(List<String> words);
}
