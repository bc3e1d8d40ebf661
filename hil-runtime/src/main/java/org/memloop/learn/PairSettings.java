package org.memloop.learn;

import java.util.Arrays;
import java.util.List;
import org.memloop.calibration.ConductanceCard;

/**
 * Choose how pairs of cells make weights.
 *
 * @param definition what weight two conductances make
 * @param alphas scale factor of each layer; ohms for linear weights, a pure number for logarithmic ones
 * @param thresholdSiemens G_th: a cell whose last reading was below it gets no more pulses, siemens; 0 for no such rule
 *        (thesis, section 4.5.4)
 * @param card what a reading means
 */
public record PairSettings(WeightDefinition definition, List<Double> alphas, double thresholdSiemens,
        ConductanceCard card) {
    /** Refuse settings that make no weights. */
    public PairSettings {
        alphas = List.copyOf(alphas);
        if (alphas.stream().anyMatch(alpha -> !(alpha > 0) || alpha.isInfinite())) {
            throw new IllegalArgumentException("alphas must be finite and above 0, not " + alphas);
        }
        if (!(thresholdSiemens >= 0)) {
            throw new IllegalArgumentException("thresholdSiemens must not be negative, not " + thresholdSiemens);
        }
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
        return new PairSettings(definition, alphas, siemens, card);
    }

    /**
     * Set what a reading means.
     *
     * @param readings the card
     * @return otherwise the same settings
     */
    public PairSettings withCard(ConductanceCard readings) {
        return new PairSettings(definition, alphas, thresholdSiemens, readings);
    }
}
