package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.memloop.experiments.Chip;
import picocli.CommandLine.Option;

/** Read which die is on the bench, and what its readings mean. */
final class ChipOptions {
    @Option(names = "--die", paramLabel = "ID",
            description = "Name of the die on the bench; the ledger of its cells is kept under it "
                    + "(default: what the laboratory file says).")
    private String die;

    @Option(names = "--dies", paramLabel = "DIR", defaultValue = "dies",
            description = "Folder that holds the ledgers of dies (default: ${DEFAULT-VALUE}).")
    private Path dies;

    @Option(names = "--card", paramLabel = "FILE",
            description = "Calibration card: what readings mean, and how high pulses really are "
                    + "(default: none).")
    private Path card;

    @Option(names = "--accept-card",
            description = "Use the card although it is outdated or was measured on another bench.")
    private boolean acceptCard;

    Chip chip() {
        return new Chip(Optional.ofNullable(die), dies, Optional.ofNullable(card), acceptCard);
    }
}
