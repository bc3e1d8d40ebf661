package org.memloop.cli;

import java.util.Set;
import org.memloop.bench.Quantity;
import org.memloop.learn.PairSettings;
import org.memloop.learn.PairSettings.ThresholdRead;
import picocli.CommandLine.Option;

/** Read how many cells make a synapse and when they are read. */
final class CellOptions {
    private enum Synapse {
        PAIR,
        REFERENCE
    }

    @Option(names = "--synapse", paramLabel = "KIND", defaultValue = "pair",
            description = "What a synapse is made of: a pair of devices, or one device and a fixed reference; pulses can "
                    + "only weaken the latter (default: ${DEFAULT-VALUE}).")
    private Synapse synapse;

    @Option(names = "--reference", paramLabel = "G",
            description = "Conductance of the reference, siemens, for example '90 uS'; needed with --synapse reference "
                    + "(default: none).")
    private String reference;

    @Option(names = "--gth-read", paramLabel = "WHEN", defaultValue = "last",
            description = "Reading that --gth is compared with: last, or fresh, taken for it before the pulses of each "
                    + "mini-batch (default: ${DEFAULT-VALUE}).")
    private ThresholdRead thresholdRead;

    /** Add what was chosen to the other settings. */
    PairSettings complete(PairSettings pairs) {
        PairSettings settings = pairs.withThresholdRead(thresholdRead);
        if (synapse == Synapse.PAIR) {
            return settings;
        }
        if (reference == null) {
            throw new IllegalArgumentException("--synapse reference needs to know the conductance of the reference; "
                    + "say it with --reference, for example --reference '90 uS'");
        }
        return settings.withReference(Quantity.parseOrBare(reference, "S"));
    }

    /** Options that have no effect on the chosen kind of synapse. */
    Set<String> idle() {
        return synapse == Synapse.PAIR ? Set.of("--reference") : Set.of();
    }
}
