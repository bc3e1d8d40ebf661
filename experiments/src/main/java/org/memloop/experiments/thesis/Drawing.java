package org.memloop.experiments.thesis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;

/** Draw a figure of the thesis: name the runs it needs, and make pictures of them. */
interface Drawing {
    /**
     * Hold what figures are made of.
     *
     * @param runs the runs of each experiment, one for each seed
     * @param recording the devices of chapter 4
     */
    record Material(Map<Experiment, List<PastRun>> runs, Supplier<Recording> recording) {
        Learnt learnt(Experiment experiment) {
            return new Learnt(runs.get(experiment));
        }
    }

    /** {@return what has to be run, each with every seed; nothing for a figure of recorded devices} */
    List<Experiment> experiments();

    /** {@return the columns of {@code metrics.csv} it reads} */
    default Set<String> columns() {
        return Set.of(Columns.TRAINING, Columns.VALIDATION);
    }

    /** {@return whether it shows what became of each synapse} */
    default boolean synapses() {
        return false;
    }

    /** {@return how many of its panels stand side by side} */
    default int columnsOfPanels() {
        return 2;
    }

    /** {@return the panels} */
    List<Figure> panels(Material material);
}
