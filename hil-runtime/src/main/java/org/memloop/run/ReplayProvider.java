package org.memloop.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;

/** Open recorded sessions. */
public final class ReplayProvider implements BenchProvider {
    /** Make a provider, for {@link java.util.ServiceLoader}. */
    public ReplayProvider() {}

    @Override
    public String scheme() {
        return "replay";
    }

    @Override
    public String summary() {
        return "the recorded session of a run, which answers the same program again and refuses any other:"
                + " replay:runs/0001-train";
    }

    @Override
    public Bench open(BenchUri uri) {
        // a seed means nothing to a session that is over, yet every run has one
        uri.allow(Set.of("seed"));
        Path named = Path.of(uri.path());
        Path file = Files.isDirectory(named) ? named.resolve("journal.mlj") : named;
        if (uri.path().isEmpty() || !Files.exists(file)) {
            throw new ConfigurationException("bench '" + uri + "': there is no journal " + file
                    + "; write for example replay:runs/0001-train");
        }
        JournalReader.Content content = JournalReader.read(file);
        JournalHeader header = content.header().orElseThrow(() -> new ConfigurationException("bench '" + uri
                + "': a journal of version 1 does not say which bench it is of, and cannot be replayed"));
        if (content.beyond() > 0) {
            throw new ConfigurationException("bench '" + uri + "': " + content.damage().orElse(""));
        }
        return new Replaying(header.capabilities(), new Recorded(content));
    }
}
