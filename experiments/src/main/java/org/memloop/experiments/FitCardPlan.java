package org.memloop.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.memloop.recording.CardFitter;

/**
 * Fix every setting of a fit of a technology card.
 *
 * @param card name of a built-in technology, or path of a card
 * @param recordings files of measurements
 * @param fit whether numbers are fitted; otherwise the card is compared as it is
 * @param choice which parts of the card are fitted, and to how many of the cells
 * @param seed of the choice of cells and of the simulated ones
 * @param out new file for the fitted card, if it is wanted
 * @param figures folder for a figure of each comparison, if they are wanted
 */
public record FitCardPlan(String card, List<Path> recordings, boolean fit, CardFitter.Choice choice, long seed,
        Optional<Path> out, Optional<Path> figures) {
    /** Keep the list from changing. */
    public FitCardPlan {
        recordings = List.copyOf(recordings);
    }
}
