package org.memloop.sim.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.ValueAndJacobianFunction;
import org.hipparchus.util.Pair;
import org.memloop.sim.device.AbruptFilament;

/**
 * Fit a few numbers of a technology to one kind of measurement: those for which simulated cells have the statistics of
 * the measured ones, in the sense of least squares (Levenberg and Marquardt). The chances of the cells are the same at
 * each trial, so that statistics change smoothly with the numbers.
 */
final class Stage {
    private static final double STEP = 0.05;
    private static final int MOST_TRIALS = 30;
    /** Cells that stand for each measured one, if a stage does not say. */
    private static final int COPIES = 2;

    private final String name;
    private final List<Free> free;
    private final Function<Measured, Measured> part;
    private final Statistics statistics;
    private final int copies;

    /**
     * Describe a stage.
     *
     * @param name what is fitted, for a person
     * @param free numbers to find, each between two ends
     * @param part the measurements that tell
     * @param statistics of measured or simulated cells
     */
    Stage(String name, List<Free> free, Function<Measured, Measured> part, Statistics statistics) {
        this(name, free, part, statistics, COPIES);
    }

    private Stage(String name, List<Free> free, Function<Measured, Measured> part, Statistics statistics, int copies) {
        this.name = name;
        this.free = free;
        this.part = part;
        this.statistics = statistics;
        this.copies = copies;
    }

    /** {@return the same stage with so many cells for each measured one} */
    Stage copies(int other) {
        return new Stage(name, free, part, statistics, other);
    }

    /** Tell the statistics of cells, always as many, each divided by what counts as one deviation of it. */
    @FunctionalInterface
    interface Statistics {
        /**
         * Work them out.
         *
         * @param measured what was measured: decides what belongs together, and how exactly it is known
         * @param cells the measured cells, or simulated ones in their place
         * @return the statistics of the latter
         */
        double[] of(Measured measured, Measured cells);
    }

    /**
     * Name a number to find.
     *
     * @param path of the number in the technology
     * @param low the lowest it can be
     * @param high the highest
     */
    record Free(String path, double low, double high) {
        /** {@return a coordinate without ends, 0 in the middle} */
        double inward(double number) {
            double share = Math.clamp((number - low) / (high - low), 0.01, 0.99);
            return Math.log(share / (1 - share));
        }

        double outward(double coordinate) {
            return low + (high - low) / (1 + Math.exp(-coordinate));
        }
    }

    String name() {
        return name;
    }

    /** {@return whether these measurements say anything about the numbers} */
    boolean concerns(Measured measured) {
        Measured those = part.apply(measured);
        return statistics.of(those, those).length >= free.size();
    }

    /** Find the numbers. {@return the technology with them} */
    AbruptFilament fit(AbruptFilament technology, Measured measured, long seed) {
        Model model = new Model(technology, part.apply(measured), seed);
        Map<String, Double> known = Numbers.of(technology);
        double[] start = free.stream().mapToDouble(f -> f.inward(known.get(f.path()))).toArray();
        try {
            new LevenbergMarquardtOptimizer().withInitialStepBoundFactor(1).withCostRelativeTolerance(2e-3)
                    .withParameterRelativeTolerance(1e-3)
                    .optimize(new LeastSquaresBuilder().start(start).target(model.target()).lazyEvaluation(true)
                            .maxEvaluations(MOST_TRIALS).maxIterations(MOST_TRIALS).model(model).build());
        } catch (MathIllegalStateException _) {
            // the trials are used up: the best of them counts
        }
        return model.best();
    }

    /** What simulated cells do, how that changes with each number, and which trial came nearest. */
    private final class Model implements ValueAndJacobianFunction {
        private final AbruptFilament technology;
        private final Measured measured;
        private final long seed;
        private final double[] target;
        private double leastCost = Double.POSITIVE_INFINITY;
        private AbruptFilament nearest;

        Model(AbruptFilament technology, Measured measured, long seed) {
            this.technology = technology;
            this.measured = measured;
            this.seed = seed;
            target = statistics.of(measured, measured);
            nearest = technology;
        }

        double[] target() {
            return target;
        }

        AbruptFilament best() {
            return nearest;
        }

        @Override
        public Pair<RealVector, RealMatrix> value(RealVector point) {
            return new Pair<>(computeValue(point.toArray()), computeJacobian(point.toArray()));
        }

        @Override
        public RealVector computeValue(double[] point) {
            AbruptFilament trial = at(point);
            double[] value = simulated(trial);
            double cost = 0;
            for (int i = 0; i < value.length; i++) {
                cost += (value[i] - target[i]) * (value[i] - target[i]);
            }
            if (cost < leastCost) {
                leastCost = cost;
                nearest = trial;
            }
            return new ArrayRealVector(value, false);
        }

        @Override
        public RealMatrix computeJacobian(double[] point) {
            RealMatrix slopes = MatrixUtils.createRealMatrix(target.length, free.size());
            for (int i = 0; i < free.size(); i++) {
                double[] above = aside(point, i, STEP);
                double[] below = aside(point, i, -STEP);
                for (int row = 0; row < target.length; row++) {
                    slopes.setEntry(row, i, (above[row] - below[row]) / (2 * STEP));
                }
            }
            return slopes;
        }

        private double[] aside(double[] point, int i, double step) {
            double[] moved = point.clone();
            moved[i] += step;
            return simulated(at(moved));
        }

        private double[] simulated(AbruptFilament trial) {
            return statistics.of(measured, new Simulation(trial, seed, copies).of(measured));
        }

        private AbruptFilament at(double[] point) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (int i = 0; i < point.length; i++) {
                numbers.put(free.get(i).path(), free.get(i).outward(point[i]));
            }
            return Numbers.with(technology, numbers);
        }
    }
}
