package org.memloop.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;

/** Open benches on {@link Matter} that a test has put there, {@code matter:FILE}; what is done to it lasts. */
public final class MatterProvider implements BenchProvider {
    static final Map<String, Matter> THERE = new ConcurrentHashMap<>();

    @Override
    public String scheme() {
        return "matter";
    }

    @Override
    public String summary() {
        return "a test";
    }

    @Override
    public Optional<Path> matter(BenchUri uri) {
        return Optional.of(Path.of(uri.path()));
    }

    @Override
    public Bench open(BenchUri uri) {
        return THERE.get(uri.path()).open();
    }
}
