package org.memloop.learn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Compare wanted changes with thresholds, several at a time. */
final class Thresholds {
    private static final VectorSpecies<Float> FLOATS = Direct.FLOATS;
    private static final VectorSpecies<Integer> INTS = Direct.INTS;
    private static final VectorSpecies<Short> SHORTS = Direct.SHORTS;
    private static final int LANES = FLOATS.length();

    private Thresholds() {}

    /** The answers of this rule can be used where they are found, without a detour through memory. */
    record Ternary(float theta, int most) implements Discretizer {
        @Override
        public boolean discretize(long draw, int at, float[] wanted, int count, int[] pulses) {
            IntVector any = IntVector.zero(INTS);
            IntVector zero = any;
            IntVector up = IntVector.broadcast(INTS, most);
            IntVector down = IntVector.broadcast(INTS, -most);
            for (int i = 0; i < count; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, wanted, i);
                IntVector trit = zero.blend(up, x.compare(VectorOperators.GT, theta).cast(INTS))
                        .blend(down, x.compare(VectorOperators.LT, -theta).cast(INTS));
                any = any.or(trit);
                trit.intoArray(pulses, i);
            }
            return any.compare(VectorOperators.NE, 0).anyTrue();
        }

        /**
         * Do what {@link #discretize} says: move weights and count pulses, as {@link PulseCounts} does.
         *
         * @param step how far one pulse moves a weight
         * @param weights those of the layer; the first is weights[at]
         * @param recent recent pulses, see {@link PulseCounts#recent}
         */
        void pulse(int at, float[] wanted, int count, float step, float[] weights, short[] recent) {
            FloatVector move = FloatVector.broadcast(FLOATS, most * step);
            for (int i = 0; i < count; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, wanted, i);
                VectorMask<Float> up = x.compare(VectorOperators.GT, theta);
                VectorMask<Float> down = x.compare(VectorOperators.LT, -theta);
                FloatVector.fromArray(FLOATS, weights, at + i).add(move, up).sub(move, down).intoArray(weights, at + i);
                ShortVector.fromArray(SHORTS, recent, at + PulseCounts.OFFSET + i).add((short) most, up.cast(SHORTS))
                        .add((short) (most << PulseCounts.NEGATIVE_SHIFT), down.cast(SHORTS))
                        .intoArray(recent, at + PulseCounts.OFFSET + i);
            }
        }

        /**
         * List the synapses that {@link #discretize} gives pulses to, as the slots of pairs of cells: the even one for more
         * than 0, the odd one for less.
         *
         * @param first slot of the first cell of the first synapse
         * @param slots where they are appended, with room for one vector more
         * @param listed how many there are already
         * @return how many there are then
         */
        int list(float[] wanted, int count, int first, int[] slots, int listed) {
            IntVector even = IntVector.zero(INTS).addIndex(2).add(first);
            int found = listed;
            for (int i = 0; i < count; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, wanted, i);
                VectorMask<Float> down = x.compare(VectorOperators.LT, -theta);
                VectorMask<Integer> pulsed = x.compare(VectorOperators.GT, theta).or(down).cast(INTS);
                even.add(2 * i).add(1, down.cast(INTS)).compress(pulsed).intoArray(slots, found);
                found += pulsed.trueCount();
            }
            return found;
        }
    }

    /**
     * Draw from a stream in which every number is found by its place, not by its turn: a hash of the synapse's index and of
     * two halves of a key that is different for every draw.
     */
    record Probabilistic(float theta, long key) implements Discretizer {
        @Override
        public int most() {
            return 1;
        }

        @Override
        public boolean discretize(long draw, int at, float[] wanted, int count, int[] pulses) {
            long mixed = mix(key + draw * 0x9e3779b97f4a7c15L);
            int low = (int) mixed;
            int high = (int) (mixed >>> 32);
            float unit = theta * 0x1p-24f;
            IntVector any = IntVector.zero(INTS);
            IntVector zero = any;
            IntVector one = IntVector.broadcast(INTS, 1);
            IntVector index = one.addIndex(1).add(at - 1 + low);
            for (int i = 0; i < count; i += LANES) {
                FloatVector x = FloatVector.fromArray(FLOATS, wanted, i);
                IntVector h = index.add(i);
                h = h.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, h).mul(0x7feb352d).add(high);
                h = h.lanewise(VectorOperators.LSHR, 15).lanewise(VectorOperators.XOR, h).mul(0x846ca68b);
                h = h.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, h);
                FloatVector bar = (FloatVector) h.lanewise(VectorOperators.LSHR, 8)
                        .convert(VectorOperators.I2F, 0);
                VectorMask<Integer> fires = x.abs().compare(VectorOperators.GT, bar.mul(unit)).cast(INTS);
                IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.ASHR, 31)
                        .lanewise(VectorOperators.OR, one);
                IntVector trit = zero.blend(sign, fires);
                any = any.or(trit);
                trit.intoArray(pulses, i);
            }
            return any.compare(VectorOperators.NE, 0).anyTrue();
        }

        /** The finalizer of SplittableRandom (Stafford's variant 13). */
        private static long mix(long value) {
            long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            return z ^ z >>> 31;
        }
    }

    record Quantized(float theta, int most) implements Discretizer {
        @Override
        public boolean discretize(long draw, int at, float[] wanted, int count, int[] pulses) {
            IntVector any = IntVector.zero(INTS);
            for (int i = 0; i < count; i += LANES) {
                FloatVector steps = FloatVector.fromArray(FLOATS, wanted, i).div(theta).min(most).max(-most);
                IntVector train = (IntVector) steps.convert(VectorOperators.F2I, 0);
                any = any.or(train);
                train.intoArray(pulses, i);
            }
            return any.compare(VectorOperators.NE, 0).anyTrue();
        }
    }
}
