package org.memloop.experiments.selftest;

import java.nio.file.Path;

/**
 * Fix every setting of a self-test.
 *
 * @param rounds how many programs are started, at least 1
 * @param seed where kills and faults come from
 * @param folder where its runs are kept; removed again when all is well, if it was not there before
 */
public record SelftestPlan(int rounds, long seed, Path folder) {}
