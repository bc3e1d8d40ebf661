package org.memloop.lab;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Blueprint;
import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.router.RouterFrames;

/** Open a laboratory of real instruments. */
public final class RackProvider implements BenchProvider {
    /** Make a provider, for {@link java.util.ServiceLoader}. */
    public RackProvider() {}

    @Override
    public String scheme() {
        return "rack";
    }

    @Override
    public String summary() {
        return "the real instruments of a laboratory file (record= folder for a transcript of every link;"
                + " pulses=source-measure-unit forces voltages slowly, compliance= at most this current),"
                + " for example rack:lab-a.yaml";
    }

    @Override
    public Optional<Path> matter(BenchUri uri) {
        return Optional.of(Path.of(uri.path()));
    }

    @Override
    public Blueprint describe(BenchUri uri) {
        return LabBlueprint.of(file(uri), RouterFrames.BAUD);
    }

    @Override
    public Bench open(BenchUri uri) {
        Outside owned = Outside.owned();
        String record = uri.parameters().get("record");
        return Laboratory.open(file(uri), BenchClock.real(),
                record == null ? owned : owned.recorded(Path.of(record)));
    }

    private static LabFile file(BenchUri uri) {
        // a seed means nothing to silicon, yet every run has one
        uri.allow(Set.of("seed", "record", "pulses", "compliance"));
        if (uri.path().isEmpty()) {
            throw new ConfigurationException("rack: needs a laboratory file, for example rack:lab-a.yaml");
        }
        return ForcedLab.of(LabFile.read(Path.of(uri.path())), uri);
    }
}
