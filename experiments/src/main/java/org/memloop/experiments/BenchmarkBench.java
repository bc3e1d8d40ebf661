package org.memloop.experiments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.run.Benches;

/**
 * Measure how many pulses a second a bench takes: large programs of one kind, and programs as small as a mini-batch of
 * learning sends them.
 */
public final class BenchmarkBench {
    /** The compiler has seen a program often enough after this time. */
    private static final long WARM_UP_NANOS = 1_000_000_000;
    private static final int MINI_BATCH = 300;
    private static final int MOST_SCATTERED = 100_000;

    private final LongSupplier clockNanos;
    private final int rounds;

    /**
     * Get ready to measure.
     *
     * @param clockNanos wall clock, nanoseconds
     * @param rounds how many times each program runs after its warm-up; the median counts
     */
    public BenchmarkBench(LongSupplier clockNanos, int rounds) {
        this.clockNanos = clockNanos;
        this.rounds = rounds;
    }

    /**
     * Measure every bench of a plan and say what came out.
     *
     * @param plan which benches, how often
     * @param console who is told
     */
    public static void run(BenchmarkPlan plan, Console console) {
        Console told = console.withJson(plan.json());
        for (BenchUri uri : plan.benches()) {
            told.result(uri.toString());
            for (Row row : new BenchmarkBench(System::nanoTime, plan.rounds()).measure(uri)) {
                told.result(
                        String.format(Locale.ROOT, "  %-50s %,12.0f pulses/s   %8.3f ms for %,d pulses", row.program(),
                                row.pulsesPerSecond(), row.millisPerProgram(), row.pulses()));
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("bench", row.bench());
                object.put("program", row.program());
                object.put("pulses", row.pulses());
                object.put("pulsesPerSecond", row.pulsesPerSecond());
                object.put("millisPerProgram", row.millisPerProgram());
                told.object(object);
            }
        }
    }

    /**
     * State the speed of one kind of program.
     *
     * @param bench the address of the bench
     * @param program what the program is made of
     * @param pulses pulses of one program
     * @param pulsesPerSecond median over the rounds
     * @param millisPerProgram median time of one program, milliseconds
     */
    public record Row(String bench, String program, long pulses, double pulsesPerSecond, double millisPerProgram) {}

    /**
     * Measure one bench.
     *
     * @param uri its address
     * @return one row for each kind of program
     */
    public List<Row> measure(BenchUri uri) {
        return measure(uri, 1);
    }

    /**
     * Measure one bench, with trains of weak RESET pulses.
     *
     * @param uri its address
     * @param train pulses of each train, at least 1
     * @return one row for each kind of program
     */
    List<Row> measure(BenchUri uri, int train) {
        try (Bench bench = Benches.open(uri)) {
            int[] all = IntStream.range(0, bench.capabilities().geometry().cells()).toArray();
            int[] some = Arrays.copyOf(all, Math.min(MINI_BATCH, all.length));
            form(bench, all);
            List<Row> rows = new ArrayList<>();
            if (train > 1) {
                PulseProgram.Builder trains = PulseProgram.builder();
                Arrays.stream(some).forEach(cell -> trains.add(cell, Pulse.WEAK_RESET, train));
                rows.add(row(bench, uri, "weak RESET, trains of " + train, trains.build()));
            }
            rows.addAll(List.of(row(bench, uri, "weak RESET, every cell", PulseProgram.of(Pulse.WEAK_RESET, all)),
                    row(bench, uri, "READ, every cell", PulseProgram.of(Pulse.READ, all)),
                    row(bench, uri, "mini-batch: weak RESET and READ of " + some.length + " cells",
                            PulseProgram.builder().addAll(some, Pulse.WEAK_RESET).addAll(some, Pulse.READ).build()),
                    learning(bench, uri, all.length)));
            return rows;
        }
    }

    /**
     * Measure what a mini-batch of learning does to a bench: a weak RESET pulse on some cells in rising order, and a reading
     * of each.
     *
     * @param uri its address
     * @return the one row
     */
    Row measureLearning(BenchUri uri) {
        try (Bench bench = Benches.open(uri)) {
            int cells = bench.capabilities().geometry().cells();
            form(bench, IntStream.range(0, cells).toArray());
            return learning(bench, uri, cells);
        }
    }

    private Row learning(Bench bench, BenchUri uri, int cells) {
        int[] scattered = new SplittableRandom(1).ints(Math.min(MOST_SCATTERED, cells), 0, cells).sorted().distinct()
                .toArray();
        return row(bench, uri,
                String.format(Locale.ROOT, "learning: weak RESET and READ of %,d of %,d cells", scattered.length,
                        cells),
                PulseProgram.builder().addAll(scattered, Pulse.WEAK_RESET).addAll(scattered, Pulse.READ).build());
    }

    private static void form(Bench bench, int[] all) {
        for (Pulse pulse : List.of(Pulse.FORMING, Pulse.SET)) {
            if (bench.capabilities().operations().supports(pulse)) {
                bench.run(PulseProgram.of(pulse, all));
            }
        }
    }

    private Row row(Bench bench, BenchUri uri, String name, PulseProgram program) {
        long warm = clockNanos.getAsLong() + WARM_UP_NANOS;
        while (clockNanos.getAsLong() < warm) {
            bench.run(program);
        }
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = clockNanos.getAsLong();
            bench.run(program);
            long nanos = clockNanos.getAsLong() - start;
            seconds[round] = nanos * 1e-9;
        }
        Arrays.sort(seconds);
        double median = seconds[rounds / 2];
        return new Row(uri.toString(), name, program.pulseCount(), program.pulseCount() / median, 1e3 * median);
    }
}
