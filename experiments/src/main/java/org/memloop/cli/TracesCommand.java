package org.memloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Group what makes recordings of weak RESET traces. */
@Command(name = "traces", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Make recordings of weak RESET traces, to train on with --bench traces:FILE.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop traces generate", "  memloop traces measure --bench rack:lab.yaml --out die7.h5",
                "  memloop traces import endurance_log.csv.gz --out endurance.h5",
                "  memloop train --bench traces:die7.h5?seed=7"})
final class TracesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: generate, measure or import");
    }
}
