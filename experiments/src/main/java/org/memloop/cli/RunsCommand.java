package org.memloop.cli;

import java.nio.file.Path;

import org.memloop.experiments.Console;
import org.memloop.experiments.RunShelf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Look at runs that are there. */
@Command(name = "runs", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true, synopsisSubcommandLabel = "COMMAND",
        description = "List runs, show one, export one for other programs, compare two.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop runs list", "  memloop runs export runs/0001-train --out session.h5",
                "  memloop runs compare runs/0001-train runs/0002-train"})
final class RunsCommand {
    private enum Format {
        H5,
        CSV
    }

    private final RunShelf shelf;

    RunsCommand(Console console) {
        shelf = new RunShelf(console);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "List runs with how they ended.")
    int list(@Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
            description = "Folder that holds the runs (default: ${DEFAULT-VALUE}).") Path runs) {
        shelf.list(runs);
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Show settings, end and journal of a run.")
    int show(@Parameters(paramLabel = "RUN", description = "Folder of the run.") Path folder) {
        shelf.show(folder);
        return 0;
    }

    @Command(name = "export", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Write the journal of a run as tables: one HDF5 file, or a folder of CSV files.")
    int export(@Parameters(paramLabel = "RUN", description = "Folder of the run.") Path folder,
            @Option(names = "--format", paramLabel = "F", defaultValue = "h5",
                    description = "h5 or csv (default: ${DEFAULT-VALUE}).") Format format,
            @Option(names = "--out", paramLabel = "PATH",
                    description = "New file or folder (default: session.h5 or session).") Path out) {
        boolean csv = format == Format.CSV;
        shelf.export(folder, csv, out != null ? out : Path.of(csv ? "session" : "session.h5"));
        return 0;
    }

    @Command(name = "compare", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            description = "Compare settings, results and programs of two runs; exit code 1 when results or programs differ.")
    int compare(@Parameters(paramLabel = "RUN", description = "Folder of one run.") Path first,
            @Parameters(paramLabel = "RUN", description = "Folder of the other.") Path second) {
        return shelf.compare(first, second) ? 0 : 1;
    }
}
