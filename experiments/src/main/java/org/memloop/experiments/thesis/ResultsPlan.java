package org.memloop.experiments.thesis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Fix every setting of the page of results.
 *
 * @param sections which parts are written anew, {@code chapter-3} and so on; all when empty
 * @param seeds how many seeds each experiment is run with, from 0 on, at least 1
 * @param epochs most epochs of a run, where its preset says more
 * @param jobs how many runs are done at a time, at least 1
 * @param rounds how often speed is measured, at least 1
 * @param rival a program whose speed is measured beside; it is given the name of a rule, and the last line it prints is the
 *        seconds it takes for an epoch
 * @param data folder with the images, where the person names one
 * @param runs folder of the runs
 * @param page the page
 * @param commandLine the words the program was started with
 */
public record ResultsPlan(Set<String> sections, int seeds, OptionalInt epochs, int jobs, int rounds,
        Optional<Path> rival, Optional<Path> data, Path runs, Path page, List<String> commandLine) {
    /** Keep the collections from changing. */
    public ResultsPlan {
        sections = Set.copyOf(sections);
        commandLine = List.copyOf(commandLine);
    }
}
