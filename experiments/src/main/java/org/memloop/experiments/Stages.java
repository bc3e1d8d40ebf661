package org.memloop.experiments;

import java.util.Optional;

/** Show the progress of work that goes through stages, one display at a time. */
public final class Stages implements AutoCloseable {
    private final Console console;
    private String stage = "";
    private Optional<Progress> shown = Optional.empty();

    /**
     * Show nothing yet.
     *
     * @param console where it will be shown
     */
    public Stages(Console console) {
        this.console = console;
    }

    /**
     * Show how far a stage is; another stage than before begins a new display.
     *
     * @param name what the stage is called
     * @param done how many of its steps are done
     * @param total how many it has
     */
    public void reach(String name, long done, long total) {
        if (!name.equals(stage)) {
            close();
            stage = name;
            shown = Optional.of(console.progress(name, total));
        }
        shown.ifPresent(progress -> progress.reach(done));
    }

    /** End the present display, so that something else can be said. */
    @Override
    public void close() {
        shown.ifPresent(Progress::close);
        shown = Optional.empty();
        stage = "";
    }
}
