package org.memloop.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.memloop.bench.Quantity;
import org.memloop.experiments.Console;
import org.memloop.experiments.LabControl;
import org.memloop.experiments.LabHost;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
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
                "  memloop lab start lab.yaml --write bench.yaml", "  memloop lab status --cells cells.csv",
                "  memloop lab fault generator silent --probability 0.1",
                "  memloop lab fault oscilloscope delayed --at '+0.5 s' --delay '3 s'", "  memloop lab stop",
                "  memloop lab discover"})
final class LabCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--control", paramLabel = "PATH", scope = ScopeType.INHERIT,
            description = "Local socket by which other shells reach the laboratory (default: one for each person).")
    private Path control;

    LabCommand(Console console) {
        this.console = console;
    }

    private Path control() {
        return control == null ? LabControl.usual() : control;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: start, status, fault, stop or discover");
    }

    @Command(name = "start", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Switch a laboratory on and print where its instruments are, until Ctrl-C.")
    int start(@Parameters(arity = "0..1", paramLabel = "LAB.YAML", defaultValue = "",
            description = "Laboratory file, as rack: takes it (default: the bench of the thesis).") String file,
            @Option(names = "--ports", paramLabel = "WHICH", defaultValue = "free",
                    description = "free; real: those of real instruments, from 127.0.0.2 on, needs root; file: those "
                            + "that the laboratory file names (default: ${DEFAULT-VALUE}).") LabEmulation.Ports ports,
            @Option(names = "--address", paramLabel = "IP", defaultValue = "",
                    description = "Address of the first instrument (default: this machine alone).") String address,
            @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
                    description = "Where die and noise come from (default: ${DEFAULT-VALUE}).") long seed,
            @Option(names = "--baud", paramLabel = "N", defaultValue = "921600",
                    description = "Speed of the router's line, 0 for no limit (default: ${DEFAULT-VALUE}).") int baud,
            @Option(names = "--latency", paramLabel = "WHICH", defaultValue = "off",
                    description = "Whether instruments take their time: off, simulated (the laboratory's clock alone) "
                            + "or real (default: ${DEFAULT-VALUE}).") String latency,
            @Option(names = "--write", paramLabel = "BENCH.YAML", defaultValue = "",
                    description = "Write a laboratory file with the addresses, for rack:BENCH.YAML "
                            + "(default: none).") String write,
            @Option(names = "--no-mdns", description = "Do not announce the instruments.") boolean quiet,
            @Option(names = "--json", description = "Print one JSON object for each instrument.") boolean json) {
        new LabHost().run(
                new LabHost.Plan(file,
                        new LabEmulation.Terms(seed, new SecureRandom().nextInt(), address, ports, !quiet, baud,
                                latency),
                        control(),
                        write, json),
                console);
        return 0;
    }

    @Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Show the state of the die and the instruments.")
    int status(@Option(names = "--json", description = "Print one JSON object.") boolean json,
            @Option(names = "--cells", paramLabel = "FILE.CSV", defaultValue = "",
                    description = "Write pulses, state and conductance of every cell there instead "
                            + "(default: none).") String cells) {
        if (cells.isEmpty()) {
            new LabControl(control()).status(console, json);
        } else {
            new LabControl(control()).cells(Path.of(cells));
        }
        return 0;
    }

    @Command(name = "fault", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Let something go wrong with an instrument, or right again with 'none'.")
    int fault(@Parameters(paramLabel = "ROLE", description = "Whose instrument, for example generator.") String role,
            @Parameters(paramLabel = "FAULT", description = "What, for example silent.") String fault,
            @Option(names = "--probability", paramLabel = "P", defaultValue = "1",
                    description = "At how large a share of its occasions (default: ${DEFAULT-VALUE}).") double probability,
            @Option(names = "--occasion", paramLabel = "N", defaultValue = "0",
                    description = "At this occasion alone, counted from 1 (default: all).") long occasion,
            @Option(names = "--at", paramLabel = "TIME", defaultValue = "+0 s",
                    description = "From this moment of simulated time on; +TIME counts from now "
                            + "(default: ${DEFAULT-VALUE}).") String at,
            @Option(names = "--delay", paramLabel = "TIME", defaultValue = "1 s",
                    description = "How late answers come, where that is the fault "
                            + "(default: ${DEFAULT-VALUE}).") String delay) {
        boolean fromNow = at.startsWith("+");
        new LabControl(control()).fault(new LabFile.FaultEntry(role, fault, probability, occasion,
                seconds("--at", fromNow ? at.substring(1) : at), seconds("--delay", delay)), fromNow);
        return 0;
    }

    private double seconds(String option, String text) {
        try {
            return Quantity.parse(text, "s");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Switch the laboratory off.")
    int stop() {
        new LabControl(control()).stop();
        return 0;
    }
}
