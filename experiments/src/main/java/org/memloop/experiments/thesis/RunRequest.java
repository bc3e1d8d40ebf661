package org.memloop.experiments.thesis;

import java.nio.file.Files;
import java.util.Set;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;

/**
 * Ask for a training run: one done before will do as well as a new one.
 *
 * @param plan what is to be done
 * @param columns what has to have been measured after each epoch, columns of {@code metrics.csv}
 * @param synapses whether what became of each synapse at the end counts, so that a longer run would not do,
 *     nor one that kept less of it
 */
record RunRequest(TrainPlan plan, Set<String> columns, boolean synapses) {
    boolean served(PastRun run) {
        return run.epochs() >= plan.epochs() && columns.stream().allMatch(run.metrics()::has)
                && (!synapses || run.epochs() == plan.epochs() && Files.isReadable(run.synapses())
                        && (!travel() || run.settings().containsKey(SynapsePlan.TRAVEL)));
    }

    /** {@return whether how far the weights went counts too} */
    boolean travel() {
        return synapses && plan.settings().containsKey(SynapsePlan.TRAVEL);
    }
}
