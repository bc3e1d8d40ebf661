package org.memloop.experiments;

import java.util.List;

import org.memloop.bench.BenchUri;

/**
 * Fix every setting of a measurement of how fast benches are.
 *
 * @param benches addresses of the benches to measure, in order
 * @param rounds how often each program is measured, at least 1; the median counts
 * @param json whether to print one JSON object for each measurement
 */
public record BenchmarkPlan(List<BenchUri> benches, int rounds, boolean json) {
    /** Keep the list from changing. */
    public BenchmarkPlan {
        benches = List.copyOf(benches);
    }
}
