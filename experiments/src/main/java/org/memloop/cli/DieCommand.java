package org.memloop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import org.memloop.calibration.CellHealth;
import org.memloop.die.CellLedger;
import org.memloop.die.LedgerFile;
import org.memloop.experiments.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Show what is known of dies. */
@Command(name = "die", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true, description = "Show what is known of the cells of a die.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop die list", "  memloop die show A7", "  memloop die show A7 --cell 3:17"})
final class DieCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    DieCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or show");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Name the dies there are ledgers of.")
    int list(@Option(names = "--dies", paramLabel = "DIR", defaultValue = "dies",
            description = "Folder that holds the ledgers of dies (default: ${DEFAULT-VALUE}).") Path dies) {
        try (Stream<Path> folders = Files.list(dies)) {
            folders.filter(folder -> Files.exists(folder.resolve("cells.csv"))).sorted()
                    .forEach(folder -> console.result(line(LedgerFile.read(folder.resolve("cells.csv")))));
            return 0;
        } catch (NoSuchFileException _) {
            console.result("there are no ledgers of dies in " + dies);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(LedgerFile file) {
        CellLedger ledger = file.ledger();
        return String.format(Locale.ROOT, "%s: %s cells, %,d healthy, %,d pulses, %d runs", file.die(),
                ledger.geometry(), ledger.healthyCells().length, Arrays.stream(ledger.pulses()).sum(),
                file.runs().size());
    }

    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Say what is known of a die, or of one of its cells.")
    int show(@Parameters(paramLabel = "ID", description = "What the die is called.") String die,
            @Option(names = "--dies", paramLabel = "DIR", defaultValue = "dies",
                    description = "Folder that holds the ledgers of dies (default: ${DEFAULT-VALUE}).") Path dies,
            @Option(names = "--cell", paramLabel = "ROW:COLUMN", description = "One cell.") String cell) {
        Path path = dies.resolve(die).resolve("cells.csv");
        LedgerFile file = LedgerFile.read(path);
        CellLedger ledger = file.ledger();
        if (cell != null) {
            console.result(cell(ledger, number(ledger, cell)));
            return 0;
        }
        console.result(line(file));
        for (CellHealth health : CellHealth.values()) {
            console.result(String.format(Locale.ROOT, "  %-11s %,7d", health.name().toLowerCase(Locale.ROOT)
                    .replace('_', ' '),
                    ledger.cells(one -> ledger.cell(one).health().filter(health::equals).isPresent()).length));
        }
        console.result(String.format(Locale.ROOT, "  %-11s %,7d", "not known",
                ledger.cells(one -> ledger.cell(one).health().isEmpty()).length));
        long most = Arrays.stream(ledger.pulses()).max().orElse(0);
        console.result(String.format(Locale.ROOT, "  most pulses of one cell: %,d; pulses in doubt: %,d", most,
                Arrays.stream(ledger.cells(_ -> true)).mapToLong(one -> ledger.cell(one).uncertainPulses()).sum()));
        file.runs().values().forEach(run -> console.result("  run " + run.folder()));
        console.result("cell by cell: " + path);
        return 0;
    }

    private int number(CellLedger ledger, String text) {
        try {
            String[] parts = text.split(":");
            return ledger.geometry().cell(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ParameterException(spec.commandLine(),
                    "--cell is ROW:COLUMN on a " + ledger.geometry() + " array, not '" + text + "'", e);
        }
    }

    private static String cell(CellLedger ledger, int cell) {
        CellLedger.Entry entry = ledger.cell(cell);
        return ledger.geometry().describe(cell) + ": "
                + entry.health().map(health -> health.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .orElse("not known")
                + ", " + entry.setPulses() + " SET and " + entry.resetPulses() + " RESET pulses"
                + (entry.uncertainPulses() > 0 ? " (" + entry.uncertainPulses() + " in doubt)" : "")
                + (entry.lastGateVolts().isPresent() ? ", last gate " + entry.lastGateVolts().getAsDouble() + " V" : "")
                + (entry.lastSiemens().isPresent()
                        ? String.format(Locale.ROOT, ", %.2f uS at %s", 1e6 * entry.lastSiemens().getAsDouble(),
                                entry.lastRead().orElseThrow())
                        : "");
    }
}
