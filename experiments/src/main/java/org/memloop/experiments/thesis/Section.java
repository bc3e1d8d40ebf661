package org.memloop.experiments.thesis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Write one part of the page of results: name the runs it needs, and say what they gave. */
interface Section {
    /** {@return what the command line and the page call it, for example {@code chapter-3}} */
    String name();

    /** {@return what has to be run, each with every seed} */
    List<Experiment> experiments();

    /**
     * Put an experiment on the bench it is to be done on.
     *
     * @param experiment one of them
     * @param plan where the runs are
     * @param reader makes plans
     * @return the experiment with all that a run needs but its seed
     */
    default Experiment placed(Experiment experiment, ResultsPlan plan, PlanReader reader) {
        return experiment;
    }

    /** {@return the columns of {@code metrics.csv} it reads} */
    Set<String> columns();

    /**
     * Say what was measured.
     *
     * @param runs the runs of each experiment, one for each seed
     * @return text in Markdown
     */
    String text(Map<Experiment, List<PastRun>> runs);
}
