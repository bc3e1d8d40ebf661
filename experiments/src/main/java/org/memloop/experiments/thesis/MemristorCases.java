package org.memloop.experiments.thesis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** List the experiments of the thesis's chapter 4, each with the best validation accuracy printed there, in percent. */
final class MemristorCases {
    private MemristorCases() {}

    /** {@return the experiments of sections 4.4, 4.5.1, 4.5.3 and 4.5.4} */
    static Map<Experiment, String> main() {
        Map<Experiment, String> cases = new LinkedHashMap<>();
        cases.put(Experiment.of("linear", "thesis-4.12"), "91.0");
        cases.put(Experiment.of("logarithmic", "thesis-4.16b"), "89.7");
        cases.put(rested("linear", "thesis-4.18a", 20_000), "91.5");
        cases.put(rested("linear", "thesis-4.18a", 18_000), "91.75");
        cases.put(rested("linear", "thesis-4.18a", 16_000), "91.7");
        cases.put(rested("logarithmic", "thesis-4.18b", 20_000), "91.14");
        cases.put(rested("logarithmic", "thesis-4.18b", 18_000), "91.53");
        cases.put(rested("logarithmic", "thesis-4.18b", 16_000), "92.16");
        cases.put(Experiment.of("perceptron", "thesis-4.10"), "78.1");
        cases.put(Experiment.of("first layer frozen", "thesis-4.11"), "70.8");
        return cases;
    }

    /** {@return the experiments of section 4.5.2, for which the thesis prints curves and no numbers} */
    static Map<Experiment, String> sweeps() {
        Map<Experiment, String> cases = new LinkedHashMap<>();
        Stream.of(Sweep.THETA_OF_CELLS, Sweep.ALPHA_1, Sweep.ALPHA_2).flatMap(sweep -> sweep.experiments().stream())
                .forEach(experiment -> cases.put(experiment, "–"));
        return cases;
    }

    /** {@return one of each kind, for an array whose every pulse is computed} */
    static Map<Experiment, String> few() {
        Map<Experiment, String> cases = main();
        cases.keySet().removeIf(experiment -> experiment.label().contains("G_th 1/2")
                || experiment.label().contains("G_th 1/18"));
        return cases;
    }

    private static Experiment rested(String weights, String preset, int ohms) {
        return Experiment.of(weights + ", G_th 1/" + ohms + " S", preset, "--gth", "1/" + ohms);
    }
}
