package org.memloop.experiments;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.data.DatasetException;
import org.memloop.data.MnistFiles;
import org.memloop.data.Splits;

/**
 * Measure how long an epoch of learning takes: 56,000 MNIST images on a 784-512-10 network, mini-batches of 50, 30 free and
 * 10 nudged steps. Weights are ideal synapses with counted pulses, or pairs of cells on made-up recordings as in section
 * 4.3.4 of the thesis. Judging by validation images is not counted.
 *
 * <p>A machine that others share is faster now and slower then. By turns with one thread, epoch by epoch, it is the same for
 * both, and how many times as fast several threads are is the median of pairs of epochs that followed one another.
 */
public final class BenchmarkEqprop {
    private final EqpropPlan plan;
    private final LongSupplier clockNanos;

    /**
     * Get ready to measure.
     *
     * @param plan every setting
     * @param clockNanos wall clock, nanoseconds
     */
    public BenchmarkEqprop(EqpropPlan plan, LongSupplier clockNanos) {
        this.plan = plan;
        this.clockNanos = clockNanos;
    }

    /**
     * Measure and say what came out.
     *
     * @param console who is told
     */
    public void run(Console console) {
        Console told = console.withJson(plan.json());
        Splits images = MnistFiles.find(plan.data(), System.getenv()).orElseThrow(() -> new DatasetException(
                "the files of MNIST are not here; name their folder with --data or $" + MnistFiles.VARIABLE)).splits();
        double heap = MemoryUse.heapBytes();
        TimedCourse several = new TimedCourse(plan, plan.threads(), told, clockNanos);
        Map<String, Object> object;
        if (plan.byTurns()) {
            TimedCourse one = new TimedCourse(plan, 1, told, clockNanos);
            Turns.take(pass -> one.run(images, pass), pass -> several.run(images, pass));
            one.tell(images.training());
            several.tell(images.training());
            told.result(String.format(Locale.ROOT, "%d threads are %.2f times as fast as one (median of %d pairs)",
                    plan.threads(), timesAsFast(one, several), plan.epochs()));
            object = several.object();
            object.put("oneThreadSecondsPerEpoch", one.secondsPerEpoch());
            object.put("timesAsFast", timesAsFast(one, several));
        } else {
            several.run(images, () -> {});
            several.tell(images.training());
            object = several.object();
        }
        tellMemory(told, heap);
        MemoryUse.peakBytes().ifPresent(bytes -> object.put("peakBytes", (long) bytes));
        told.object(object);
    }

    private static double timesAsFast(TimedCourse one, TimedCourse several) {
        List<Double> alone = one.seconds();
        List<Double> together = several.seconds();
        return new Median().evaluate(IntStream.range(0, alone.size())
                .mapToDouble(epoch -> alone.get(epoch) / together.get(epoch)).toArray());
    }

    private static void tellMemory(Console told, double heapBytes) {
        told.result(String.format(Locale.ROOT, "memory: %.0f MiB of heap after loading%s", heapBytes * 0x1p-20,
                MemoryUse.peakBytes().stream()
                        .mapToObj(peak -> String.format(Locale.ROOT, ", %.0f MiB at most for the process",
                                peak * 0x1p-20))
                        .findFirst().orElse("")));
    }
}
