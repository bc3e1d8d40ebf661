package org.memloop.experiments;

import java.util.Locale;
import java.util.stream.IntStream;

import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;

/** Make up a recording of weak RESET traces, to train on where there are no measured ones. */
public final class GenerateTraces {
    private GenerateTraces() {}

    /**
     * Do it.
     *
     * @param plan every setting
     * @param console who is told
     * @throws org.memloop.bench.BenchException when the file's name is no recording's
     * @throws java.io.UncheckedIOException when the file exists or cannot be written
     */
    public static void run(GenerateTracesPlan plan, Console console) {
        Recordings.requireNew(plan.file());
        Recording recording = plan.traces().generate(plan.devices(), plan.pulses(), plan.seed());
        Recordings.write(recording, plan.file());
        console.result(summary(recording) + ": " + plan.file());
    }

    /**
     * Say what a recording holds.
     *
     * @param recording the recording
     * @return one line
     */
    public static String summary(Recording recording) {
        return String.format(Locale.ROOT, "%,d devices, %,d pulses, median %.1f uS at first, %.1f uS at last",
                recording.devices(), recording.pulses(), 1e6 * median(recording, 0),
                1e6 * median(recording, recording.pulses() - 1));
    }

    private static double median(Recording recording, int pulse) {
        return new Median().evaluate(
                IntStream.range(0, recording.devices()).mapToDouble(device -> recording.siemens(device, pulse))
                        .toArray());
    }
}
