package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.memloop.bench.BenchUri;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;

/**
 * Keep made-up weak RESET traces among the runs, for the experiments of chapter 4 where there are no measured ones. The
 * file's name says all of them: how many, how long, of which seed.
 */
final class MadeUpTraces {
    private static final Pattern NAME = Pattern.compile("weak-reset-\\d+x\\d+-seed-?\\d+\\.h5");
    private static final int DEVICES = 314;
    private static final int PULSES = 5_000;

    private MadeUpTraces() {}

    static boolean isName(String file) {
        return NAME.matcher(file).matches();
    }

    /** {@return as many devices, pulsed as often, as the thesis has} */
    static Recording traces(long seed) {
        return WeakResetTraces.HFOX.generate(DEVICES, PULSES, seed);
    }

    /** {@return the address of a bench of these traces, which are made when they are not there yet} */
    static BenchUri bench(Path runs, long seed) {
        Path file = runs.resolve("weak-reset-" + DEVICES + "x" + PULSES + "-seed" + seed + ".h5");
        if (!Files.exists(file)) {
            try {
                Files.createDirectories(runs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Recordings.write(traces(seed), file);
        }
        return BenchUri.parse("traces:" + file);
    }
}
