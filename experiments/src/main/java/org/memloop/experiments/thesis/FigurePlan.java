package org.memloop.experiments.thesis;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.memloop.bench.BenchUri;

/**
 * Fix every setting of a figure of the thesis.
 *
 * @param number its number, for example {@code 3.6}
 * @param seeds how many seeds each curve is the mean of, from 0 on, at least 1
 * @param epochs epochs of each run; as many as its preset says when empty
 * @param jobs how many runs are done at a time, at least 1
 * @param data folder with the images, where the person names one
 * @param bench bench of a figure of chapter 4; made-up traces when empty
 * @param runs folder of the runs
 * @param out folder of the figures
 */
public record FigurePlan(String number, int seeds, OptionalInt epochs, int jobs, Optional<Path> data,
        Optional<BenchUri> bench, Path runs, Path out) {}
