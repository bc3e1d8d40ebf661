package org.memloop.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Read how a series of training runs is done. */
final class SeriesOptions {
    @Option(names = "--jobs", paramLabel = "N",
            description = "Runs at a time, each on one thread, 1 or more (default: one for each core).")
    private Integer jobs;

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:MEMLOOP_DATA}",
            description = "Folder with the files of MNIST (default: the variable MEMLOOP_DATA).")
    private Path data;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
            description = "Folder of the runs; finished ones in it are reused (default: ${DEFAULT-VALUE}).")
    private Path runs;

    int jobs(CommandSpec spec) {
        if (jobs == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        Counts.atLeast(spec, 1, "--jobs", jobs);
        return jobs;
    }

    Path data() {
        return data;
    }

    Path runs() {
        return runs;
    }
}
