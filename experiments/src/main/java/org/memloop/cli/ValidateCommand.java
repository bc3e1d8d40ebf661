package org.memloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Group the comparisons with known numbers. */
@Command(name = "validate", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Hold a part of the program against numbers it has to hit.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop validate devices", "  memloop validate devices --figures figures"})
final class ValidateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to validate: devices");
    }
}
