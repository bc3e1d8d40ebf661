package org.memloop.bench;

/** Open benches of one kind. Providers are found by {@link java.util.ServiceLoader} and chosen by their scheme. */
public interface BenchProvider {
    /** {@return the scheme this provider answers to, for example {@code sim}} */
    String scheme();

    /** {@return one line that says what the scheme opens, with an example address} */
    String summary();

    /**
     * Open a bench.
     *
     * @param uri the address; its scheme is this provider's
     * @return an open bench
     * @throws BenchException when the address is wrong or an instrument cannot be reached
     */
    Bench open(BenchUri uri);
}
