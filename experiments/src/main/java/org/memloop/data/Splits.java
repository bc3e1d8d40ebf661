package org.memloop.data;

import java.util.function.UnaryOperator;
import org.memloop.learn.Dataset;

/**
 * Keep apart the images to learn from, to tune by and to judge by.
 *
 * @param training what the network learns from
 * @param validation what choices are made by
 * @param test what is looked at last
 */
public record Splits(Dataset training, Dataset validation, Dataset test) {
    /**
     * Do the same to all three.
     *
     * @param change what to do, for example {@code Shrink::toEightByEight}
     * @return the changed sets
     */
    public Splits map(UnaryOperator<Dataset> change) {
        return new Splits(change.apply(training), change.apply(validation), change.apply(test));
    }

    /**
     * Keep fewer images of each set, its first ones.
     *
     * @param trainingMax most training images to keep
     * @param validationMax most validation images to keep
     * @param testMax most test images to keep
     * @return the smaller sets
     */
    public Splits first(int trainingMax, int validationMax, int testMax) {
        return new Splits(first(training, trainingMax), first(validation, validationMax), first(test, testMax));
    }

    private static Dataset first(Dataset data, int most) {
        return data.size() <= most ? data : data.slice(0, most);
    }
}
