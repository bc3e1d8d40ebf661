package org.memloop.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;

/** Open benches on {@link Matter} that a test has put there, {@code matter:FILE}; what is done to it lasts. */
public final class MatterProvider implements BenchProvider {
    static final Map<String, Matter> THERE = new ConcurrentHashMap<>();
    static final Environment HERE = new Environment("test", Optional.empty(), false, "25", "a system", "a host",
            "somebody", 1);

    /** Put new matter somewhere. */
    static Matter put(Path place) {
        Matter matter = new Matter();
        THERE.put(place.toString(), matter);
        return matter;
    }

    /** Open a session on the matter at a place. */
    static Session open(Path at, Session.Place place, List<String> commandLine, Map<String, String> settings) {
        BenchUri uri = new BenchUri("matter", at.toString(), Map.of());
        return Session.open(new Session.Request(uri, place,
                capabilities -> new RunHeader("test", commandLine, settings, 3, uri.toString(), capabilities,
                        List.of()),
                _ -> new long[0], true, HERE, Clock.systemUTC()));
    }

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
