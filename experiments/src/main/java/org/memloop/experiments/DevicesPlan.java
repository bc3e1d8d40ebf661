package org.memloop.experiments;

import org.memloop.bench.BenchUri;

/**
 * Fix every setting of a measurement of how fast cells are simulated.
 *
 * @param bench address of the die, without its number of threads
 * @param threads greatest number of threads, at least 1
 * @param rounds how often each program is measured, at least 1; the median counts
 * @param json whether to print one JSON object for each number
 */
public record DevicesPlan(BenchUri bench, int threads, int rounds, boolean json) {}
