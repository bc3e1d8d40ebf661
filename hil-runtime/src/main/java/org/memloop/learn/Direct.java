package org.memloop.learn;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.memloop.learn.kernel.Weights;

/** Change ideal synapses where they are. */
final class Direct implements Plasticity {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() >= 8
            ? FloatVector.SPECIES_256
            : FloatVector.SPECIES_128;
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    static final VectorSpecies<Short> SHORTS = FLOATS.length() == 8 ? ShortVector.SPECIES_128 : ShortVector.SPECIES_64;
    private static final int LANES = FLOATS.length();

    private final Weights weights;
    private final PulseCounts counts;
    private final Optional<Travel> travel;
    private final float step;
    private final UpdateRule rule;
    private final Biases biases;
    private long draw;

    Direct(Weights weights, PulseCounts counts, Optional<Travel> travel, float step, UpdateRule rule, Biases biases) {
        this.weights = weights;
        this.counts = counts;
        this.travel = travel;
        this.step = step;
        this.rule = rule;
        this.biases = biases;
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public boolean changesAtOnce() {
        return true;
    }

    @Override
    public void begin() {
        if (rule instanceof Discretizer discretizer) {
            counts.expect(discretizer.most());
        }
    }

    @Override
    public void synapses(int layer, int at, float[] wanted, int[] pulses, int count) {
        float[] w = weights.synapses()[layer];
        switch (rule) {
            case UpdateRule.Continuous _ -> {
                add(w, at, wanted, count);
                if (travel.isPresent()) {
                    travel.get().add(layer, at, wanted, count);
                }
            }
            case Thresholds.Ternary ternary when travel.isEmpty() ->
                ternary.pulse(at, wanted, count, step, w, counts.recent(layer));
            case Discretizer discretizer -> {
                if (discretizer.discretize(draw + layer, weights.layout().number(layer, at), wanted, count, pulses)) {
                    move(w, at, pulses, count, step);
                    count(counts.recent(layer), at, pulses, count);
                    if (travel.isPresent()) {
                        travel.get().add(layer, at, pulses, count, step);
                    }
                }
            }
        }
    }

    @Override
    public void biases(int layer, int at, float[] wanted, int[] pulses, int count) {
        if (biases == Biases.NONE) {
            return;
        }
        float[] b = weights.biases()[layer];
        if (biases == Biases.LIKE_SYNAPSES && rule instanceof Discretizer discretizer) {
            if (discretizer.discretize(draw + weights.biases().length + layer, at, wanted, count, pulses)) {
                move(b, at, pulses, count, step);
            }
        } else {
            add(b, at, wanted, count);
        }
    }

    private static void add(float[] line, int at, float[] wanted, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(FLOATS, line, at + i).add(FloatVector.fromArray(FLOATS, wanted, i))
                    .intoArray(line, at + i);
        }
    }

    private static void move(float[] line, int at, int[] pulses, int count, float step) {
        FloatVector v = FloatVector.broadcast(FLOATS, step);
        for (int i = 0; i < count; i += LANES) {
            FloatVector t = (FloatVector) IntVector.fromArray(INTS, pulses, i).convert(VectorOperators.I2F, 0);
            FloatVector.fromArray(FLOATS, line, at + i).add(t.mul(v)).intoArray(line, at + i);
        }
    }

    private static void count(short[] recent, int at, int[] pulses, int count) {
        for (int i = 0; i < count; i += LANES) {
            IntVector t = IntVector.fromArray(INTS, pulses, i);
            IntVector packed = t.max(0).add(t.neg().max(0).lanewise(VectorOperators.LSHL, PulseCounts.NEGATIVE_SHIFT));
            ShortVector.fromArray(SHORTS, recent, at + PulseCounts.OFFSET + i)
                    .add(packed.convertShape(VectorOperators.I2S, SHORTS, 0))
                    .intoArray(recent, at + PulseCounts.OFFSET + i);
        }
    }

    @Override
    public void end() {
        draw += 2L * weights.biases().length;
    }
}
