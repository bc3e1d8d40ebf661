package org.memloop.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.memloop.calibration.ConductanceCard;
import org.memloop.learn.PairSettings;
import org.memloop.learn.WeightDefinition;

/** Choose what weights are kept in. */
public sealed interface SynapsePlan {
    /** Scheme of the address of a run without an array. */
    String IDEAL = "ideal";

    /** Setting of a run that kept the travel of its weights; no other has it. */
    String TRAVEL = "travel of weights";

    /**
     * Keep weights as numbers, without an array (thesis, chapter 3).
     *
     * @param step how far one pulse moves a weight, v; without effect when there are no pulses
     * @param travel whether the sum of the absolute changes of every weight is kept
     */
    record Ideal(double step, boolean travel) implements SynapsePlan {
        /**
         * Keep weights, not their travel.
         *
         * @param step how far one pulse moves a weight, v
         */
        public Ideal(double step) {
            this(step, false);
        }

        /** Refuse pulses that move nothing. */
        public Ideal {
            if (!(step > 0) || step == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("the step of a pulse must be more than 0, not " + step);
            }
        }
    }

    /**
     * Keep weights in cells of a bench, usually in pairs (thesis, chapter 4).
     *
     * @param settings how cells make a weight
     */
    record Pairs(PairSettings settings) implements SynapsePlan {}

    /** {@return its settings as text with units, in the order a person would look for them} */
    default Map<String, String> described() {
        Map<String, String> settings = new LinkedHashMap<>();
        switch (this) {
            case Ideal(double step, boolean travel) -> {
                settings.put("weights", "ideal");
                settings.put("step of a pulse", "" + step);
                if (travel) {
                    settings.put(TRAVEL, "kept");
                }
            }
            case Pairs(PairSettings pairs) -> {
                settings.put("weights", pairs.definition().name().toLowerCase(Locale.ROOT));
                settings.put("alpha", joined(pairs.alphas())
                        + (pairs.definition() == WeightDefinition.LINEAR ? " ohm" : ""));
                settings.put("synapse", pairs.referenceSiemens().isEmpty()
                        ? "pair of cells"
                        : "one cell and a reference of " + pairs.referenceSiemens().getAsDouble() + " S");
                settings.put("conductance threshold", pairs.thresholdSiemens() + " S, compared with "
                        + switch (pairs.thresholdRead()) {
                            case LAST -> "the last reading";
                            case FRESH -> "a fresh reading";
                        });
                settings.put("conductance card", described(pairs.card()));
            }
        }
        return settings;
    }

    private static String described(ConductanceCard card) {
        return card.equals(ConductanceCard.WHOLE_PATH)
                ? "whole path, no correction"
                : "offset " + card.offsetAmps() + " A, gain " + card.gain() + ", series " + card.seriesOhms() + " ohm";
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
