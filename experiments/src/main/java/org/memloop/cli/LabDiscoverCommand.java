package org.memloop.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Quantity;
import org.memloop.experiments.Console;
import org.memloop.experiments.DiscoverInstruments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read how to search for instruments. */
@Command(name = "discover", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Search for instruments on networks, serial ports and, with a VISA library, buses. They are asked "
                + "who they are and nothing else; serial ports are not opened.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop lab discover", "  memloop lab discover --timeout '10 s' --json"})
final class LabDiscoverCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "4 s",
            description = "How long the search may take, 1 s to 60 s (default: ${DEFAULT-VALUE}).")
    private String timeout;

    @Option(names = "--json", description = "Print one JSON object for each instrument.")
    private boolean json;

    LabDiscoverCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        new DiscoverInstruments(limit(), json, console).run();
        return 0;
    }

    private Duration limit() {
        double seconds;
        try {
            seconds = Quantity.parse(timeout, "s");
        } catch (IllegalArgumentException | ConfigurationException e) {
            throw new ParameterException(spec.commandLine(), "--timeout: " + e.getMessage(), e);
        }
        if (!(seconds >= 1 && seconds <= 60)) {
            throw new ParameterException(spec.commandLine(), "--timeout must be 1 s to 60 s, not " + timeout);
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
