package org.memloop.sim.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Say whether emulated instruments take the time that real ones take to understand, to answer and to settle. */
public enum Latency {
    /** They are as fast as this machine, and their outputs are where they should be at once. */
    OFF,
    /** The laboratory's clock passes as if they took their time; nobody waits. */
    SIMULATED,
    /** Answers come as late as from the instruments, too. */
    REAL;

    /** {@return its name in addresses and on the command line} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Find one by its name.
     *
     * @param text the name
     * @return it; empty when there is none of that name
     */
    public static Optional<Latency> of(String text) {
        return Arrays.stream(values()).filter(latency -> latency.text().equals(text)).findFirst();
    }

    /** {@return the names of all} */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Latency::text).toList();
    }
}
