package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.memloop.learn.Discretizer;
import org.memloop.learn.EqProp;
import org.memloop.learn.IdealSynapses;
import org.memloop.learn.Network;
import org.memloop.learn.Seed;
import org.memloop.learn.Trainer;

@EnabledIfEnvironmentVariable(named = "MEMLOOP_DATA", matches = ".+",
        disabledReason = "needs the four MNIST files in the folder $MEMLOOP_DATA names")
class MnistLearningTest {
    private final Splits mnist = new MnistFiles(Path.of(System.getenv("MEMLOOP_DATA"))).splits();

    @Test
    void theDigitsAreTheDatabases() {
        int[] counts = new int[10];
        for (byte label : mnist.test().labels()) {
            counts[label]++;
        }
        assertEquals(7000, Arrays.stream(counts).sum());
        // The first labels after numpy's shuffle of the 70,000 with seed 20.
        assertArrayEquals(new byte[]{1, 8, 3, 0, 5, 5, 7, 8, 0, 1}, mnist.training().slice(0, 10).labels());
    }

    @Test
    void smallImagesAreLearntInOneEpoch() {
        Splits small = mnist.map(data -> Shrink.amplify(Shrink.toEightByEight(data), 2));
        assertTrue(accuracy(small, Network.of(64, 50, 10), 56_000) > 0.7);
    }

    @Test
    void wholeImagesAreLearntInPartOfAnEpoch() {
        assertTrue(accuracy(mnist, Network.of(784, 512, 10), 20_000) > 0.85);
    }

    private static double accuracy(Splits data, Network network, int images) {
        Seed seed = new Seed(1);
        IdealSynapses synapses = new IdealSynapses(network, 1e-4, seed.stream("initial weights"));
        Trainer trainer = new Trainer(EqProp.ofThesis(0.15, 0.005), synapses, Discretizer.ternary(5e-5), seed, 2,
                InstantSource.system());
        Splits part = data.first(images, 2_000, 0);
        return trainer.train(part.training(), part.validation(), 1, _ -> {}, () -> false).getFirst()
                .validationAccuracy();
    }
}
