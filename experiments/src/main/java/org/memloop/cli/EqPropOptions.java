package org.memloop.cli;

import java.util.List;
import org.memloop.learn.BetaSign;
import org.memloop.learn.Biases;
import org.memloop.learn.EqProp;
import picocli.CommandLine.Option;

/** Read how Equilibrium Propagation is done. */
final class EqPropOptions {
    @Option(names = "--batch", paramLabel = "N", defaultValue = "100",
            description = "Images of one mini-batch (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--beta", paramLabel = "X", defaultValue = "0.1",
            description = "Strength of the nudge, no unit (default: ${DEFAULT-VALUE}).")
    private double beta;

    @Option(names = "--sign", paramLabel = "SIGN", defaultValue = "random",
            description = "Sign of the nudge: random, drawn for each mini-batch, positive, negative, or symmetric, both "
                    + "contrasted (default: ${DEFAULT-VALUE}).")
    private BetaSign sign;

    @Option(names = "--biases", paramLabel = "KIND", defaultValue = "none",
            description = "Biases of neurons, with ideal synapses only: none, continuous, changed by the gradient, or "
                    + "like_synapses, changed by the rule (default: ${DEFAULT-VALUE}).")
    private Biases biases;

    @Option(names = "--free-steps", paramLabel = "N", defaultValue = "30",
            description = "Steps of the free phase, 1 or more (default: ${DEFAULT-VALUE}).")
    private int freeSteps;

    @Option(names = "--nudge-steps", paramLabel = "N", defaultValue = "10",
            description = "Steps of the nudge phase, 1 or more (default: ${DEFAULT-VALUE}).")
    private int nudgeSteps;

    @Option(names = "--time-step", paramLabel = "X", defaultValue = "0.5",
            description = "Length of a step in time constants of a neuron, above 0, at most 1 "
                    + "(default: ${DEFAULT-VALUE}).")
    private double timeStep;

    EqProp plan(List<Double> etas) {
        return new EqProp(freeSteps, nudgeSteps, timeStep, beta, batch, etas).withSign(sign).withBiases(biases);
    }

    int batch() {
        return batch;
    }

    double beta() {
        return beta;
    }
}
