package org.memloop.learn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.memloop.learn.kernel.Shallow.Pruning;

class ShallowTest {
    private static final Layout LAYOUT = new Layout(30, 100, 10);

    private final Toy toy = new Toy(3, -0.2f, 0.2f, 30, 100, 10);

    @Test
    void clampedNeuronsLeaveWithoutATrace() {
        States whole = toy.states(Pruning.NONE, 0.4f);
        States pruned = toy.states(Pruning.CLAMPED, 0.4f);
        requireEqual(whole, pruned, 0);
        assertTrue(zeros(whole) > 100, "some neurons are clamped");
        assertTrue(zeros(whole) < 400, "some are not");
    }

    @Test
    void unclippedNeuronsAreLinearButForRounding() {
        requireEqual(toy.states(Pruning.NONE, 0.4f), toy.states(Pruning.ALL, 0.4f), 2e-6f);
        requireEqual(toy.states(Pruning.NONE, -0.4f), toy.states(Pruning.ALL, -0.4f), 2e-6f);
    }

    @Test
    void theLoopsForAnyNetworkAgree() {
        requireEqual(toy.deepStates(0.4f, false), toy.states(30, 10, 0.4f, false), 2e-6f);
        requireEqual(toy.deepStates(0.4f, true), toy.states(30, 10, 0.4f, true), 2e-6f);
    }

    @Test
    void keptStatesAreWhereTheNextPhaseBegins() {
        for (boolean shallow : new boolean[]{true, false}) {
            float[][] kept = {new float[Toy.IMAGES * LAYOUT.stride(1)], new float[Toy.IMAGES * LAYOUT.stride(2)]};
            States states = new States(LAYOUT, Toy.IMAGES);
            Phases.Schedule schedule = new Phases.Schedule(3, 2, 0.5f);
            Phases phases = shallow
                    ? new Shallow(LAYOUT, schedule, () -> 0, Pruning.ALL)
                    : new Deep(LAYOUT, schedule, () -> 0);
            for (int visit = 0; visit < 2; visit++) {
                phases.drive(toy.weights, toy.inputs, states, 0, 1);
                phases.run(toy.weights, new Phases.Start(kept, 0),
                        new Phases.Nudge(0.4f, false, toy.labels, Toy.FIRST), states,
                        new Pieces(Toy.IMAGES, 1), 0);
            }
            for (int image = 0; image < Toy.IMAGES; image++) {
                double[][] free = toy.naive.run(toy.start(image), 6, 0.5, 0, 0);
                double[][] nudged = toy.naive.run(free, 2, 0.5, 0.4, toy.label(image));
                for (int i = 0; i < 100; i++) {
                    assertEquals(free[1][i], kept[0][image * LAYOUT.stride(1) + i], 1e-5);
                    assertEquals(nudged[1][i], states.plus(0, image, i), 1e-5);
                }
            }
        }
    }

    private static void requireEqual(States expected, States actual, float tolerance) {
        for (int layer = 0; layer < 2; layer++) {
            assertArrayEquals(expected.minus[layer], actual.minus[layer], tolerance);
            assertArrayEquals(expected.difference[layer], actual.difference[layer], tolerance);
        }
        for (int image = 0; image < Toy.IMAGES; image++) {
            assertEquals(expected.isMoved(image), actual.isMoved(image));
            assertEquals(expected.freeResidual(image), actual.freeResidual(image), tolerance);
            assertEquals(expected.nudgeResidual(image), actual.nudgeResidual(image), tolerance);
            assertEquals(expected.prediction(image), actual.prediction(image));
        }
    }

    private static int zeros(States states) {
        int zeros = 0;
        for (int image = 0; image < Toy.IMAGES; image++) {
            for (int i = 0; i < 100; i++) {
                zeros += states.plus(0, image, i) == 0 ? 1 : 0;
            }
        }
        return zeros;
    }
}
