package org.memloop.run;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Blueprint;
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
     * Tell whether an address leads to the same array each time, so that what is known of its cells holds the next time.
     *
     * @param uri the address
     * @return true when it does
     */
    public static boolean lasting(BenchUri uri) {
        return provider(uri).matter(uri).isPresent();
    }

    /**
     * Say what a bench will be without opening it.
     *
     * @param uri the address
     * @return what the address and its files tell
     * @throws org.memloop.bench.BenchException when the address is wrong
     */
    public static Blueprint describe(BenchUri uri) {
        return provider(uri).describe(uri);
    }

    /** {@return every kind of bench there is on this machine, by scheme} */
    public static List<BenchProvider> providers() {
        return ServiceLoader.load(BenchProvider.class).stream().map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(BenchProvider::scheme)).toList();
    }

    static BenchProvider provider(BenchUri uri) {
        return providers().stream().filter(provider -> provider.scheme().equals(uri.scheme())).findFirst()
                .orElseThrow(
                        () -> new ConfigurationException("bench '" + uri + "': no bench has the scheme '" + uri.scheme()
                                + "'; there are "
                                + providers().stream().map(p -> p.scheme() + ":").collect(Collectors.joining(", "))));
    }
}
