package org.memloop.cli;

import java.nio.file.Path;
import org.memloop.experiments.Console;
import org.memloop.experiments.LabControl;
import org.memloop.experiments.LabHost;
import org.memloop.lab.LabEmulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Run a virtual laboratory for any program that speaks to instruments, and look at it from another shell. */
@Command(name = "lab", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Run a virtual laboratory that any VISA program can use, and look at it from another shell.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop lab start", "  memloop lab start lab.yaml --ports real", "  memloop lab status",
                "  memloop lab fault generator silent --probability 0.1", "  memloop lab stop"})
final class LabCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--control", paramLabel = "PATH", scope = ScopeType.INHERIT,
            description = "Local socket by which other shells reach the laboratory (default: one for each person).")
    private Path control;

    enum Ports {
        FREE,
        REAL
    }

    LabCommand(Console console) {
        this.console = console;
    }

    private Path control() {
        return control == null ? LabControl.usual() : control;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: start, status, fault or stop");
    }

    @Command(name = "start", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Switch a laboratory on and print where its instruments are, until Ctrl-C.")
    int start(@Parameters(arity = "0..1", paramLabel = "LAB.YAML", defaultValue = "",
            description = "Laboratory file, as rack: takes it (default: the bench of the thesis).") String file,
            @Option(names = "--ports", paramLabel = "WHICH", defaultValue = "free",
                    description = "free, or real: those of real instruments, from 127.0.0.2 on; needs root "
                            + "(default: ${DEFAULT-VALUE}).") Ports ports,
            @Option(names = "--address", paramLabel = "IP", defaultValue = "",
                    description = "Address of the first instrument (default: this machine alone).") String address,
            @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
                    description = "Where die and noise come from (default: ${DEFAULT-VALUE}).") long seed,
            @Option(names = "--baud", paramLabel = "N", defaultValue = "921600",
                    description = "Speed of the router's line, 0 for no limit (default: ${DEFAULT-VALUE}).") int baud,
            @Option(names = "--no-mdns", description = "Do not announce the instruments.") boolean quiet,
            @Option(names = "--json", description = "Print one JSON object for each instrument.") boolean json) {
        new LabHost().run(new LabHost.Plan(file,
                new LabEmulation.Terms(seed, address, ports == Ports.REAL, !quiet, baud), control(), json), console);
        return 0;
    }

    @Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Show the state of the die and the instruments.")
    int status(@Option(names = "--json", description = "Print one JSON object.") boolean json) {
        new LabControl(control()).status(console, json);
        return 0;
    }

    @Command(name = "fault", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Let something go wrong with an instrument, or right again with 'none'.")
    int fault(@Parameters(paramLabel = "ROLE", description = "Whose instrument, for example generator.") String role,
            @Parameters(paramLabel = "FAULT", description = "What, for example silent.") String fault,
            @Option(names = "--probability", paramLabel = "P", defaultValue = "1",
                    description = "At how large a share of its occasions (default: ${DEFAULT-VALUE}).") double probability,
            @Option(names = "--occasion", paramLabel = "N", defaultValue = "0",
                    description = "At this occasion alone, counted from 1 (default: all).") long occasion) {
        new LabControl(control()).fault(role, fault, probability, occasion);
        return 0;
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Switch the laboratory off.")
    int stop() {
        new LabControl(control()).stop();
        return 0;
    }
}
