package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.learn.DevicePairs;
import org.memloop.learn.Network;
import org.memloop.learn.PairMap;
import org.memloop.learn.PairSettings;
import org.memloop.recording.Recordings;
import org.memloop.run.Benches;

/** Hold pairs of cells that follow made-up recordings, as many devices and pulses as the thesis measured. */
final class RecordedPairs implements AutoCloseable {
    private static final int DEVICES = 314;
    private static final int PULSES = 5000;

    private final Bench bench;
    private final DevicePairs pairs;

    /**
     * Make up a recording and put pairs on it.
     *
     * @param network shape of the network
     * @param settings how two cells make a weight
     * @param seed which recording, and which cell follows which device
     */
    RecordedPairs(Network network, PairSettings settings, long seed) {
        this.bench = open(2 * network.synapses(), seed);
        this.pairs = new DevicePairs(bench,
                PairMap.inOrder(network, IntStream.range(0, 2 * network.synapses()).toArray()), settings);
    }

    private static Bench open(int cells, long seed) {
        try {
            Path file = Files.createTempFile("memloop-traces", ".npy");
            try {
                Files.delete(file);
                Recordings.write(WeakResetTraces.HFOX.generate(DEVICES, PULSES, seed), file);
                return Benches.open(
                        BenchUri.parse(
                                "traces:" + file + "?rows=2&columns=" + Math.ceilDiv(cells, 2) + "&seed=" + seed));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a recording for a moment: " + e.getMessage(), e);
        }
    }

    DevicePairs pairs() {
        return pairs;
    }

    /** {@return how many cells came to the end of their recording} */
    int exhaustedCells() {
        return bench.exhaustedCells();
    }

    @Override
    public void close() {
        bench.close();
    }
}
