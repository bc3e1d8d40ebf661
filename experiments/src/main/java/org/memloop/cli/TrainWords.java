package org.memloop.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.memloop.experiments.Console;
import org.memloop.experiments.TrainPlan;
import org.memloop.experiments.thesis.PlanReader;
import picocli.CommandLine;

/**
 * Read plans of training runs as the command line does, so that a series of runs and a person mean the same by the same
 * words.
 *
 * @param console where nothing is told, since failures are thrown
 */
record TrainWords(Console console) implements PlanReader {
    @Override
    public TrainPlan read(List<String> words) {
        AtomicReference<TrainPlan> plan = new AtomicReference<>();
        TrainCommand train = new TrainCommand(read -> {
            plan.set(read);
            return 0;
        });
        CommandLine line = Memloop.commandLine(console, train);
        line.parseArgs(Stream.concat(Stream.of("train"), words.stream()).toArray(String[]::new));
        train.call();
        return plan.get();
    }
}
