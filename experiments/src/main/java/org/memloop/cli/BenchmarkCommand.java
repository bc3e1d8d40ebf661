package org.memloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Group the measurements of speed. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Measure how fast a part of the loop is.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop benchmark bench --bench wire:", "  memloop benchmark eqprop --rule continuous"})
final class BenchmarkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to measure: bench, devices, eqprop or links");
    }
}
