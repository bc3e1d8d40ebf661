package org.memloop.sim.replay;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.sim.array.SimBench;
import org.memloop.instrument.StepTiming;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Blueprint;
import java.util.List;
import org.memloop.bench.Geometry;
import org.memloop.recording.Recordings;

/** Open recordings: {@code traces:FILE?seed=...&rows=...&columns=...&dataset=...}. */
public final class TracesBenchProvider implements BenchProvider {
    private static final int MOST_CELLS = 16 << 20;

    /** Make a provider; {@link java.util.ServiceLoader} does. */
    public TracesBenchProvider() {}

    @Override
    public String scheme() {
        return "traces";
    }

    @Override
    public String summary() {
        return "recorded weak RESET traces, one for each cell (.h5, .npy, .csv; rows=128, columns=64, dataset= in HDF5): "
                + "traces:traces.h5?seed=7";
    }

    @Override
    public Blueprint describe(BenchUri uri) {
        return new Blueprint(
                new Capabilities("recording " + path(uri), geometry(uri), SimBench.LIMITS,
                        new Capabilities.ReadAccuracy(0, 0), List.of(), TracesBench.OPERATIONS),
                StepTiming.USUAL.settleSeconds(), StepTiming.USUAL.recoverySeconds(), 0, 0,
                List.of("the recording is not read"));
    }

    @Override
    public Bench open(BenchUri uri) {
        Geometry geometry = geometry(uri);
        Optional<String> dataset = Optional.ofNullable(uri.parameters().get("dataset"));
        return new TracesBench(Recordings.read(path(uri), dataset), geometry, uri.number("seed", 1));
    }

    private static Geometry geometry(BenchUri uri) {
        uri.allow(Set.of("seed", "rows", "columns", "dataset"));
        if (uri.path().isBlank()) {
            throw new ConfigurationException(
                    "bench '" + uri + "': say which recording, for example traces:traces.h5?seed=7");
        }
        long rows = uri.number("rows", 128);
        long columns = uri.number("columns", 64);
        if (rows < 1 || columns < 1 || rows > MOST_CELLS || columns > MOST_CELLS || rows * columns > MOST_CELLS) {
            throw new ConfigurationException(
                    "bench '" + uri + "': an array has at least one row and column and at most "
                            + MOST_CELLS + " cells, not " + rows + "x" + columns);
        }
        return new Geometry((int) rows, (int) columns);
    }

    private static Path path(BenchUri uri) {
        try {
            return Path.of(uri.path());
        } catch (InvalidPathException e) {
            throw new ConfigurationException("bench '" + uri + "': '" + uri.path() + "' cannot name a file", e);
        }
    }
}
