package org.memloop.experiments.thesis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.memloop.bench.ConfigurationException;
import org.memloop.data.Splits;
import org.memloop.experiments.Console;
import org.memloop.experiments.Progress;
import org.memloop.experiments.Train;
import org.memloop.experiments.TrainImages;
import org.memloop.experiments.TrainPlan;

/**
 * Obtain training runs: those that were done before are reused, the others are done, several at a time. A run is whole or
 * counts for nothing, so that whoever is interrupted begins again with what was finished.
 */
final class RunSeries {
    private final Path runs;
    private final int jobs;
    private final Console console;
    private final Map<List<Object>, Splits> images = new ConcurrentHashMap<>();

    /**
     * Get ready.
     *
     * @param runs folder of the runs
     * @param jobs how many runs are done at a time, at least 1
     * @param console who is told how far it is
     */
    RunSeries(Path runs, int jobs, Console console) {
        this.runs = runs;
        this.jobs = jobs;
        this.console = console;
    }

    /**
     * Obtain a run for each request.
     *
     * @param requests what is wanted; the same plan may be wanted more than once
     * @return the runs, in the same order
     * @throws CancellationException when the person stopped it; what was finished is kept
     * @throws RuntimeException when a run fails; those that were under way are finished first
     */
    List<PastRun> obtain(List<RunRequest> requests) {
        List<TrainPlan> missing = missing(requests, RunStore.read(runs));
        int epochs = missing.stream().mapToInt(TrainPlan::epochs).sum();
        console.remark(requests.size() + " runs wanted, " + (missing.isEmpty()
                ? "all of them done before"
                : missing.size() + " to be done: " + epochs + " epochs, " + jobs + " at a time"));
        train(missing, epochs);
        RunStore store = RunStore.read(runs);
        return requests.stream().map(request -> store.find(request).orElseThrow(() -> new ConfigurationException(
                runs + ": no run measured what is needed (" + String.join(", ", request.columns())
                        + (request.synapses() ? ", every synapse" : "") + ") with "
                        + String.join(" ", request.plan().output().commandLine()))))
                .toList();
    }

    /** One plan for all requests that one run can serve: that which keeps or does the most, unless the end counts. */
    private static List<TrainPlan> missing(List<RunRequest> requests, RunStore store) {
        Map<List<Object>, TrainPlan> missing = new LinkedHashMap<>();
        List<RunRequest> longestFirst = requests.stream().filter(request -> store.find(request).isEmpty())
                .sorted(Comparator.comparing((RunRequest request) -> !request.travel())
                        .thenComparing(request -> !request.synapses())
                        .thenComparing(request -> -request.plan().epochs()))
                .toList();
        for (RunRequest request : longestFirst) {
            Map<String, String> identity = RunStore.identity(request.plan());
            if (request.synapses()) {
                missing.putIfAbsent(List.of(identity, request.plan().epochs()), request.plan());
            } else if (missing.values().stream().noneMatch(plan -> plan.epochs() >= request.plan().epochs()
                    && RunStore.identity(plan).equals(identity))) {
                missing.put(List.of(identity), request.plan());
            }
        }
        return new ArrayList<>(missing.values());
    }

    private void train(List<TrainPlan> plans, int epochs) {
        if (plans.isEmpty()) {
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        try (Progress progress = console.progress(plans.size() + " runs, epochs", epochs);
                ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, plans.size()))) {
            Console quiet = console.silent(() -> {
                synchronized (progress) {
                    progress.reach(done.incrementAndGet());
                }
            });
            List<? extends Future<?>> started = plans.stream().map(plan -> workers.submit(() -> {
                if (!over.get()) {
                    train(plan, quiet, over);
                }
            })).toList();
            started.forEach(RunSeries::await);
        }
    }

    private void train(TrainPlan plan, Console quiet, AtomicBoolean over) {
        boolean finished = false;
        try {
            new Train(plan, quiet, () -> images(plan)).run();
            finished = true;
        } finally {
            if (!finished) {
                over.set(true);
            }
        }
    }

    private static void await(Future<?> run) {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted; finished runs are kept");
        }
    }

    /** The runs of a series share their images. */
    private Splits images(TrainPlan plan) {
        TrainPlan.Images wanted = plan.images();
        boolean drawn = wanted.source() == TrainPlan.Source.DIGITS;
        return images.computeIfAbsent(List.of(wanted, plan.network().inputs(0), drawn ? plan.seed() : 0L),
                _ -> TrainImages.load(plan, System.getenv(), console));
    }
}
