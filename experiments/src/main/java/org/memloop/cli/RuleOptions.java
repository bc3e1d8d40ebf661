package org.memloop.cli;

import java.util.Locale;
import java.util.Set;
import org.memloop.experiments.RulePlan;
import picocli.CommandLine.Option;

/** Read what becomes of the gradient. */
final class RuleOptions {
    private enum Rule {
        CONTINUOUS,
        TERNARY,
        PROBABILISTIC,
        QUANTIZED
    }

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "ternary",
            description = "What becomes of the gradient: ternary, probabilistic or quantized pulses, or continuous "
                    + "changes of ideal synapses (default: ${DEFAULT-VALUE}).")
    private Rule rule;

    @Option(names = "--theta", paramLabel = "X", defaultValue = "7e-4",
            description = "A gradient beyond it asks for one pulse, no unit (default: ${DEFAULT-VALUE}).")
    private double theta;

    @Option(names = "--pulses-per-trit", paramLabel = "N", defaultValue = "5",
            description = "Pulses that one trit of the ternary rule is worth, fired in a row, 1 or more "
                    + "(default: ${DEFAULT-VALUE}).")
    private int pulsesPerTrit;

    @Option(names = "--max-pulses", paramLabel = "N", defaultValue = "9",
            description = "Most pulses of the quantized rule at a time, 1 or more (default: ${DEFAULT-VALUE}).")
    private int maxPulses;

    @Option(names = "--step", paramLabel = "V",
            description = "How far one pulse moves an ideal weight, no unit (default: twice theta).")
    private Double step;

    RulePlan plan() {
        return switch (rule) {
            case CONTINUOUS -> new RulePlan.Continuous();
            case TERNARY -> new RulePlan.Ternary(theta, pulsesPerTrit);
            case PROBABILISTIC -> new RulePlan.Probabilistic(theta);
            case QUANTIZED -> new RulePlan.Quantized(theta, maxPulses);
        };
    }

    double step() {
        return step == null ? 2 * theta : step;
    }

    int pulsesPerTrit() {
        return pulsesPerTrit;
    }

    int maxPulses() {
        return maxPulses;
    }

    /** Options that have no effect on the chosen rule. */
    Set<String> idle() {
        return switch (rule) {
            case CONTINUOUS -> Set.of("--theta", "--pulses-per-trit", "--max-pulses", "--step");
            case TERNARY -> Set.of("--max-pulses");
            case PROBABILISTIC -> Set.of("--pulses-per-trit", "--max-pulses");
            case QUANTIZED -> Set.of("--pulses-per-trit");
        };
    }

    String name() {
        return rule.name().toLowerCase(Locale.ROOT);
    }
}
