package org.memloop.run;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;

/**
 * Open a bench by its address. This is the only place where a program says which world it works in; whatever it opens
 * is guarded.
 */
public final class Benches {
    private Benches() {}

    /**
     * Open a bench whose programs are not recorded, for measuring its speed or for looking at it.
     *
     * @param uri for example {@code sim:hfox-128x64?seed=1}
     * @return the guarded bench
     * @throws org.memloop.bench.BenchException when the address is wrong or an instrument cannot be reached
     */
    public static Bench open(BenchUri uri) {
        return new Guarded(provider(uri).open(uri));
    }

    /**
     * Open a bench whose every program is written down before it leaves.
     *
     * @param uri the address
     * @param journal starts the journal, once the bench is open and can say what it is
     * @return the guarded and recorded bench
     * @throws org.memloop.bench.BenchException when the address is wrong or an instrument cannot be reached
     */
    public static Bench open(BenchUri uri, Function<Capabilities, Journal> journal) {
        Bench bench = provider(uri).open(uri);
        try {
            return new Guarded(new Journaled(bench, journal.apply(bench.capabilities())));
        } catch (RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    /** {@return every kind of bench there is on this machine, by scheme} */
    public static List<BenchProvider> providers() {
        return ServiceLoader.load(BenchProvider.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(BenchProvider::scheme)).toList();
    }

    private static BenchProvider provider(BenchUri uri) {
        return providers().stream().filter(provider -> provider.scheme().equals(uri.scheme())).findFirst()
                .orElseThrow(
                        () -> new ConfigurationException("bench '" + uri + "': no bench has the scheme '" + uri.scheme()
                                + "'; there are "
                                + providers().stream().map(p -> p.scheme() + ":").collect(Collectors.joining(", "))));
    }
}
