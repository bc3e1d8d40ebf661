package org.memloop.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.memloop.experiments.ValidatePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Read the settings of a validation of the simulated devices. */
@Command(name = "devices", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Hold the simulated devices against every number they have to hit: target, simulated value, "
                + "verdict. The exit code is 1 when one of them is missed.",
        footerHeading = "%nExamples:%n", footer = {
                "  memloop validate devices --subject hfox-cell",
                "  memloop validate devices --figures figures --seed 7"})
final class ValidateDevicesCommand implements Callable<Integer> {
    private final ToIntFunction<ValidatePlan> validate;

    @Option(names = "--subject", paramLabel = "NAME", split = ",", defaultValue = "",
            description = "Which group of checks; may be repeated (default: all).")
    private Set<String> subjects;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "7",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--figures", paramLabel = "DIR",
            description = "Also draw, as PNG and SVG in this folder, how cells fall under weak RESET.")
    private Path figures;

    @Option(names = "--json", description = "Print one JSON object for each check on standard output, nothing else.")
    private boolean json;

    ValidateDevicesCommand(ToIntFunction<ValidatePlan> validate) {
        this.validate = validate;
    }

    @Override
    public Integer call() {
        subjects.remove("");
        return validate.applyAsInt(new ValidatePlan(subjects, seed, Optional.ofNullable(figures), json));
    }
}
