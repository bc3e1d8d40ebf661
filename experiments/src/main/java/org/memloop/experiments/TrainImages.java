package org.memloop.experiments;

import java.util.Map;

import org.memloop.data.DrawnDigits;
import org.memloop.data.MnistDownload;
import org.memloop.data.Shrink;
import org.memloop.data.Splits;
import org.memloop.learn.Network;

/** Bring the images a plan asks for, in the size its network takes. */
public final class TrainImages {
    private static final int DRAWN_JUDGING = 2_000;
    private static final int MNIST_SIDE = 28;

    private TrainImages() {}

    /**
     * Find, draw or fetch them.
     *
     * @param plan says which
     * @param environment the environment's variables
     * @param console hears of a download
     * @return the images
     * @throws org.memloop.data.DatasetException when there are none and none can be fetched
     */
    public static Splits load(TrainPlan plan, Map<String, String> environment, Console console) {
        TrainPlan.Images images = plan.images();
        Splits splits = switch (images.source()) {
            case DIGITS ->
                DrawnDigits.splits(images.training(), DRAWN_JUDGING, DRAWN_JUDGING, plan.seed());
            case MNIST -> mnist(plan, environment, console);
        };
        return images.inputGain() == 1 ? splits : splits.map(data -> Shrink.amplify(data, images.inputGain()));
    }

    private static Splits mnist(TrainPlan plan, Map<String, String> environment, Console console) {
        Splits all;
        try (Stages stages = new Stages(console)) {
            all = new MnistDownload().findOrFetch(plan.images().folder(), environment,
                    (file, bytes, total) -> stages.reach("fetching " + file, bytes, Math.max(total, bytes))).splits();
        }
        Splits some = all.first(plan.images().training(), Integer.MAX_VALUE, Integer.MAX_VALUE);
        return fits(plan.network()) ? some : some.map(Shrink::toEightByEight);
    }

    private static boolean fits(Network network) {
        return network.inputs(0) == MNIST_SIDE * MNIST_SIDE;
    }
}
