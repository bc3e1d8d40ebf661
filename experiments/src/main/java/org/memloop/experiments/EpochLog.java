package org.memloop.experiments;

import org.memloop.learn.Epoch;
import org.memloop.run.CsvLog;
import org.memloop.run.Run;

/**
 * Write the tables of a training run. {@code metrics.csv} holds what the seed decides, so that two runs of one seed on
 * a simulated bench write the same bytes; what the clock decides goes into {@code timing.csv}.
 */
public final class EpochLog implements AutoCloseable {
    private final CsvLog metrics;
    private final CsvLog timing;

    /**
     * Begin the tables.
     *
     * @param run the run whose folder holds them
     */
    public EpochLog(Run run) {
        metrics = run.table("metrics.csv", "epoch", "train_accuracy_fraction", "validation_accuracy_fraction", "pulses",
                "blocked_pulses", "residual");
        timing = run.table("timing.csv", "epoch", "duration_seconds");
    }

    /**
     * Add an epoch.
     *
     * @param epoch the epoch
     */
    public void add(Epoch epoch) {
        metrics.line(epoch.epoch(), epoch.trainAccuracy(), epoch.validationAccuracy(), epoch.pulses(),
                epoch.blocked(), epoch.residual());
        timing.line(epoch.epoch(), epoch.seconds());
    }

    @Override
    public void close() {
        try (timing) {
            metrics.close();
        }
    }
}
