package org.memloop.recording;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.memloop.bench.ConfigurationException;

/**
 * Fit the card of a simulated technology to measurements, and compare the two. The implementation is found by
 * {@link java.util.ServiceLoader}.
 */
public interface CardFitter {
    /**
     * Fit a card to a part of the measured cells, chosen by the seed, and compare it with the others.
     *
     * @param card name of a built-in technology, or path of a card, which ends in {@code .yaml}
     * @param recordings files of measurements
     * @param choice which parts of the card are fitted, and to how many of the cells
     * @param seed of the choice and of the simulated cells
     * @param progress is told what is being done
     * @return the fitted card, and how well it fits
     * @throws ConfigurationException naming file and line, or the card's key, when one is wrong
     */
    Fitted fit(String card, List<Path> recordings, Choice choice, long seed, Consumer<String> progress);

    /**
     * Compare a card as it is with measurements.
     *
     * @param card name of a built-in technology, or path of a card, which ends in {@code .yaml}
     * @param recordings files of measurements
     * @param seed of the simulated cells
     * @return how well it fits
     * @throws ConfigurationException naming file and line, or the card's key, when one is wrong
     */
    List<Comparison> compare(String card, List<Path> recordings, long seed);

    /**
     * Choose what to fit, and to what.
     *
     * @param parts names of the parts of a card to fit, as progress tells them; none for every part that something was
     *        measured about
     * @param share of the measured cells to fit to, above 0 and below 1; the others are for comparison
     */
    record Choice(List<String> parts, double share) {
        /** Fit everything to 70 % of the cells. */
        public static final Choice USUAL = new Choice(List.of(), 0.7);

        /** Keep the list from changing, and some cells for each purpose. */
        public Choice {
            parts = List.copyOf(parts);
            if (!(share > 0 && share < 1)) {
                throw new ConfigurationException("share of the cells to fit to must lie between 0 and 1, not " + share
                        + "; the others are for comparison");
            }
        }
    }

    /**
     * Hold a fitted card.
     *
     * @param card its text, YAML
     * @param summary what it was fitted to, for a person
     * @param comparisons with measurements it was not fitted to
     */
    record Fitted(String card, String summary, List<Comparison> comparisons) {}

    /**
     * Hold measured and simulated numbers of the same kind.
     *
     * @param title what was done, for a person
     * @param quantity what the numbers are, with its unit
     * @param items numbers that stand for them
     * @param measured numbers, in order; empty when the items say all
     * @param simulated numbers, in order
     * @param distance largest difference between the two distributions (Kolmogorov and Smirnov), 0 to 1
     * @param probability that two samples of one distribution differ as much
     */
    record Comparison(String title, String quantity, List<Item> items, double[] measured, double[] simulated,
            double distance, double probability) {}

    /** Say how a simulated number compares with a measured one. */
    enum Verdict {
        /** It is within its tolerance. */
        AGREES,
        /** It is not, but so few cells were measured that others of the same chip may differ as much. */
        WITHIN_SAMPLING,
        /** It is not, and sampling does not explain it. */
        DIFFERS
    }

    /**
     * Hold one number that was measured and simulated.
     *
     * @param name what it is
     * @param measured as measured
     * @param standardError of the measured number, as so many cells were measured; 0 when it is not known
     * @param simulated as simulated
     * @param tolerance largest difference that counts as agreement, in the same unit
     */
    record Item(String name, double measured, double standardError, double simulated, double tolerance) {
        private static final double ERRORS = 2;

        /** {@return whether both agree, or differ by no more than two standard errors} */
        public Verdict verdict() {
            double apart = Math.abs(simulated - measured);
            return apart <= tolerance
                    ? Verdict.AGREES
                    : apart <= ERRORS * standardError
                            ? Verdict.WITHIN_SAMPLING
                            : Verdict.DIFFERS;
        }
    }
}
