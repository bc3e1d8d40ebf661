package org.memloop.experiments;

import java.util.LinkedHashMap;
import java.util.Map;
import org.memloop.learn.Discretizer;
import org.memloop.learn.Seed;
import org.memloop.learn.UpdateRule;

/** Choose what becomes of the gradient (thesis, sections 3.3 to 3.6). */
public sealed interface RulePlan {
    /** Change weights by the gradient itself, {@code W += dW}. */
    record Continuous() implements RulePlan {}

    /**
     * Pulse where the gradient is beyond a threshold.
     *
     * @param theta the threshold
     * @param pulses how many pulses a trit is worth, at least 1
     */
    record Ternary(double theta, int pulses) implements RulePlan {}

    /**
     * Pulse with a probability that grows with the gradient.
     *
     * @param theta gradient from which on the pulse is sure
     */
    record Probabilistic(double theta) implements RulePlan {}

    /**
     * Pulse once for every whole theta of the gradient.
     *
     * @param theta gradient worth a pulse
     * @param most most pulses at a time, at least 1
     */
    record Quantized(double theta, int most) implements RulePlan {}

    /**
     * Make the rule.
     *
     * @param seed where its random numbers come from, if it needs some
     * @return the rule
     * @throws IllegalArgumentException when its numbers make no rule
     */
    default UpdateRule rule(Seed seed) {
        return switch (this) {
            case Continuous _ -> UpdateRule.continuous();
            case Ternary(double theta, int pulses) -> Discretizer.ternary(theta, pulses);
            case Probabilistic(double theta) -> Discretizer.probabilistic(theta, seed);
            case Quantized(double theta, int most) -> Discretizer.quantized(theta, most);
        };
    }

    /** {@return its settings as text, in the order a person would look for them} */
    default Map<String, String> described() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rule", switch (this) {
            case Continuous _ -> "continuous";
            case Ternary _ -> "ternary";
            case Probabilistic _ -> "probabilistic";
            case Quantized _ -> "quantized";
        });
        switch (this) {
            case Continuous _ -> {
                // has no number of its own
            }
            case Ternary(double theta, int pulses) -> {
                settings.put("theta", "" + theta);
                settings.put("pulses of a trit", "" + pulses);
            }
            case Probabilistic(double theta) -> settings.put("theta", "" + theta);
            case Quantized(double theta, int most) -> {
                settings.put("theta", "" + theta);
                settings.put("pulses at a time", "at most " + most);
            }
        }
        return settings;
    }
}
