package org.memloop.bench;

import java.nio.file.Path;
import java.util.Optional;

/** Open benches of one kind. Providers are found by {@link java.util.ServiceLoader} and chosen by their scheme. */
public interface BenchProvider {
    /** {@return the scheme this provider answers to, for example {@code sim}} */
    String scheme();

    /** {@return one line that says what the scheme opens, with an example address} */
    String summary();

    /**
     * Name the file that stands for the matter behind an address. What is done to such an array stays done when the
     * bench is closed, and whoever goes on must not do it again; a trip is noted beside the file.
     *
     * @param uri the address
     * @return the file; empty when each opening makes a new array, so that all that was done has to be done again
     */
    default Optional<Path> matter(BenchUri uri) {
        return Optional.empty();
    }

    /**
     * Say what a bench will be without opening it: nothing is connected, nothing is made.
     *
     * @param uri the address; its scheme is this provider's
     * @return what the address and its files tell
     * @throws ConfigurationException when the address is wrong, or such a bench cannot be told of beforehand
     */
    default Blueprint describe(BenchUri uri) {
        throw new ConfigurationException("bench '" + uri + "': a " + scheme() + ": bench cannot be rehearsed");
    }

    /**
     * Open a bench.
     *
     * @param uri the address; its scheme is this provider's
     * @return an open bench
     * @throws BenchException when the address is wrong or an instrument cannot be reached
     */
    Bench open(BenchUri uri);
}
