package org.memloop.learn;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.memloop.calibration.ConductanceCard;

/**
 * Choose how cells make weights: two for each synapse, or one and a reference that never changes.
 *
 * @param definition what weight two conductances make
 * @param alphas scale factor of each layer; ohms for linear weights, a pure number for logarithmic ones
 * @param thresholdSiemens G_th: a cell whose last reading was below it gets no more pulses, siemens; 0 for no such rule
 *        (thesis, section 4.5.4)
 * @param card what a reading means
 * @param thresholdRead which reading G_th is compared with
 * @param referenceSiemens G_ref, siemens, which takes the place of the cell on BL of every pair: a weight is
 *        {@code alpha (G - G_ref)}, and as a pulse only lowers G, it can only be weakened; empty for pairs
 */
public record PairSettings(WeightDefinition definition, List<Double> alphas, double thresholdSiemens,
        ConductanceCard card, ThresholdRead thresholdRead, OptionalDouble referenceSiemens) {
    /** Choose which reading of a cell the threshold is compared with. */
    public enum ThresholdRead {
        /** The last one there is: once a cell has read low it gets no pulse, so no reading, ever more. */
        LAST,
        /** One taken for it, before the pulses of each mini-batch (thesis, section 4.5.4). */
        FRESH
    }

    /** Refuse settings that make no weights. */
    public PairSettings {
        alphas = List.copyOf(alphas);
        if (alphas.stream().anyMatch(alpha -> !(alpha > 0) || alpha.isInfinite())) {
            throw new IllegalArgumentException("alphas must be finite and above 0, not " + alphas);
        }
        if (!(thresholdSiemens >= 0)) {
            throw new IllegalArgumentException("thresholdSiemens must not be negative, not " + thresholdSiemens);
        }
        if (referenceSiemens.isPresent() && !(referenceSiemens.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    "referenceSiemens must be more than 0, not " + referenceSiemens.getAsDouble());
        }
    }

    /**
     * Choose how pairs of cells make weights, with the threshold compared with the last reading.
     *
     * @param definition what weight two conductances make
     * @param alphas scale factor of each layer
     * @param thresholdSiemens G_th, siemens
     * @param card what a reading means
     */
    public PairSettings(WeightDefinition definition, List<Double> alphas, double thresholdSiemens,
            ConductanceCard card) {
        this(definition, alphas, thresholdSiemens, card, ThresholdRead.LAST, OptionalDouble.empty());
    }

    /** {@return how many cells make a synapse, 1 or 2} */
    public int cellsPerSynapse() {
        return referenceSiemens.isPresent() ? 1 : 2;
    }

    boolean readsBeforePulses() {
        return thresholdSiemens > 0 && thresholdRead == ThresholdRead.FRESH;
    }

    /**
     * Make linear weights of whole-path readings, without a threshold.
     *
     * @param alphas scale factor of each layer, ohms
     * @return the settings
     */
    public static PairSettings linear(double... alphas) {
        return new PairSettings(WeightDefinition.LINEAR, Arrays.stream(alphas).boxed().toList(), 0,
                ConductanceCard.WHOLE_PATH);
    }

    /**
     * Make logarithmic weights of whole-path readings, without a threshold.
     *
     * @param alphas scale factor of each layer
     * @return the settings
     */
    public static PairSettings logarithmic(double... alphas) {
        return new PairSettings(WeightDefinition.LOGARITHMIC, Arrays.stream(alphas).boxed().toList(), 0,
                ConductanceCard.WHOLE_PATH);
    }

    /**
     * Set the threshold G_th.
     *
     * @param siemens conductance below which a cell gets no more pulses
     * @return otherwise the same settings
     */
    public PairSettings withThreshold(double siemens) {
        return new PairSettings(definition, alphas, siemens, card, thresholdRead, referenceSiemens);
    }

    /**
     * Set what a reading means.
     *
     * @param readings the card
     * @return otherwise the same settings
     */
    public PairSettings withCard(ConductanceCard readings) {
        return new PairSettings(definition, alphas, thresholdSiemens, readings, thresholdRead, referenceSiemens);
    }

    /**
     * Choose which reading the threshold is compared with.
     *
     * @param read the last one or a fresh one
     * @return otherwise the same settings
     */
    public PairSettings withThresholdRead(ThresholdRead read) {
        return new PairSettings(definition, alphas, thresholdSiemens, card, read, referenceSiemens);
    }

    /**
     * Make synapses of one cell each and a fixed reference.
     *
     * @param siemens G_ref
     * @return otherwise the same settings
     */
    public PairSettings withReference(double siemens) {
        return new PairSettings(definition, alphas, thresholdSiemens, card, thresholdRead, OptionalDouble.of(siemens));
    }
}
