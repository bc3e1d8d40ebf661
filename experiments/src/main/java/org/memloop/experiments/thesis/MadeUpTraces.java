package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.memloop.bench.BenchUri;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.recording.Recordings;

/**
 * Keep made-up weak RESET traces among the runs, for the experiments of chapter 4 where there are no measured ones. The
 * file's name says all of them: how many, how long, of which seed. They are as many and as long as the thesis's.
 */
final class MadeUpTraces {
    private static final Pattern NAME = Pattern.compile("weak-reset-\\d+x\\d+-seed-?\\d+\\.h5");
    private static final int DEVICES = 314;
    private static final int PULSES = 5_000;
    /** Which devices there are; the seeds of runs choose which of them a cell follows. */
    private static final long SEED = 0;

    private MadeUpTraces() {}

    static boolean isName(String file) {
        return NAME.matcher(file).matches();
    }

    /** {@return the address of a bench of these traces, which are made when they are not there yet} */
    static BenchUri bench(Path runs) {
        Path file = runs.resolve("weak-reset-" + DEVICES + "x" + PULSES + "-seed" + SEED + ".h5");
        if (!Files.exists(file)) {
            try {
                Files.createDirectories(runs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Recordings.write(WeakResetTraces.HFOX.generate(DEVICES, PULSES, SEED), file);
        }
        return BenchUri.parse("traces:" + file);
    }
}
