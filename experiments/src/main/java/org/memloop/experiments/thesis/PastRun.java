package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Look at a training run that has ended.
 *
 * @param folder its folder
 * @param settings every setting it was started with
 * @param commit the software it was done with: git commit, or version where that is not known
 * @param metrics what was measured after each epoch
 */
record PastRun(Path folder, Map<String, String> settings, String commit, Metrics metrics) {
    /** {@return a run, or nothing when the folder holds no training run that did all it was started for} */
    static Optional<PastRun> read(Path folder) {
        Path about = folder.resolve("run.json");
        Path table = folder.resolve("metrics.csv");
        if (!Files.isReadable(about) || !Files.isReadable(table)) {
            return Optional.empty();
        }
        try {
            JsonNode run = JsonMapper.shared().readTree(Files.readString(about));
            if (!run.path("kind").asString("").equals("train")
                    || !run.path("status").asString("").equals("finished")) {
                return Optional.empty();
            }
            Map<String, String> settings = new LinkedHashMap<>();
            run.path("configuration").forEachEntry((key, value) -> settings.put(key, value.asString("")));
            JsonNode software = run.path("software");
            String commit = software.path("commit").asString(software.path("memloop").asString("unknown"))
                    + (software.path("modified").asBoolean(false) ? " with changes" : "");
            return Optional.of(new PastRun(folder, settings, commit, Metrics.read(table)));
        } catch (JacksonException _) {
            return Optional.empty(); // somebody else's file; the run cannot be used, and nothing is lost by that
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int epochs() {
        return Integer.parseInt(settings.getOrDefault("epochs", "0"));
    }

    /** {@return whether nothing was cut off: what stands for the end of the run is of this run} */
    boolean isWhole() {
        return metrics.epochs() == epochs();
    }

    /** {@return the same run as if it had ended earlier} */
    PastRun first(int epochs) {
        return new PastRun(folder, settings, commit, metrics.first(epochs));
    }

    /** {@return how long each epoch took} */
    Metrics timing() {
        return Metrics.read(folder.resolve("timing.csv")).first(metrics.epochs());
    }

    Path synapses() {
        return folder.resolve("synapses.h5");
    }
}
