package org.memloop.experiments.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.memloop.experiments.Console;

/**
 * Kill programs at random moments, go on with them until they are done, and compare with what was not disturbed: the
 * results of a simulated array byte by byte, the pulses of a die that outlived its host with those of the journal. As many
 * rounds go on at a time as there are processors; where a round kills follows from seed and number alone.
 */
public final class CrashTest {
    private final SelftestPlan plan;
    private final Console console;
    private final CrashTally tally = new CrashTally();

    /**
     * Get ready to kill.
     *
     * @param plan how often
     * @param console who is told
     */
    public CrashTest(SelftestPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /**
     * Do it.
     *
     * @throws SelftestException when a pulse was lost or fired twice, or a result differs; the folder is kept
     */
    public void run() {
        Map<Case, Path> undisturbed = new EnumMap<>(Case.class);
        for (Case kind : Case.values()) {
            undisturbed.put(kind, plan.folder("undisturbed-" + kind.name().toLowerCase(Locale.ROOT)));
        }
        together(undisturbed.entrySet().stream()
                .<Runnable>map(each -> () -> CrashRound.undisturbed(each.getKey(), each.getValue())).toList());
        List<Runnable> rounds = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            int number = round;
            Case kind = Case.values()[round % Case.values().length];
            rounds.add(() -> {
                new CrashRound(kind, number, plan, tally).run(undisturbed.get(kind));
                console.remark("round " + number + "/" + plan.rounds() + ": " + kind + ", " + tally.kills()
                        + " kills so far");
            });
        }
        together(rounds);
        console.result(tally.report());
        SelftestPlan.remove(plan.folder());
    }

    /** Do all of them, some at a time; the first failure ends it. */
    private static void together(List<Runnable> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<?>> begun = new ArrayList<>();
            tasks.forEach(task -> begun.add(threads.submit(task)));
            for (Future<?> each : begun) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }
}
