package org.memloop.experiments;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.run.Benches;

/** Measure how many pulses a second cells are simulated at, what memory a cell takes, and where the time goes. */
public final class BenchmarkDevices {
    /** The synapses of a network of 784-512-10 neurons, two cells each, on a die of so many rows and columns. */
    private static final String LARGE = "2048x397";
    private static final int LARGE_CELLS = 2048 * 397;
    private static final int TRAIN = 1000;
    private static final int PROFILED_PROGRAMS = 1000;
    private static final int WARM_UP_PROGRAMS = 200;

    private final DevicesPlan plan;
    private final Console console;

    /**
     * Get ready to measure.
     *
     * @param plan every setting
     * @param console who is told
     */
    public BenchmarkDevices(DevicesPlan plan, Console console) {
        this.plan = plan;
        this.console = console.withJson(plan.json());
    }

    /** Measure speed, memory and parts, and say what came out. */
    public void run() {
        LongSupplier cpu = () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        speed("1 thread, time of its processor", 1, cpu);
        for (int threads = 1; threads <= plan.threads(); threads *= 2) {
            speed(threads + (threads == 1 ? " thread" : " threads") + ", time of the clock", threads,
                    System::nanoTime);
        }
        learning(cpu);
        memory();
        profile("weak RESET", Pulse.WEAK_RESET);
        profile("READ", Pulse.READ);
    }

    private void speed(String how, int threads, LongSupplier clockNanos) {
        console.result(how + ":");
        BenchUri uri = plan.bench().withDefault("threads", String.valueOf(threads));
        for (BenchmarkBench.Row row : new BenchmarkBench(clockNanos, plan.rounds()).measure(uri, TRAIN)) {
            tell(how, row.program(), row.pulsesPerSecond(), "pulses/s");
        }
    }

    /** Measure learning on a die that fits no cache. */
    private void learning(LongSupplier cpu) {
        String how = "1 thread, time of its processor";
        console.result(how + ":");
        BenchmarkBench.Row row = new BenchmarkBench(cpu, plan.rounds()).measureLearning(large());
        tell(how, row.program(), row.pulsesPerSecond(), "pulses/s");
    }

    private BenchUri large() {
        String path = plan.bench().path();
        return BenchUri.parse("sim:" + path.substring(0, path.lastIndexOf('-') + 1) + LARGE);
    }

    private void memory() {
        BenchUri uri = large();
        long before = usedBytes();
        try (Bench bench = Benches.open(uri)) {
            bench.run(PulseProgram.builder().add(0, Pulse.FORMING).add(0, Pulse.READ).build());
            double bytes = usedBytes() - before;
            String how = "memory of " + String.format(Locale.ROOT, "%,d cells", LARGE_CELLS);
            console.result(how + ":");
            tell(how, "the bench and its die", bytes / 1e6, "MB");
            tell(how, "each cell", bytes / bench.capabilities().geometry().cells(), "B");
        }
    }

    /** {@return bytes on the heap once what nobody needs is gone} */
    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void profile(String what, Pulse pulse) {
        try (Bench bench = Benches.open(plan.bench())) {
            int[] all = IntStream.range(0, bench.capabilities().geometry().cells()).toArray();
            bench.run(PulseProgram.builder().addAll(all, Pulse.FORMING).addAll(all, Pulse.SET).build());
            PulseProgram program = PulseProgram.of(pulse, all);
            IntStream.range(0, WARM_UP_PROGRAMS).forEach(_ -> bench.run(program));
            List<Profile.Part> parts = Profile.of(() -> {
                for (int i = 0; i < PROFILED_PROGRAMS; i++) {
                    bench.run(program);
                }
            });
            String how = "where the time of " + what + " goes";
            console.result(how + ":");
            parts.forEach(part -> tell(how, part.method(), 100 * part.share(), "%"));
        }
    }

    private void tell(String how, String what, double value, String unit) {
        console.result(String.format(Locale.ROOT, "  %-58s %,14.1f %s", what, value, unit));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("how", how);
        object.put("what", what);
        object.put("value", value);
        object.put("unit", unit);
        console.object(object);
    }
}
