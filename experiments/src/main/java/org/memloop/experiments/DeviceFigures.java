package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Preparation;
import org.memloop.calibration.TraceRecorder;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.recording.Recording;
import org.memloop.report.Figure;
import org.memloop.run.Benches;

/** Draw how simulated cells fall under weak RESET: one almost linear, one noisy, and 314 of them (thesis, figure 4.9). */
final class DeviceFigures {
    private static final int DEVICES = 314;
    private static final int PULSES = 5000;

    private final long seed;
    private final Console console;

    DeviceFigures(long seed, Console console) {
        this.seed = seed;
        this.console = console;
    }

    /** Measure and write the figures as PNG and SVG. */
    void write(Path folder) {
        List<Figure> examples = TraceFigures.examples(record());
        write(folder, "figure-4.9a-linear-device", examples.get(0));
        write(folder, "figure-4.9b-noisy-device", examples.get(1));
        write(folder, "figure-4.9c-all-devices", examples.get(2));
    }

    private Recording record() {
        try (Bench bench = Benches.open(BenchUri.parse("sim:hfox-leti-128x64?seed=" + seed))) {
            int[] healthy = Preparation.USUAL.prepare(bench, (_, _, _) -> {}).healthyCells();
            int[] cells = IntStream.range(0, DEVICES).map(i -> healthy[(int) ((long) i * healthy.length / DEVICES)])
                    .toArray();
            return TraceRecorder.measure(new WeakResetCharacterization(PULSES, Pulse.WEAK_RESET), bench,
                    ConductanceCard.WHOLE_PATH, cells, (_, _, _) -> {});
        }
    }

    private void write(Path folder, String name, Figure figure) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), figure.png());
            Files.writeString(folder.resolve(name + ".svg"), figure.svg());
            console.result("figure " + folder.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the figure " + folder.resolve(name), e);
        }
    }
}
