package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;

/**
 * Find training runs that were done before. Two runs are of one plan when all settings are the same but those that cannot
 * change a result, such as the number of threads or whether the travel of weights is kept, and the number of epochs: the
 * first epochs of a longer run are those of a shorter one.
 */
final class RunStore {
    private final Map<Map<String, String>, List<PastRun>> finished = new HashMap<>();

    private RunStore() {}

    /** Looks through a folder of runs; one that does not exist holds none. */
    static RunStore read(Path runs) {
        RunStore store = new RunStore();
        if (!Files.isDirectory(runs)) {
            return store;
        }
        try (Stream<Path> folders = Files.list(runs)) {
            folders.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).map(PastRun::read)
                    .flatMap(Optional::stream)
                    .forEach(run -> store.finished.computeIfAbsent(identity(run.settings()),
                            _ -> new ArrayList<>()).add(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    /** {@return the shortest run that serves, the newest of several} */
    Optional<PastRun> find(RunRequest wanted) {
        return finished.getOrDefault(identity(wanted.plan()), List.of()).stream().filter(wanted::served)
                .min(Comparator.comparingInt(PastRun::epochs));
    }

    static Map<String, String> identity(TrainPlan plan) {
        return identity(plan.settings());
    }

    static Map<String, String> identity(Map<String, String> settings) {
        Map<String, String> identity = new LinkedHashMap<>(settings);
        identity.remove("threads");
        identity.remove("epochs");
        identity.remove("journal");
        identity.remove(SynapsePlan.TRAVEL);
        identity.computeIfPresent("bench", (_, uri) -> place(uri));
        return identity;
    }

    /** A recording kept among the runs is known by its name, so that the folder may be moved; any other by its place. */
    private static String place(String bench) {
        BenchUri uri = BenchUri.parse(bench);
        if (!uri.scheme().equals("traces")) {
            return bench;
        }
        Path file = Path.of(uri.path()).toAbsolutePath().normalize();
        boolean ours = MadeUpTraces.isName(file.getFileName().toString());
        return new BenchUri(uri.scheme(), ours ? file.getFileName().toString() : file.toString(), uri.parameters())
                .toString();
    }
}
