package org.memloop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.memloop.experiments.Console;
import org.memloop.experiments.selftest.CrashTest;
import org.memloop.experiments.selftest.FaultsTest;
import org.memloop.experiments.selftest.SelftestPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Put this installation to the test on this machine. */
@Command(name = "selftest", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, usageHelpAutoWidth = true, synopsisSubcommandLabel = "COMMAND",
        description = "Kill and break programs of this installation, on simulated dies, and look whether a pulse was lost or "
                + "fired twice.")
final class SelftestCommand {
    private final Console console;

    SelftestCommand(Console console) {
        this.console = console;
    }

    @Command(name = "crash", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false, usageHelpAutoWidth = true,
            description = "Kill training, recordings and campaigns at random moments, go on with them, "
                    + "and compare with what was not disturbed.")
    int crash(@Option(names = "--rounds", paramLabel = "N", defaultValue = "10",
            description = "Programs to disturb, 1 or more (default: ${DEFAULT-VALUE}).") int rounds,
            @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
                    description = "Number that the moments hang off (default: ${DEFAULT-VALUE}).") long seed) {
        new CrashTest(new SelftestPlan(Math.max(1, rounds), seed, folder()), console).run();
        return 0;
    }

    @Command(name = "faults", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false, usageHelpAutoWidth = true,
            description = "Let every fault of the virtual laboratory happen during a campaign, fill a disk (as root), harm a journal; "
                    + "look whether lines are on ground, nothing is lost, and the run goes on.")
    int faults(@Option(names = "--rounds", paramLabel = "N", defaultValue = "1",
            description = "How often each fault happens, 1 or more (default: ${DEFAULT-VALUE}).") int rounds,
            @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
                    description = "Number that the moments hang off (default: ${DEFAULT-VALUE}).") long seed) {
        new FaultsTest(new SelftestPlan(Math.max(1, rounds), seed, folder()), console).run();
        return 0;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("memloop-selftest-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
