package org.memloop.link.discovery;

import java.util.Comparator;
import java.util.List;

/**
 * Describe an instrument, or a port that may lead to one.
 *
 * @param identity maker, model, serial number and firmware, or what else is known of it; empty when it did not say
 * @param resources resource names by which it is reached, the best one first
 * @param by how it was found: {@code mdns}, {@code vxi-11}, {@code serial} or {@code visa}
 * @param page its page on the web; empty when none is known
 */
public record Found(String identity, List<String> resources, List<String> by, String page) {
    static final Comparator<Found> ORDER = Comparator.comparing((Found found) -> found.resources().getFirst());

    /** Take the lists as they are now. */
    public Found {
        resources = List.copyOf(resources);
        by = List.copyOf(by);
    }
}
