package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.memloop.bench.BenchUri;

/**
 * Name one thing to be tried with several seeds: one curve of a figure, one row of a table.
 *
 * @param label what a legend or a table calls it
 * @param options its settings, as options of {@code memloop train}
 */
public record Experiment(String label, List<String> options) {
    /** Keep the options from changing. */
    public Experiment {
        options = List.copyOf(options);
    }

    /**
     * Take a preset as it is, or with some settings changed.
     *
     * @param label what a legend or a table calls it
     * @param preset name of the preset
     * @param changes options that go before the preset's, with their values
     * @return the experiment
     */
    public static Experiment of(String label, String preset, String... changes) {
        return new Experiment(label, Stream.concat(Stream.of("--preset", preset), Stream.of(changes)).toList());
    }

    /**
     * Put it on an array. Nothing is lost without a journal: an array that needs one refuses.
     *
     * @param bench the bench
     * @return an experiment of the same label
     */
    public Experiment on(BenchUri bench) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of("--bench", bench.toString(), "--journal", "off"));
        return new Experiment(label, more);
    }
}
