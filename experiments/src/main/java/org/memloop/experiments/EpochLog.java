package org.memloop.experiments;

import java.util.List;
import org.memloop.learn.Ledger;
import org.memloop.run.CsvLog;
import org.memloop.run.Run;

/**
 * Write the tables of a training run. {@code metrics.csv} holds what the seed decides, so that two runs of one seed on
 * a simulated bench write the same bytes; what the clock decides goes into {@code timing.csv}.
 */
public final class EpochLog implements AutoCloseable {
    private final List<EpochRow.Column> columns;
    private final CsvLog metrics;
    private final CsvLog timing;

    /**
     * Begin the tables.
     *
     * @param run the run whose folder holds them
     * @param ledger the synapses' ledger before they learn; says how many layers there are, and whether there are devices
     */
    public EpochLog(Run run, Ledger ledger) {
        columns = EpochRow.columns(ledger);
        metrics = run.table("metrics.csv", columns.stream().map(EpochRow.Column::name).toArray(String[]::new));
        timing = run.table("timing.csv", "epoch", "seconds");
    }

    /**
     * Add an epoch.
     *
     * @param row the epoch
     */
    public void add(EpochRow row) {
        metrics.line(columns.stream().map(column -> column.value().apply(row)).toArray());
        timing.line(row.epoch().epoch(), row.epoch().seconds());
    }

    @Override
    public void close() {
        try (timing) {
            metrics.close();
        }
    }
}
