package org.memloop.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

import org.memloop.bench.Quantity;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.experiments.GenerateTracesPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Read the settings of a made-up recording. */
@Command(name = "generate", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true,
        description = "Make up a recording with the statistics of HfOx devices, for want of a measured one.",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop traces generate", "  memloop traces generate --out milder.npy --slope '8 nS' --seed 3"})
final class TracesGenerateCommand implements Callable<Integer> {
    private final ToIntFunction<GenerateTracesPlan> generate;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "traces.h5",
            description = "New file for the recording: .h5 (with units and origin), .npy or .csv "
                    + "(default: ${DEFAULT-VALUE}).")
    private Path file;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "314",
            description = "Devices, 1 or more (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(names = "--pulses", paramLabel = "N", defaultValue = "5000",
            description = "Conductances of each device, the one before the first pulse included, 1 or more "
                    + "(default: ${DEFAULT-VALUE}).")
    private int pulses;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0",
            description = "Number that all randomness hangs off (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--start", paramLabel = "G", defaultValue = "95 uS",
            description = "Median conductance before the first pulse (default: ${DEFAULT-VALUE}).")
    private String start;

    @Option(names = "--start-spread", paramLabel = "X", defaultValue = "0.08",
            description = "Standard deviation of its natural logarithm, no unit (default: ${DEFAULT-VALUE}).")
    private double startSpread;

    @Option(names = "--slope", paramLabel = "G", defaultValue = "10 nS",
            description = "Median loss of conductance with one pulse (default: ${DEFAULT-VALUE}).")
    private String slope;

    @Option(names = "--slope-spread", paramLabel = "X", defaultValue = "0.8",
            description = "Standard deviation of its natural logarithm from device to device, no unit "
                    + "(default: ${DEFAULT-VALUE}).")
    private double slopeSpread;

    TracesGenerateCommand(ToIntFunction<GenerateTracesPlan> generate) {
        this.generate = generate;
    }

    @Override
    public Integer call() {
        return generate.applyAsInt(new GenerateTracesPlan(traces(), Counts.atLeast(spec, 1, "--devices", devices),
                Counts.atLeast(spec, 1, "--pulses", pulses), seed, file));
    }

    private WeakResetTraces traces() {
        WeakResetTraces usual = WeakResetTraces.HFOX;
        return new WeakResetTraces(
                new WeakResetTraces.Start(siemens("--start", start), spread("--start-spread", startSpread),
                        usual.start().leastSiemens(), usual.start().mostSiemens()),
                new WeakResetTraces.Slope(siemens("--slope", slope), spread("--slope-spread", slopeSpread),
                        usual.slope().power(), usual.slope().variation()),
                usual.opening(), usual.noise());
    }

    private double siemens(String option, String text) {
        try {
            double siemens = Quantity.parse(text, "S");
            if (siemens > 0) {
                return siemens;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
        throw new ParameterException(spec.commandLine(), option + " must be more than 0, not " + text);
    }

    private double spread(String option, double value) {
        if (value >= 0 && value <= 5) {
            return value;
        }
        throw new ParameterException(spec.commandLine(), option + " must be 0 to 5, not " + value);
    }
}
