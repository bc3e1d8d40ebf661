package org.memloop.experiments;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.memloop.learn.kernel.Workers;

/**
 * Measure how many floating-point operations a second the machine can do: fused multiplications and additions of whole
 * vectors, enough of them independent of one another that none waits, on numbers that stay in registers.
 */
final class FloatingPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 4_000_000;
    private static final int CHAINS = 12;
    private static final int TRIES = 6;

    private FloatingPeak() {}

    /**
     * Measure. The best of some tries counts: other programs can only make it less.
     *
     * @param threads how many compute at a time
     * @param clockNanos wall clock, nanoseconds
     * @return operations a second of all threads together, two for each multiplication and addition
     */
    static double flops(int threads, LongSupplier clockNanos) {
        double best = 0;
        DoubleAdder sink = new DoubleAdder();
        try (Workers workers = new Workers(threads)) {
            for (int attempt = 0; attempt < TRIES; attempt++) {
                long begin = clockNanos.getAsLong();
                workers.share((_, _) -> sink.add(multiplyAndAdd()));
                double seconds = (clockNanos.getAsLong() - begin) * 1e-9;
                best = Math.max(best, 2.0 * SPECIES.length() * CHAINS * ROUNDS * threads / seconds);
            }
        }
        // nobody may find out that the sum is not needed
        return sink.sum() > 0 ? best : 0;
    }

    private static float multiplyAndAdd() {
        FloatVector a = FloatVector.broadcast(SPECIES, 0.9999999f);
        FloatVector b = FloatVector.broadcast(SPECIES, 1e-7f);
        FloatVector s0 = FloatVector.broadcast(SPECIES, 1);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        FloatVector s8 = s0;
        FloatVector s9 = s0;
        FloatVector s10 = s0;
        FloatVector s11 = s0;
        for (int i = 0; i < ROUNDS; i++) {
            s0 = s0.fma(a, b);
            s1 = s1.fma(a, b);
            s2 = s2.fma(a, b);
            s3 = s3.fma(a, b);
            s4 = s4.fma(a, b);
            s5 = s5.fma(a, b);
            s6 = s6.fma(a, b);
            s7 = s7.fma(a, b);
            s8 = s8.fma(a, b);
            s9 = s9.fma(a, b);
            s10 = s10.fma(a, b);
            s11 = s11.fma(a, b);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }
}
