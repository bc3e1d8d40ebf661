package org.memloop.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.CheckLab;
import org.memloop.experiments.Console;
import org.memloop.experiments.LabSession;
import org.memloop.experiments.ProveLab;
import org.memloop.lab.LabFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Look at a laboratory, and prove it, before a die is at risk. */
final class LabProofCommands {
    private LabProofCommands() {}

    /** Say which laboratory, real or rehearsed. */
    static final class Which {
        @Parameters(arity = "0..1", paramLabel = "LAB.YAML", defaultValue = "",
                description = "Laboratory file (default: the bench of the thesis).")
        private String file;

        @Option(names = "--virtual", order = 1, description = "Rehearse on emulated instruments.")
        private boolean rehearsed;

        @Option(names = "--seed", order = 2, paramLabel = "N", defaultValue = "1",
                description = "Where the noise of emulated instruments comes from (default: ${DEFAULT-VALUE}).")
        private long seed;

        @Option(names = "--wiring", order = 3, paramLabel = "FAULT", split = ",", defaultValue = "",
                description = "Wire the emulation wrongly, for example rows-reversed or swap-bit-lines-12-13.")
        private List<String> wiring;

        @Option(names = "--fault", order = 4, paramLabel = "ROLE:FAULT[:P]", split = ",", defaultValue = "",
                description = "Let an emulated instrument fail, for example generator:missed-trigger:0.001.")
        private List<String> faults;

        LabSession.Plan plan() {
            return new LabSession.Plan(file, rehearsed
                    ? Optional.of(new LabSession.Rehearsal(seed, given(wiring),
                            given(faults).stream().map(Which::fault).toList()))
                    : Optional.empty());
        }

        private static List<String> given(List<String> values) {
            return values.stream().filter(value -> !value.isBlank()).toList();
        }

        private static LabFile.FaultEntry fault(String text) {
            String[] parts = text.split(":");
            try {
                double probability = parts.length > 2 ? Double.parseDouble(parts[2]) : 1;
                return new LabFile.FaultEntry(parts[0], parts[1], probability, 0, 0, 1);
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
                throw new ConfigurationException("'" + text
                        + "' is not of the form role:fault or role:fault:probability", e);
            }
        }
    }

    @Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false,
            description = "Connect to every instrument and ask each how it is; nothing is pulsed.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:every instrument may be used", "1:one may not, or the file is wrong"})
    static final class Check implements Callable<Integer> {
        private final Console console;

        @Mixin
        private Which which;

        @Option(names = "--json", order = 9, description = "Print one JSON object for each instrument.")
        private boolean json;

        Check(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return CheckLab.run(which.plan(), json, console) ? 0 : 1;
        }
    }

    @Command(name = "prove", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false,
            description = "Prove address map, polarity, triggers, pulses and readings with a board of resistors, or"
                    + " nothing, in the socket; no pulse is above 0.3 V unless nothing conducts.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:proved", "1:something is wrong; what, and where, is said"})
    static final class Prove implements Callable<Integer> {
        private final Console console;

        enum Socket {
            BOARD,
            EMPTY
        }

        @Mixin
        private Which which;

        @Option(names = "--socket", order = 5, paramLabel = "WHAT",
                description = "What is in the socket: board or empty. Without it, nothing is fired but in a rehearsal.")
        private Socket socket;

        @Option(names = "--tolerance", order = 6, paramLabel = "SHARE", defaultValue = "0.05",
                description = "How far a resistor may be from the board's map (default: ${DEFAULT-VALUE}).")
        private double tolerance;

        @Option(names = "--out", order = 7, paramLabel = "DIR", defaultValue = "proof",
                description = "Where calibration card and maps go (default: ${DEFAULT-VALUE}).")
        private Path out;

        @Option(names = "--dry-run", order = 8, description = "Tell what would be sent, and touch nothing.")
        private boolean dryRun;

        @Option(names = "--json", order = 9, description = "Print one JSON object for each finding.")
        private boolean json;

        Prove(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Optional<ProveLab.Socket> said = Optional.ofNullable(socket)
                    .map(word -> ProveLab.Socket.valueOf(word.name()));
            return new ProveLab(new ProveLab.Plan(which.plan(), said, tolerance, out, dryRun, json), console,
                    Clock.systemDefaultZone()).run() ? 0 : 1;
        }
    }

    @Command(name = "record", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false,
            description = "Keep every byte between the drivers and the instruments while each is asked how it is; nothing is"
                    + " pulsed. With pulses: --bench 'rack:lab.yaml?record=DIR'.")
    static final class Record implements Callable<Integer> {
        private final Console console;

        @Mixin
        private Which which;

        @Option(names = "--out", order = 7, paramLabel = "DIR", required = true,
                description = "Where the transcripts go, one for each instrument.")
        private Path out;

        Record(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return CheckLab.record(which.plan(), out, console) ? 0 : 1;
        }
    }

    @Command(name = "schema", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Print the JSON schema of laboratory files, for an editor.")
    static final class Schema implements Runnable {
        private final Console console;

        Schema(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            console.result(LabFile.schema().strip());
        }
    }

    @Command(name = "example", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Print the laboratory file of the thesis's bench, to begin one's own with.")
    static final class Example implements Runnable {
        private final Console console;

        Example(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            console.result(LabFile.builtInText().strip());
        }
    }
}
