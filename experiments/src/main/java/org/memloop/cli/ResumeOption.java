package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.memloop.run.Session;
import picocli.CommandLine.Option;

/** Take the folder of the run to go on with; {@code memloop resume} gives it. */
final class ResumeOption {
    /** The option's name. */
    static final String NAME = "--resumed-run";

    @Option(names = NAME, hidden = true, paramLabel = "RUN",
            description = "Folder of the run to go on with, which 'memloop resume' names (default: a new run).")
    private Path folder;

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** {@return where the run is kept: in its folder, or in a new one} */
    Session.Place place(Path runs) {
        return folder == null ? new Session.Place.New(runs) : new Session.Place.Again(folder);
    }
}
